package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.AccountTransaction.Delegate;
import mitoyen.ledger.account.AccountTransaction.OpenAccount;
import mitoyen.ledger.account.AccountTransaction.Recover;
import mitoyen.ledger.account.AccountTransaction.SetGuardians;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `ledger.cddl` bounds lists, texts and numbers as what reads them does: neither wider nor
/// narrower.
final class CddlBoundsTest {
    private static final AccountId ACCOUNT = LedgerScript.account("account");
    private static final SignerKey KEY = AccountLine.key("a");
    private static final SignerSet SIGNERS = SignerSet.single(KEY);

    /// A list in the specification, and bytes in which it has some length.
    ///
    /// @param rule which the list is in
    /// @param line the list, `#` for its bound
    record Bounded(String rule, String line, Reading reading, IntFunction<byte[]> bytes) {
        @Override
        public String toString() {
            return rule + " " + line;
        }
    }

    interface Reading {
        Object read(byte[] bytes) throws CborException;
    }

    static Stream<Bounded> lists() {
        return Stream.of(
                step(
                        "signers-of",
                        "\"signers\": [0*# signer]",
                        count -> new OpenAccount(ACCOUNT, signers(count))),
                step(
                        "recover",
                        "\"lost\": [0*# any-key]",
                        count -> new Recover(ACCOUNT, Collections.nCopies(count, KEY), SIGNERS)),
                step(
                        "recover",
                        "\"signers\": [0*# signer]",
                        count -> new Recover(ACCOUNT, List.of(), signers(count))),
                step(
                        "set-guardians",
                        "\"guardians\": [0*# account-id]",
                        count ->
                                new SetGuardians(
                                        ACCOUNT,
                                        Optional.of(new Guardians(accounts(count), 1, 1)))),
                step(
                        "delegate",
                        "\"kinds\": [0*# kind]",
                        count -> new Delegate(ACCOUNT, delegation(count, 0, 0))),
                step(
                        "delegate",
                        "\"allowances\": [0*# [asset-code",
                        count -> new Delegate(ACCOUNT, delegation(0, count, 0))),
                step(
                        "delegate",
                        "\"counterparties\": [0*# account-id]",
                        count -> new Delegate(ACCOUNT, delegation(0, 0, count))),
                genesis("genesis-2", "\"assets\": [0*# asset]", CddlBoundsTest::withAssets),
                genesis(
                        "parameters",
                        "\"origins\": [0*# origin]",
                        count ->
                                with(
                                        Parameters.STANDARD.withOrigins(
                                                Collections.nCopies(count, "https://a.example")))),
                genesis(
                        "local-days",
                        "\"changes\": [0*# [amount, offset]]",
                        count -> with(Parameters.STANDARD.with(days(0, count)))),
                genesis(
                        "origin",
                        "]-~]{1,#}\"",
                        count -> with(Parameters.STANDARD.withOrigins(List.of("a".repeat(count))))),
                genesis(
                        "offset",
                        "-64800..#",
                        count -> with(Parameters.STANDARD.with(days(count, 0)))),
                genesis(
                        "offset",
                        "-#..64800",
                        count -> with(Parameters.STANDARD.with(days(-count, 0)))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void asMuchIsReadAsTheSpecificationAllowsAndNoMore(Bounded bounded) throws IOException {
        int most = bound(bounded);
        byte[] longest = bounded.bytes().apply(most);
        byte[] tooLong = bounded.bytes().apply(most + 1);
        assertThatCode(() -> bounded.reading().read(longest)).doesNotThrowAnyException();
        assertThatThrownBy(() -> bounded.reading().read(tooLong)).isInstanceOf(CborException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {' ', '"', '\\', 0x7f, 'é', 0})
    void anOriginOfOtherCharactersIsNotRead(int character) throws IOException {
        assertThat(isOrigin(character)).isFalse();
        assertThat(matches(character)).isFalse();
    }

    @Test
    void anOriginIsOfAllOtherVisibleCharacters() throws IOException {
        for (int character = '!'; character <= '~'; character++) {
            boolean read = character != '"' && character != '\\';
            assertThat(isOrigin(character)).as("%c", character).isEqualTo(read);
            assertThat(matches(character)).as("%c", character).isEqualTo(read);
        }
    }

    private static boolean isOrigin(int character) {
        String origin = Character.toString(character);
        try {
            Genesis.decode(with(Parameters.STANDARD.withOrigins(List.of(origin))));
            return true;
        } catch (CborException refused) {
            return false;
        }
    }

    private static boolean matches(int character) throws IOException {
        MatchResult written =
                Pattern.compile("\\.regexp \"(.*)\"")
                        .matcher(rule("origin"))
                        .results()
                        .findFirst()
                        .orElseThrow();
        String pattern = written.group(1).replace("\\\\", "\\");
        return Character.toString(character).matches(pattern);
    }

    private static int bound(Bounded bounded) throws IOException {
        String line = Pattern.quote(bounded.line()).replace("#", "\\E([0-9]+)\\Q");
        List<MatchResult> found =
                Pattern.compile(line).matcher(rule(bounded.rule())).results().toList();
        assertThat(found).as("%s in the specification", bounded).hasSize(1);
        return Integer.parseInt(found.getFirst().group(1));
    }

    /// A rule of the specification, up to the next.
    private static String rule(String name) throws IOException {
        String cddl = Files.readString(Path.of("..", "docs", "spec", "ledger.cddl"));
        int start = cddl.indexOf("\n" + name + " = ");
        assertThat(start).as(name).isNotNegative();
        int end =
                Pattern.compile("\n[a-z;]")
                        .matcher(cddl)
                        .results()
                        .mapToInt(MatchResult::start)
                        .filter(at -> at > start)
                        .findFirst()
                        .orElse(cddl.length());
        return cddl.substring(start, end);
    }

    private static Bounded step(String rule, String line, IntFunction<AccountTransaction> asked) {
        return new Bounded(
                rule,
                line,
                bytes -> TransactionCodec.decode(bytes, Parameters.STANDARD),
                count ->
                        TransactionCodec.encode(
                                new Transaction.Version2(
                                        2,
                                        new TransactionId(
                                                ByteString.of(new byte[TransactionId.LENGTH])),
                                        LedgerScript.digest("ledger"),
                                        ACCOUNT,
                                        0,
                                        0,
                                        new Transaction.Expiry(1, 1),
                                        List.of(new Step.Account(asked.apply(count))))));
    }

    private static Bounded genesis(String rule, String line, IntFunction<byte[]> bytes) {
        return new Bounded(rule, line, Genesis::decode, bytes);
    }

    private static byte[] with(Parameters parameters) {
        return new Genesis("bounds", KEY, 2, parameters, List.of()).toBytes();
    }

    private static byte[] withAssets(int count) {
        CborWriter writer = new CborWriter().map(5).key("name").text("bounds");
        Fields.writeList(
                writer.key("assets"),
                IntStream.range(0, count).mapToObj(CddlBoundsTest::terms).toList(),
                (out, terms) -> terms.write(out));
        writer.key("founder").bytes(KEY.bytes());
        writer.key("version").integer(2);
        Parameters.STANDARD.writeAll(writer.key("parameters"));
        return writer.toBytes();
    }

    private static AssetTerms terms(int number) {
        Amount one = new Amount(1);
        Asset asset = new Asset("A%03d".formatted(number));
        return new AssetTerms(asset, one, one, one, ACCOUNT, one, LedgerScript.digest("what for"));
    }

    private static LocalDayTable days(int offset, int changes) {
        return new LocalDayTable(
                "",
                offset,
                IntStream.range(0, changes)
                        .mapToObj(at -> new LocalDayTable.Change(at, offset))
                        .toList());
    }

    private static SignerSet signers(int count) {
        return new SignerSet(Collections.nCopies(count, Signer.plain(KEY, 1)), 1);
    }

    private static List<AccountId> accounts(int count) {
        return Collections.nCopies(count, ACCOUNT);
    }

    private static Delegation delegation(int kinds, int allowances, int counterparties) {
        return new Delegation(
                KEY,
                Collections.nCopies(kinds, DelegatedKind.TRANSFER),
                Collections.nCopies(allowances, Allowance.of(new Asset("EUR"), new Amount(1))),
                accounts(counterparties),
                1,
                1,
                0);
    }
}
