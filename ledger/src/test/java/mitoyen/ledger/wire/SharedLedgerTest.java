package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;
import org.junit.jupiter.api.Test;

/// LE-170 to LE-172 and LE-179: what a ledger that several nodes share begins with, and what the
/// blocks of its engine are.
final class SharedLedgerTest {
    /// LE-170: without validators a genesis has the bytes that it had.
    @Test
    void aGenesisIsReadBackWithItsValidatorsAndCouncil() throws CborException {
        Genesis shared = SharedLedger.genesis(Parameters.STANDARD);
        assertThat(Genesis.decode(shared.toBytes())).isEqualTo(shared);
        assertThat(shared.isShared()).isTrue();
        Genesis alone = AccountLine.genesis(Parameters.STANDARD);
        assertThat(Genesis.decode(alone.toBytes()).isShared()).isFalse();
        assertThat(shared.hash()).isNotEqualTo(alone.hash());
        String names = HexFormat.of().formatHex(shared.toBytes());
        assertThat(names).startsWith("a7").contains("67636f756e63696c", "6a76616c696461746f7273");
    }

    /// LE-170, LE-171: each number and order that a genesis must keep.
    @Test
    void aGenesisWhoseValidatorsOrCouncilMakeNoSenseIsRefused() {
        List<Validator> four = SharedLedger.validators("v1", "v2", "v3", "v4");
        SignerSet council = SharedLedger.TERMS.council();
        List<Validator> most =
                SharedLedger.validators(
                        IntStream.range(0, 129).mapToObj(i -> "v" + i).toArray(String[]::new));
        assertThat(new GovernanceTerms(council, most.subList(0, 128)).validators()).hasSize(128);
        for (List<Validator> wrong :
                List.of(
                        List.<Validator>of(),
                        four.reversed(),
                        Collections.nCopies(2, four.getFirst()),
                        most)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GovernanceTerms(council, wrong));
        }
        for (SignerSet wrong :
                List.of(
                        new SignerSet(List.of(), 1),
                        new SignerSet(council.signers(), 0),
                        new SignerSet(council.signers(), 4),
                        new SignerSet(council.signers().reversed(), 2))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new GovernanceTerms(wrong, four));
        }
        SignerKey key = AccountLine.key("v1");
        assertThat(new Validator(key, 1L << 40, "é".repeat(20)).power()).isPositive();
        Stream.<Runnable>of(
                        () -> new Validator(key, 0, ""),
                        () -> new Validator(key, (1L << 40) + 1, ""),
                        () -> new Validator(key, 1, "é".repeat(20) + "e"),
                        () -> new Validator(AccountLine.key("pk@site"), 1, ""))
                .forEach(wrong -> assertThatIllegalArgumentException().isThrownBy(wrong::run));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LedgerScript().genesis.sharedBy(SharedLedger.TERMS));
    }

    /// LE-170: what is read is held to the same.
    @Test
    void theBytesOfAGenesisAreHeldToTheSame() {
        String hex = HexFormat.of().formatHex(SharedLedger.genesis("v1").toBytes());
        String power =
                HexFormat.of()
                        .formatHex("power".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        for (String wrong :
                List.of(
                        hex.replace(power + "0a", power + "00"),
                        hex.replace("7468726573686f6c6402", "7468726573686f6c6404"),
                        hex.replaceFirst("^a7", "a6"))) {
            assertThat(wrong).isNotEqualTo(hex);
            assertThatExceptionOfType(CborException.class)
                    .isThrownBy(() -> Genesis.decode(HexFormat.of().parseHex(wrong)));
        }
    }

    /// LE-170: a key of small order would stop the engine before its first block.
    @Test
    void aValidatorsKeyIsAPointOfPrimeOrder() {
        SignerKey neutral = new SignerKey(ByteString.parseHex("01" + "00".repeat(31)));
        GovernanceTerms terms =
                new GovernanceTerms(
                        SharedLedger.TERMS.council(), List.of(new Validator(neutral, 1, "")));
        Genesis genesis = AccountLine.genesis(Parameters.STANDARD).sharedBy(terms);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockExecution(genesis))
                .withMessageContaining("0100");
    }

    /// LE-171: the council's account is open, the validators seated, before the first block.
    @Test
    void theFirstStateHasTheCouncilAndItsValidators() {
        State state = new BlockExecution(SharedLedger.genesis("v1", "v2")).initialState();
        assertThat(
                        state.account()
                                .findHolder(LedgerScript.account("council"))
                                .orElseThrow()
                                .signers())
                .isEqualTo(SharedLedger.TERMS.council());
        assertThat(state.governance().validators()).isEqualTo(SharedLedger.validators("v1", "v2"));
        State alone = new BlockExecution(AccountLine.genesis(AccountScript.SMALL)).initialState();
        assertThat(alone.governance().validators()).isEmpty();
    }

    /// LE-172: a block without its notice gets no answer.
    @Test
    void aBlockThatDoesNotBeginWithANoticeIsForeign() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1"));
        byte[] bundle = AccountScript.tick();
        byte[] notice = SharedLedger.notice(1);
        for (List<byte[]> wrong :
                List.of(
                        List.<byte[]>of(),
                        List.of(bundle),
                        List.of(bundle, notice),
                        List.of(new byte[0]),
                        List.of(new Wake(1, 1).toBytes()),
                        List.of(java.util.Arrays.copyOf(notice, notice.length - 1)))) {
            assertThatExceptionOfType(ForeignBlockException.class)
                    .isThrownBy(() ->
                            new BlockExecution(ledger.genesis)
                                    .execute(ledger.state(), new Moment(7, 7), wrong))
                    .withMessageStartingWith("block 7 is none of this ledger: ")
                    .matches(foreign -> foreign.height() == 7);
        }
    }

    /// LE-172: behind the first a notice is a bundle that is none, and so is a wake that is cut.
    @Test
    void aSecondNoticeIsABundleThatIsNone() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1", "v2"));
        byte[] wake = new Wake(1, 1).toBytes();
        List<byte[]> bundles =
                List.of(
                        SharedLedger.notice(1),
                        SharedLedger.notice(1, SharedLedger.evidence("v1", 1)),
                        java.util.Arrays.copyOf(wake, wake.length - 1),
                        wake,
                        new byte[0]);
        Draft.Sealed sealed = ledger.execute(bundles);
        assertThat(ledger.answer(sealed))
                .isEqualTo("BUNDLE_MALFORMED, BUNDLE_MALFORMED, BUNDLE_MALFORMED");
        assertThat(ledger.state().governance().validators()).hasSize(2);
    }

    /// LE-172: a block with nothing but a notice without evidence leaves the root as it was, so
    /// that the engine comes to rest; not even a timer that is due fires.
    @Test
    void aNoticeAloneChangesNothing() {
        AccountScript ledger = reserved(SharedLedger.genesis("v1"));
        Digest root = ledger.state().root();
        Moment late = ledger.begin("at 11:00 founder tick");
        Draft.Sealed sealed = ledger.execute(late, List.of(SharedLedger.notice(9)));
        assertThat(sealed.events()).isEmpty();
        assertThat(ledger.state().root()).isEqualTo(root);
    }

    /// LE-179: a wake executes nothing, and fires what is due.
    @Test
    void aWakeFiresTimers() {
        AccountScript ledger = reserved(SharedLedger.genesis("v1"));
        long due = ledger.state().timers().findNextMillis().orElseThrow();
        byte[] wake = new Wake(due, ledger.height()).toBytes();
        Moment late = ledger.begin("at 11:00 founder tick");
        Draft.Sealed sealed = ledger.execute(late, ledger.block(wake));
        assertThat(ledger.answer(sealed)).isEqualTo("fires h");
        Digest root = ledger.state().root();
        assertThat(ledger.execute(List.of(SharedLedger.notice(9), wake, wake)).outcomes())
                .isEmpty();
        assertThat(ledger.state().root()).isEqualTo(root);
    }

    /// LE-170: of a ledger that is not shared nothing changes: there a wake is no bundle, and
    /// nobody asks for validators.
    @Test
    void aLedgerOfOneNodeKnowsNoneOfThis() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        assertThat(ledger.answer(ledger.execute(List.of(new Wake(1, 1).toBytes()))))
                .isEqualTo("BUNDLE_MALFORMED");
        assertThat(ledger.answer(ledger.execute(List.of(SharedLedger.notice(1)))))
                .isEqualTo("BUNDLE_MALFORMED");
        assertThat(ledger.run("founder seats v1")).isEqualTo("MALFORMED");
        assertThat(ledger.run("founder opens ana; seats v1")).isEqualTo("MALFORMED");
    }

    private static AccountScript reserved(Genesis genesis) {
        AccountScript ledger = new AccountScript(genesis);
        assertThat(ledger.run("at 9:00 founder opens ana; creates TOKEN owing=9"))
                .isEqualTo("accepted");
        assertThat(ledger.run("founder reserves 5 TOKEN to ana until=10:00 as h"))
                .isEqualTo("accepted");
        return ledger;
    }
}
