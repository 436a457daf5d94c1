package mitoyen.simulator.settlement;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import mitoyen.consensus.Block;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.DayKind;
import mitoyen.ledger.wire.DayLeaf;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.MemberKeys;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.node.vault.Vault;
import mitoyen.node.vault.VaultDay;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What others can read: nothing of a person on the ledger, nothing unsealed in the vault (issue 3,
/// "On the ledger"; `EN-53`).
class PrivacyTest {
    private static final String PLANTED =
            Street.LANE
                    .replace("Paula Martin", "Zebulon Quixote")
                    .replace("Bruno Petit", "Wilhelmina Äöü")
                    .replace("id: bruno", "id: wilhelmina-id")
                    .replace("id: paula,", "id: zebulon-id, vat-note: \"Sondervermerk 4711\",")
                    .replace("P1", "P-METER-8822")
                    .replace("B1", "B-METER-9933")
                    .replace("enedis", "strangegrid");

    private static final List<String> WORDS =
            List.of(
                    "Zebulon",
                    "Quixote",
                    "Wilhelmina",
                    "Äöü",
                    "wilhelmina-id",
                    "zebulon-id",
                    "Sondervermerk",
                    "METER-8822",
                    "METER-9933",
                    "strangegrid");

    /// Readings in mWh that nothing else would bear.
    private static final List<Integer> READINGS = List.of(123_456_789, 98_765_432, 76_543_219);

    private static final List<String> DAYS = Street.LANE_READINGS.rows("2025-10-30..2025-10-31");

    @TempDir private Path temporary;

    @Test
    void no_name_no_meter_and_no_reading_is_in_any_byte_of_ledger_or_vault() throws Exception {
        Street street = Street.at(temporary, PLANTED);
        street.settle(planted());
        for (String folder : List.of("ledger", "vault")) {
            var files = Street.files(street.out().resolve(folder));
            assertThat(files).isNotEmpty();
            files.forEach((name, content) -> assertThat(found(content)).as(name).isEmpty());
        }
    }

    /// The search finds what it looks for where it may be.
    @Test
    void the_documents_and_the_opened_vault_hold_what_was_searched_for() throws Exception {
        Street street = Street.at(temporary, PLANTED);
        street.settle(planted());
        List<String> found = new ArrayList<>();
        for (Content document : Street.files(street.out().resolve("statements")).values()) {
            found.addAll(found(document));
        }
        assertThat(found).contains("Zebulon", "Wilhelmina", "Sondervermerk", "wilhelmina-id");
        Content allocations = file(street, "allocations.csv");
        assertThat(found(allocations)).contains("METER-8822", "METER-9933", "123.456789");
        assertThat(found(new Content(leaf(street, "wilhelmina-id").bytes())))
                .contains("98765432 as a number");
    }

    @Test
    void two_streets_that_differ_by_day_look_alike_where_their_months_agree() throws Exception {
        Street one = Street.at(temporary.resolve("one"), published());
        Street other = Street.at(temporary.resolve("other"), published());
        one.settle(mirrored("B1", "C1"));
        other.settle(mirrored("C1", "B1"));
        assertThat(file(one, "allocations.csv")).isNotEqualTo(file(other, "allocations.csv"));

        List<Transaction> ones = transactions(one);
        List<Transaction> others = transactions(other);

        assertThat(ones).hasSize(4).isNotEqualTo(others);
        assertThat(ones.stream().map(PrivacyTest::withoutRoots).toList())
                .isEqualTo(others.stream().map(PrivacyTest::withoutRoots).toList());
        assertThat(totals(ones)).hasSize(2).allMatch(Totals.Published.class::isInstance);
    }

    @Test
    void totals_of_few_meters_are_committed_to_and_not_said() throws Exception {
        Street street = Street.at(temporary, Street.LANE);
        street.settle(DAYS);
        assertThat(totals(transactions(street)))
                .hasSize(2)
                .allMatch(Totals.Committed.class::isInstance)
                .doesNotHaveDuplicates();
    }

    /// EN-51.
    @ParameterizedTest(name = "{0} meters, {1} produce, {2} consume: published {3}")
    @CsvSource({
        "10, 3, 3, true",
        " 9, 3, 3, false",
        "10, 2, 3, false",
        "10, 3, 2, false",
        "10, 0, 3, true",
        "10, 3, 0, true"
    })
    void totals_are_said_of_a_crowd_alone(
            int meters, int producing, int consuming, boolean published) throws Exception {
        StringBuilder terms =
                new StringBuilder(Street.LANE.substring(0, Street.LANE.indexOf("  - {id: paula")));
        List<String> rows = new ArrayList<>();
        for (int home = 1; home <= meters; home++) {
            terms.append("  - {id: h%1$d, name: H, vat: \"0\", meters: [H%1$d]}%n".formatted(home));
            for (int hour = 0; hour < 24; hour++) {
                rows.add(
                        "2025-10-31T%02d:00:00+01:00,H%d,%d,%d"
                                .formatted(
                                        hour,
                                        home,
                                        home <= consuming ? 2 : 0,
                                        home > meters - producing ? 1 : 0));
            }
        }
        Street street = Street.at(temporary, terms.toString());
        street.settle(rows);
        assertThat(totals(transactions(street)))
                .singleElement()
                .isInstanceOf(published ? Totals.Published.class : Totals.Committed.class);
    }

    /// EN-51, also where the terms publish totals: of no meter there are none.
    @Test
    void a_day_without_a_meter_has_no_totals_to_say() throws Exception {
        String terms = published();
        for (String meter : List.of("P1", "B1", "C1")) {
            terms =
                    terms.replace(
                            "meters: [" + meter + "]",
                            "meters: [{id: %1$s, to: 2025-10-29}, {id: %1$s, from: 2025-10-31}]"
                                    .formatted(meter));
        }
        Street street = Street.at(temporary, terms);
        List<String> rows = new ArrayList<>(Street.LANE_READINGS.rows("2025-10-29"));
        rows.addAll(Street.LANE_READINGS.rows("2025-10-31"));
        assertThat(street.settle(rows)).startsWith("3 settled");
        assertThat(totals(transactions(street)))
                .extracting(total -> total instanceof Totals.Published)
                .containsExactly(true, false, true);
        assertThat(street.verify()).startsWith("OK ");
    }

    /// One home alone, so that the root of a day is the hash of its one leaf.
    @Test
    void who_knows_a_day_cannot_confirm_it_without_the_salt() throws Exception {
        Street street = Street.at(temporary, alone());
        street.settle(DAYS.stream().filter(row -> row.contains(",P1,")).toList());
        LocalDate day = LocalDate.of(2025, 10, 30);
        MemberKeys paula = keys(street).getMember("paula");
        Digest root = settlement(street, day).readings();
        byte[] content = leaf(street, "paula").bytes();

        Digest salt = DayLeaf.salt(paula.salt().toBytes(), DayKind.READINGS, day);
        assertThat(MerkleTree.leafHash(salt.toBytes(), content)).isEqualTo(root);

        for (byte[] guess : publicBytes(street, paula)) {
            Digest guessed = DayLeaf.salt(guess, DayKind.READINGS, day);
            assertThat(MerkleTree.leafHash(guess, content)).isNotEqualTo(root);
            assertThat(MerkleTree.leafHash(guessed.toBytes(), content)).isNotEqualTo(root);
        }
        assertThat(MerkleTree.leafHash(content)).isNotEqualTo(root);
        Digest other = DayLeaf.salt(paula.salt().toBytes(), DayKind.ALLOCATIONS, day);
        assertThat(MerkleTree.leafHash(other.toBytes(), content)).isNotEqualTo(root);
        assertThat(MerkleTree.leafHash(paula.vault().toBytes(), content)).isNotEqualTo(root);
    }

    @Test
    void the_same_readings_on_another_day_or_of_another_member_have_another_root()
            throws Exception {
        Street street = Street.at(temporary, alone());
        List<String> rows =
                Street.LANE_READINGS.rows("2025-10-29..2025-10-31").stream()
                        .filter(row -> row.contains(",P1,"))
                        .map(row -> row.substring(0, row.indexOf(',')) + ",P1,0.5,0.25")
                        .toList();
        street.settle(rows);
        assertThat(street.ledger().days().values().stream().map(day -> day.settlement().readings()))
                .doesNotHaveDuplicates();
    }

    @Test
    void billed_by_day_no_daily_amount_of_money_is_on_the_ledger() throws Exception {
        Street street = Street.at(temporary, Street.LANE.replace("billing: month", "billing: day"));
        street.settle(Street.LANE_READINGS.rows("2025-10-20..2025-10-31"));
        List<Long> daily = dailyMicros(street);
        assertThat(daily).hasSizeGreaterThan(40);
        Content blocks = file(street, "ledger/blocks-00000001.journal");
        for (long micros : daily) {
            assertThat(contains(blocks, cbor(micros))).as("%d micros", micros).isFalse();
            assertThat(contains(blocks, cbor(-micros))).as("-%d micros", micros).isFalse();
        }
        List<Claim> claims = new ArrayList<>();
        transactions(street).forEach(each -> claims.addAll(claims(each)));
        assertThat(claims).hasSize(4);
        claims.forEach(
                claim -> assertThat(contains(blocks, cbor(claim.amount().micros()))).isTrue());
    }

    // What is planted, and how it is found.

    private static List<String> planted() {
        List<String> rows = new ArrayList<>();
        for (String row : DAYS) {
            rows.add(row.replace(",P1,", ",P-METER-8822,").replace(",B1,", ",B-METER-9933,"));
        }
        rows.replaceAll(row ->
                row.startsWith("2025-10-30T12:00:00+01:00,P-")
                        ? cut(row, "76.543219,123.456789")
                        : row);
        rows.replaceAll(row ->
                row.startsWith("2025-10-30T12:00:00+01:00,B-") ? cut(row, "98.765432,0") : row);
        return rows;
    }

    private static String cut(String row, String values) {
        return String.join(",", List.of(row.split(",", -1)).subList(0, 2)) + "," + values;
    }

    /// Which of the planted things are in a file.
    private static List<String> found(Content content) {
        List<String> found = new ArrayList<>();
        for (String word : WORDS) {
            for (var charset : List.of(UTF_8, UTF_16BE, UTF_16LE)) {
                if (contains(content, word.getBytes(charset))) {
                    found.add(word);
                }
            }
            if (contains(content, HexFormat.of().formatHex(word.getBytes(UTF_8)).getBytes(UTF_8))) {
                found.add(word + " in hexadecimal");
            }
        }
        for (int reading : READINGS) {
            String text = BigDecimal.valueOf(reading, 6).toPlainString();
            if (contains(content, text.getBytes(UTF_8))) {
                found.add(text);
            }
            if (contains(content, Integer.toString(reading).getBytes(UTF_8))) {
                found.add(reading + " as text");
            }
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                byte[] number = ByteBuffer.allocate(4).order(order).putInt(reading).array();
                if (contains(content, number)) {
                    found.add(reading + " as a number");
                }
            }
        }
        return found;
    }

    private static boolean contains(Content content, byte[] part) {
        byte[] bytes = content.bytes();
        for (int from = 0; from + part.length <= bytes.length; from++) {
            int to = from + part.length;
            if (Arrays.equals(bytes, from, to, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] cbor(long micros) {
        return new CborWriter().integer(micros).toBytes();
    }

    // Streets.

    private static String published() {
        return Street.LANE.replace("key: {", "publish-totals: true\nkey: {");
    }

    private static String alone() {
        return Street.LANE
                .lines()
                .filter(line -> !line.contains("bruno") && !line.contains("carla"))
                .reduce("", (text, line) -> text + line + "\n");
    }

    /// Two days with the same sun, on which two homes consume the same the other way round.
    private static List<String> mirrored(String first, String second) {
        List<String> rows = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            for (String day : List.of("30", "31")) {
                String start = "2025-10-%sT%02d:00:00+01:00".formatted(day, hour);
                boolean straight = day.equals("30");
                rows.add(start + ",P1,0.1,3.5");
                rows.add(start + "," + (straight ? first : second) + ",2.%02d".formatted(hour));
                rows.add(start + "," + (straight ? second : first) + ",0.%02d".formatted(hour));
            }
        }
        rows.replaceAll(row -> row.contains(",P1,") ? row : row + ",0");
        return rows;
    }

    /// What each member's bills of each day come to, in millionths: paid, earned and both.
    private static List<Long> dailyMicros(Street street) throws Exception {
        SortedMap<String, BigDecimal> amounts = new TreeMap<>();
        for (String row :
                new String(file(street, "sales.csv").bytes(), UTF_8).lines().skip(1).toList()) {
            String[] cells = row.split(",", -1);
            BigDecimal total = new BigDecimal(cells[8]);
            BigDecimal fee =
                    new BigDecimal(cells[3])
                            .multiply(new BigDecimal("0.01"))
                            .setScale(2, RoundingMode.HALF_UP);
            amounts.merge(cells[0] + " earned " + cells[1], total, BigDecimal::add);
            amounts.merge(cells[0] + " paid " + cells[2], total, BigDecimal::add);
            amounts.merge(cells[0] + " owed " + cells[2], total.add(fee), BigDecimal::add);
            amounts.merge(cells[0] + " fees", fee, BigDecimal::add);
        }
        return amounts.values().stream()
                .map(amount -> amount.movePointRight(6).longValueExact())
                .filter(micros -> micros > 0)
                .toList();
    }

    // What anyone can decode.

    private static List<Transaction> transactions(Street street) throws Exception {
        List<Transaction> transactions = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        LedgerReader.read(street.out(), (block, _, _) -> blocks.add(block));
        for (Block block : blocks) {
            for (byte[] bundle : block.bundles()) {
                for (ByteString bytes : Bundle.decode(bundle, Parameters.STANDARD).transactions()) {
                    var signed = SignedTransaction.decode(bytes.toBytes(), Parameters.STANDARD);
                    transactions.add(
                            TransactionCodec.decode(signed.body().toBytes(), Parameters.STANDARD));
                }
            }
        }
        return transactions;
    }

    /// The transaction with its two salted roots blotted out.
    private static Transaction withoutRoots(Transaction transaction) {
        Digest blot = Sha256.of(new byte[0]);
        UnaryOperator<EnergyTransaction> blotted =
                step ->
                        switch (step) {
                            case FoundCommunity founding -> founding;
                            case ClaimMonth claim -> claim;
                            case AttestDay _, DissentDay _, AttestClaim _, ObjectClaim _ -> step;
                            case SettleDay day ->
                                    new SettleDay(
                                            day.community(),
                                            day.day(),
                                            day.startMillis(),
                                            day.endMillis(),
                                            day.intervals(),
                                            day.supersedes(),
                                            blot,
                                            blot,
                                            day.terms(),
                                            day.totals());
                        };
        return switch (transaction.steps().getFirst()) {
            case Step.Energy(var step) ->
                    new Transaction.Version1(
                            transaction.id(),
                            transaction.ledger(),
                            transaction.version(),
                            new Step.Energy(blotted.apply(step)));
            case Step.Account _, Step.Governance _, Step.Activate _ ->
                    throw new IllegalStateException("a settled ledger has no such step");
        };
    }

    private static List<Totals> totals(List<Transaction> transactions) {
        List<Totals> totals = new ArrayList<>();
        for (Transaction transaction : transactions) {
            if (transaction.steps().getFirst() instanceof Step.Energy(SettleDay day)) {
                totals.add(day.totals());
            }
        }
        return totals;
    }

    private static List<Claim> claims(Transaction transaction) {
        return transaction.steps().getFirst() instanceof Step.Energy(ClaimMonth claim)
                ? claim.claims()
                : List.of();
    }

    private static SettleDay settlement(Street street, LocalDate day) throws Exception {
        for (Transaction transaction : transactions(street)) {
            if (transaction.steps().getFirst() instanceof Step.Energy(SettleDay settled)
                    && settled.day().equals(day)) {
                return settled;
            }
        }
        throw new IllegalStateException(day + " is not settled");
    }

    /// All hashes, keys and names that the ledger shows, and what a careless program might take for
    /// a salt.
    private static List<byte[]> publicBytes(Street street, MemberKeys member) throws Exception {
        List<byte[]> guesses = new ArrayList<>();
        guesses.add(new byte[Digest.LENGTH]);
        guesses.add(member.pseudonym());
        for (Transaction transaction : transactions(street)) {
            guesses.add(transaction.ledger().toBytes());
            guesses.add(transaction.id().bytes().toBytes());
            if (transaction.steps().getFirst() instanceof Step.Energy(FoundCommunity founding)) {
                guesses.add(founding.terms().toBytes());
                guesses.add(founding.settler().bytes().toBytes());
                guesses.add(founding.community().getBytes(UTF_8));
            }
        }
        return guesses;
    }

    // What only the folder's owner can open.

    private static Keys keys(Street street) throws Exception {
        return Keys.find(street.out().resolve("keys")).orElseThrow();
    }

    /// A member's readings of the first day, unsealed.
    private static VaultDay.Leaf leaf(Street street, String member) throws Exception {
        MemberKeys keys = keys(street).getMember(member);
        LocalDate day = LocalDate.of(2025, 10, 30);
        try (Vault vault =
                Vault.find(street.out().resolve("vault"), FaultyDisk.sound()).orElseThrow()) {
            VaultDay stored =
                    vault.findDay(day, 0)
                            .orElseThrow()
                            .open(name ->
                                    name.equals(keys.pseudonymHex())
                                            ? Optional.of(keys.vault())
                                            : Optional.empty());
            return stored.leaves().entrySet().iterator().next().getValue();
        }
    }

    private static Content file(Street street, String name) throws Exception {
        return Optional.ofNullable(Street.files(street.out()).get(name)).orElseThrow();
    }
}
