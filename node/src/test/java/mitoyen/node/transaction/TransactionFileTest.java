package mitoyen.node.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A transaction in a file is the twin of its CBOR (LE-98).
class TransactionFileTest {
    private static final String KEY =
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String ID =
            AccountId.of(new SignerKey(ByteString.parseHex(KEY))).toString();
    private static final String HASH = "ab".repeat(32);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open-account: {account: ID, threshold: 1, signers: [{key: KEY, weight: 1}]}",
                "set-signers: {account: ID, threshold: 1, signers: [{key: KEY, weight: 1,"
                        + " relying-party: HASH}]}",
                "delegate: {account: ID, key: KEY, kinds: [transfer], until: 5, period: 1,"
                        + " allowances: [[EUR, 7]], counterparties: [ID]}",
                "revoke: {account: ID, key: KEY}",
                "set-guardians: {account: ID, delay: 1, guardians: [ID], threshold: 1}",
                "set-guardians: {account: ID}",
                "recover: {account: ID, lost: [KEY], signers: [], threshold: 1}",
                "cancel-recovery: {account: ID}",
                "close-account: {account: ID}",
                "create-asset: {cap: 1, code: sun, step: 1, owing: 0, issuer: ID, purpose: HASH,"
                        + " verify-above: 0}",
                "set-limit: {asset: EUR, owing: 1, account: ID, only-receives: true}",
                "mint: {to: ID, asset: EUR, amount: 1, reference: HASH}",
                "burn: {asset: EUR, amount: 1, reference: HASH}",
                "transfer: {to: ID, from: ID, asset: EUR, amount: -1, reference: HASH}",
                "reserve: {to: ID, from: ID, asset: EUR, amount: 1, arbiter: ID, expires: 5,"
                        + " reference: HASH}",
                "post: {amount: 1, pending: 000102030405060708090a0b0c0d0e0f}",
                "post: {pending: 000102030405060708090a0b0c0d0e0f}",
                "void: {pending: 000102030405060708090a0b0c0d0e0f}",
                "validator-set: {key: KEY, name: Rue, power: 5}",
                "validator-set: {key: KEY, name: '', power: 0}",
                "found-community: {terms: HASH, claims: EUR, settler: KEY, clearing: ID,"
                        + " community: c, community-account: ID, network-operator-account: ID}",
                "found-community: {terms: HASH, claims: EUR, settler: KEY, clearing: ID,"
                        + " settlers: {quorum: 1, accounts: [ID], objection: 9},"
                        + " community: c, community-account: ID, network-operator-account: ID}",
                "attest-day: {day: 2026-10-01, kind: readings, proposal: HASH, proposer: ID,"
                        + " community: c}",
                "dissent-day: {day: 2026-10-01, kind: allocations, root: HASH, index: 3,"
                        + " proposal: HASH, proposer: ID, community: c}",
                "attest-claim: {claim: HASH, month: 2026-10, proposer: ID, community: c}",
                "object-claim: {root: HASH, claim: HASH, index: 0, month: 2026-10, proposer: ID,"
                        + " community: c}",
                "settle-day: {day: 2026-10-01, start: 0, end: 1, terms: HASH, totals: {committed:"
                        + " HASH}, readings: HASH, community: c, intervals: 1, allocations: HASH}",
                "claim-month: {month: 2026-10, claims: [[ID, -5]], number: 1, through: 2,"
                        + " community: c}",
                "activate: {version: 2, height: 40}"
            })
    void everyStepIsReadAndItsSummaryNamesWhatItDoes(String step)
            throws IOException, InputMistakes, CborException {
        TransactionFile read = read(whole(step));

        assertThat(read.steps()).hasSize(1);
        Transaction.Version2 transaction = transaction(read);
        Signable signable = Signable.of(transaction);
        assertThat(signable.body()).isEqualTo(ByteString.of(TransactionCodec.encode(transaction)));
        assertThat(signable.diagnostic()).contains("\"" + step.split(":", 2)[0] + "\": {");
        assertThat(signable.summary()).hasSize(4);
        assertThat(signable.summary().getLast()).startsWith("1. ").hasSizeGreaterThan(20);
    }

    @Test
    void jsonIsReadAsWellAndAnInstantMayBeADate() throws IOException, InputMistakes {
        String json =
                """
                {"steps": [{"reserve": {"to": "%s", "from": "%s", "asset": "EUR", "amount": 1,
                  "expires": "2026-12-01T12:00+01:00", "reference": "%s"}}]}
                """
                        .formatted(ID, AccountId.parse(ID).bytes(), HASH);
        TransactionFile read = read(json);

        assertThat(read.envelope()).isEqualTo(Envelope.EMPTY);
        assertThat(read.steps().getFirst())
                .isInstanceOfSatisfying(
                        Step.Account.class,
                        step ->
                                assertThat(step.transaction())
                                        .isInstanceOfSatisfying(
                                                AccountTransaction.Reserve.class,
                                                reserve -> {
                                                    assertThat(reserve.expiresMillis())
                                                            .isEqualTo(1_796_122_800_000L);
                                                    assertThat(reserve.from())
                                                            .isEqualTo(reserve.to());
                                                }));
    }

    @Test
    void parametersThatAreNotWrittenAreTheStandardOnes()
            throws IOException, InputMistakes { // LE-155
        assertThat(read(whole("activate: {version: 2, height: 40}")).steps())
                .containsExactly(new Step.Activate(2, 40, Parameters.STANDARD));
        assertThat(read(whole("activate: {version: 2, height: 40, parameters: {}}")).steps())
                .containsExactly(new Step.Activate(2, 40, Parameters.STANDARD));
        String written =
                "activate: {version: 2, height: 40, parameters: {claims: 7, pending: 8, steps: 9,"
                        + " origins: ['https://a.example'], local-days: {zone: Europe/Paris,"
                        + " offset: 3600, changes: [[2026-10-25T01:00Z, 3600]]}}}";
        Step.Activate step = (Step.Activate) read(whole(written)).steps().getFirst();
        assertThat(step.parameters().claims()).isEqualTo(7);
        assertThat(step.parameters().accounts().pending()).isEqualTo(8);
        assertThat(step.parameters().traffic().steps()).isEqualTo(9);
        assertThat(step.parameters().origins()).containsExactly("https://a.example");
        assertThat(step.parameters().localDays()).isPresent();
        assertThat(step.parameters().crowd()).isEqualTo(Parameters.STANDARD.crowd());
    }

    @Test
    void whoActivatesRulesReadsWhichParametersAreNotTheStandardOnes()
            throws IOException, InputMistakes, CborException {
        assertThat(summaryOf("activate: {version: 2, height: 40}"))
                .isEqualTo(
                        "1. activate version 2 of the protocol from block 40 on, with the standard"
                                + " parameters");
        assertThat(
                        summaryOf(
                                "activate: {version: 2, height: 40, parameters: {claims: 7,"
                                        + " origins: ['https://a.example'], validity-millis: 9}}"))
                .endsWith(
                        "with the standard parameters but claims 7, origins"
                                + " [\"https://a.example\"], validity-millis 9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "activate: {version: 2, height: 40, parameters: {lane: 3}} | 9: unknown field lane;"
                        + " use the fields of docs/spec/ledger.cddl",
                "activate: {version: 2} | 9: not a transaction: the key height was expected;"
                        + " compare with docs/spec/ledger.cddl",
                "close-account: {acount: ID} | 9: unknown field acount; use the fields of"
                        + " docs/spec/ledger.cddl",
                "close-account: {account: mit1x} | 9: mit1x is not right; write an account's id: it"
                        + " does not begin with mit1 or is too short",
                "burn: {asset: EUR, amount: 1.5, reference: HASH} | 9: 1.5 is not right; write a"
                        + " whole number of 63 bits",
                "burn: {asset: EUR, amount: 1, reference: xyz} | 9: xyz is not right; write bytes"
                        + " in hexadecimal",
                "burn: {asset: EUR, amount: [1], reference: HASH} | 9: […] is not right; write a"
                        + " single value",
                "burn: {asset: EUR, amount: 1} | 9: not a transaction: a field is missing; compare"
                        + " with docs/spec/ledger.cddl",
                "burn: {asset: '?', amount: 1, reference: HASH} | 9: not a transaction: not the"
                        + " code of an asset; compare with docs/spec/ledger.cddl",
                "pay: {asset: EUR} | 9: unknown field pay; use the fields of docs/spec/ledger.cddl",
                "set-limit: {asset: EUR, owing: 1, account: ID, only-receives: yes} | 9: yes is"
                        + " not right; write true or false"
            })
    void aMistakeNamesItsLineAndTheRemedy(String step, String line) {
        assertThatThrownBy(() -> read(whole(step)))
                .isInstanceOf(InputMistakes.class)
                .hasMessage(folder.resolve("t.yaml") + ":" + line);
    }

    @Test
    void theTableOfFieldsHasEveryFieldOfTheSpecification() throws IOException {
        String cddl =
                Files.readString(
                        Path.of("..", "docs", "spec", "ledger.cddl"), StandardCharsets.UTF_8);
        String first =
                cddl.substring(
                        cddl.indexOf("\ntransaction = {"),
                        cddl.indexOf("; --- what a ledger begins"));
        String second =
                cddl.substring(
                        cddl.indexOf("\ntransaction-2 = {"),
                        cddl.indexOf("; --- version 2: what a ledger begins"));
        Set<String> fields = new TreeSet<>();
        Pattern.compile("\"([a-z-]+)\":")
                .matcher(first + second)
                .results()
                .forEach(field -> fields.add(field.group(1)));

        assertThat(fields).hasSizeGreaterThan(50);
        assertThat(fields).allSatisfy(field -> assertThat(TransactionForm.find(field)).isPresent());
    }

    private String summaryOf(String step) throws IOException, InputMistakes, CborException {
        return Signable.of(transaction(read(whole(step)))).summary().getLast();
    }

    private static Transaction.Version2 transaction(TransactionFile read) {
        return new Transaction.Version2(
                2,
                read.envelope().id().orElseThrow(),
                read.envelope().ledger().orElseThrow(),
                read.envelope().sender().orElseThrow(),
                read.envelope().lane().orElseThrow(),
                read.envelope().number().orElseThrow(),
                read.envelope().expiry().orElseThrow(),
                read.steps());
    }

    private TransactionFile read(String text) throws IOException, InputMistakes {
        return TransactionFile.read(Files.writeString(folder.resolve("t.yaml"), text));
    }

    private static String whole(String step) {
        return """
        id: 000102030405060708090a0b0c0d0e0f
        ledger: HASH
        sender: ID
        version: 2
        lane: 3
        number: 4
        expiry: {time: 2026-12-01T12:00Z, height: 9}
        steps:
          - STEP
        """
                .replace("STEP", step)
                .replace("HASH", HASH)
                .replace("KEY", KEY)
                .replace("ID", ID);
    }
}
