package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import mitoyen.consensus.Hash;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.proof.Commitment;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.TermsCodec;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.Refused;
import mitoyen.node.keys.CommunityKeys;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.Secret;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.node.vault.SealedDay;
import mitoyen.node.vault.Vault;
import mitoyen.node.vault.VaultDay;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whatever is altered in a folder, `verify` finds it (issue 3, "verify").
class AlterationTest {
    private static final LocalDate DAY = LocalDate.of(2025, 10, 31);
    private static final List<String> DAYS = Street.LANE_READINGS.rows("2025-10-31");

    /// The length of a segment file's header (`JO-6`), in bytes.
    private static final int SEGMENT_HEADER = 88;

    /// The length of a record's head (`JO-7`), in bytes.
    private static final int RECORD_HEAD = 12;

    @TempDir private Path temporary;
    private Street street;
    private Path segment;

    @BeforeEach
    void settle() throws Exception {
        street = Street.at(temporary.resolve("street"), Street.LANE);
        street.settle(DAYS);
        segment = street.out().resolve("ledger/blocks-00000001.journal");
        assertThat(street.verify())
                .startsWith("OK blocks=3 transactions=3 root=")
                .endsWith(" settlements=recomputed anchored=yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"genesis.cbor", "blocks-00000001.journal"})
    void any_changed_byte_of_the_ledger_is_found(String name) throws IOException {
        Path file = street.out().resolve("ledger").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            assertThatVerifyFinds(file, flipped(bytes, at), "byte %d".formatted(at));
        }
    }

    /// As by someone who knows how the checksums are made.
    @Test
    void any_changed_byte_of_a_block_is_found_with_its_checksums_made_anew() throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        for (int record : records(bytes)) {
            int length = ByteBuffer.wrap(bytes).getInt(record);
            for (int at = record + RECORD_HEAD; at < record + RECORD_HEAD + length; at++) {
                byte[] altered = flipped(bytes, at);
                sum(altered, record);
                assertThatVerifyFinds(segment, altered, "byte %d".formatted(at));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"genesis.cbor", "blocks-00000001.journal"})
    void a_file_of_the_ledger_cut_anywhere_is_found(String name) throws IOException {
        Path file = street.out().resolve("ledger").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            assertThatVerifyFinds(
                    file, Arrays.copyOf(bytes, length), "cut to %d".formatted(length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"genesis.cbor", "blocks-00000001.journal"})
    void a_byte_added_or_a_file_removed_is_found(String name) throws IOException {
        Path file = street.out().resolve("ledger").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        assertThatVerifyFinds(file, Arrays.copyOf(bytes, bytes.length + 1), "a byte more");
        Files.delete(file);
        assertThatThrownBy(street::verify).isInstanceOf(IOException.class);
    }

    @Test
    void a_file_that_does_not_belong_to_the_ledger_is_found() throws IOException {
        Files.writeString(street.out().resolve("ledger/notes.txt"), "hello");
        assertThatThrownBy(street::verify).hasMessageContaining("notes.txt");
    }

    @Test
    void a_ledger_cut_short_between_blocks_is_found_by_summary_or_root() throws IOException {
        Optional<Hash> root = Optional.of(street.ledger().anchor().root());
        byte[] bytes = Files.readAllBytes(segment);
        Files.delete(street.out().resolve("vault/vault.sqlite"));
        Path summary = street.out().resolve("summary.json");
        byte[] kept = Files.readAllBytes(summary);
        List<Integer> records = records(bytes);
        for (int blocks = 0; blocks < records.size(); blocks++) {
            Files.write(segment, Arrays.copyOf(bytes, records.get(blocks)));
            Files.write(summary, kept);
            assertThatThrownBy(street::verify).hasMessageContaining("cut short");
            Files.delete(summary);
            assertThatThrownBy(() -> street.verify(root))
                    .hasMessageContaining(blocks == 0 ? "cut short" : "is that of no block");
            if (blocks > 0) {
                assertThat(street.verify())
                        .startsWith("OK blocks=%d ".formatted(blocks))
                        .endsWith(" settlements=absent anchored=no");
            }
        }
        Files.write(segment, bytes);
        assertThat(street.verify()).endsWith(" settlements=absent anchored=no");
        assertThat(street.verify(root)).endsWith(" settlements=absent anchored=yes");
    }

    @Test
    void a_ledger_cut_short_is_not_settled_on() throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, records(bytes).getLast()));
        assertThatThrownBy(() -> street.settle(Street.LANE_READINGS.rows("2025-11-01")))
                .isInstanceOf(Refused.class)
                .hasMessageEndingWith("it was cut short; restore the folder from a backup");
    }

    @Test
    void a_summary_that_is_behind_its_ledger_is_found_also_without_the_vault() throws Exception {
        Path summary = street.out().resolve("summary.json");
        byte[] old = Files.readAllBytes(summary);
        street.settle(Street.LANE_READINGS.rows("2025-11-01"));
        Files.write(summary, old);
        Files.delete(street.out().resolve("vault/vault.sqlite"));
        assertThatThrownBy(street::verify)
                .hasMessageContaining("is of block 3 and the ledger is at block 4");
    }

    /// The claim, which has no day of its own, comes a millisecond later.
    @Test
    void a_block_bears_the_end_of_the_day_that_it_settles() throws IOException {
        List<String> times = new ArrayList<>();
        LedgerReader.read(
                street.out(),
                (block, _, _) -> times.add(Instant.ofEpochMilli(block.timeMillis()).toString()));
        assertThat(times)
                .containsExactly(
                        "2025-10-30T23:00:00Z", "2025-10-31T23:00:00Z", "2025-10-31T23:00:00.001Z");
    }

    /// EN-50, LE-86.
    @Test
    void the_first_block_founds_the_community_and_binds_its_terms() throws Exception {
        CommunityKeys keys = keys().community();
        FoundCommunity founding = street.ledger().founding();
        assertThat(founding.community()).isEqualTo("lane");
        assertThat(founding.claims()).isEqualTo(new Asset("EUR"));
        assertThat(founding.settler()).isEqualTo(Ed25519.keyOf(keys.signing().toBytes()));
        byte[] terms = TermsCodec.encode(CommunityFile.read(street.community()).terms());
        Digest salt = Digest.of(keys.salt().derive("mitoyen salt terms"));
        assertThat(founding.terms()).isEqualTo(Commitment.of(salt, terms));
    }

    /// LE-87.
    @Test
    void totals_that_are_not_said_are_bound() throws IOException {
        JsonNode energy = street.summary().path("energyKwh");
        long produced = mWh(energy, "production");
        CborWriter totals = new CborWriter().array(5).integer(3);
        totals.integer(mWh(energy, "consumption")).integer(produced);
        totals.integer(mWh(energy, "shared")).integer(produced - mWh(energy, "surplus"));
        byte[] name = "2025-10-31 0".getBytes(StandardCharsets.UTF_8);
        Digest salt = Digest.of(keys().community().salt().derive("mitoyen salt totals", name));
        assertThat(street.ledger().findSettled(DAY).orElseThrow().settlement().totals())
                .isEqualTo(new Totals.Committed(Commitment.of(salt, totals.toBytes())));
    }

    @Test
    void every_root_there_ever_was_is_an_anchor() throws IOException {
        for (long height = 1; height <= 3; height++) {
            Optional<Hash> root = street.ledger().findRoot(height);
            assertThat(root).isPresent();
            assertThat(street.verify(root)).endsWith(" anchored=yes");
        }
    }

    @Test
    void a_ledger_signed_by_other_keys_is_found_by_its_root() throws Exception {
        Hash root = street.ledger().anchor().root();
        Street forged = Street.at(temporary.resolve("forged"), Street.LANE);
        Path file = forged.file(DAYS);
        assertThat(
                        Street.mitoyen(
                                        "settle",
                                        "--community",
                                        forged.community(),
                                        "--readings",
                                        file,
                                        "--out",
                                        forged.out())
                                .status())
                .isZero();
        assertThat(forged.verify()).startsWith("OK blocks=3 ");
        assertThatThrownBy(() -> forged.verify(Optional.of(root)))
                .hasMessageContaining("is that of no block");
        var said = Street.mitoyen("verify", forged.out(), "--root", root);
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err()).contains("is that of no block");
    }

    @Test
    void a_forged_ledger_beside_the_true_vault_is_found() throws Exception {
        Street forged = Street.at(temporary.resolve("forged"), Street.LANE);
        Path file = forged.file(Readings.revise(DAYS, "2025-10-31T12:00:00+01:00,B1", "9.5"));
        Street.copy(street.out().resolve("keys"), forged.out().resolve("keys"));
        forged.run(FaultyDisk.sound(), false, file);
        for (String name : List.of("ledger", "summary.json", "allocations.csv", "sales.csv")) {
            Files.move(street.out().resolve(name), temporary.resolve("kept-" + name));
            Files.move(forged.out().resolve(name), street.out().resolve(name));
        }
        assertThatThrownBy(street::verify)
                .hasMessageContaining(
                        "settlement of 2025-10-31: the readings in the vault are not those on the"
                                + " ledger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allocations.csv", "sales.csv", "summary.json"})
    void a_changed_document_is_found(String name) throws IOException {
        Path file = street.out().resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 1 + bytes.length / 40) {
            assertThatVerifyFinds(file, flipped(bytes, at), "byte %d".formatted(at));
        }
        int last = bytes.length - 1;
        assertThatVerifyFinds(file, flipped(bytes, last), "the last byte");
        assertThatVerifyFinds(file, Arrays.copyOf(bytes, last), "cut");
        assertThatVerifyFinds(file, Arrays.copyOf(bytes, bytes.length + 1), "a byte more");
        Files.delete(file);
        assertThatThrownBy(street::verify).hasMessageContaining(name);
    }

    @Test
    void a_reading_changed_in_the_vault_is_found_though_it_was_sealed_again() throws IOException {
        Keys keys = keys();
        try (Vault vault = Vault.open(street.out().resolve("vault"), FaultyDisk.sound())) {
            VaultDay day =
                    vault.findDay(DAY, 0)
                            .orElseThrow()
                            .open(name -> Optional.of(vaultKey(keys, name)));
            var victim = day.leaves().entrySet().iterator().next();
            SortedMap<String, VaultDay.Leaf> leaves = new TreeMap<>(day.leaves());
            leaves.put(victim.getKey(), new VaultDay.Leaf(oneUnitMore(victim.getValue().bytes())));
            VaultDay altered =
                    new VaultDay(
                            day.date(),
                            day.revision(),
                            day.terms(),
                            day.startMillis(),
                            day.endMillis(),
                            day.intervals(),
                            day.missing(),
                            day.outside(),
                            leaves);
            vault.putDay(SealedDay.of(altered, name -> vaultKey(keys, name)));
            vault.commit();
        }
        assertThatThrownBy(street::verify)
                .hasMessageContaining(
                        "settlement of 2025-10-31: the readings in the vault are not those on the"
                                + " ledger");
    }

    @Test
    void terms_changed_in_the_vault_are_found_though_they_were_sealed_again() throws Exception {
        Street dearer =
                Street.at(
                        temporary.resolve("dearer"),
                        Street.LANE.replace("local: \"0.140000\"", "local: \"0.150000\""));
        Street.copy(street.out().resolve("keys"), dearer.out().resolve("keys"));
        dearer.run(FaultyDisk.sound(), false, dearer.file(DAYS));
        var key = keys().community().vault();
        Digest agreed = street.ledger().founding().terms();
        try (Vault other = Vault.open(dearer.out().resolve("vault"), FaultyDisk.sound());
                Vault vault = Vault.open(street.out().resolve("vault"), FaultyDisk.sound())) {
            byte[] terms = other.findTerms(dearer.ledger().founding().terms(), key).orElseThrow();
            vault.putTerms(agreed, terms, key);
            vault.commit();
        }
        assertThatThrownBy(street::verify)
                .hasMessageContaining("the terms in the vault are not those on the ledger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allocations.csv",
                "sales.csv",
                "summary.json",
                "keys/community.key",
                "keys/members/bruno.key"
            })
    void a_folder_an_endless_file_or_noise_in_a_files_place_is_said_in_a_line_that_names_it(
            String name) throws IOException {
        Path file = street.out().resolve(name);
        Files.delete(file);
        Files.createDirectory(file);
        assertThatVerifyNames(file);
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThatVerifyNames(file);
        Files.delete(file);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
        assertThatVerifyNames(file);
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(3L << 30);
        }
        assertThatVerifyNames(file);
    }

    @Test
    void without_vault_or_keys_the_ledger_alone_is_checked() throws IOException {
        for (String part : List.of("vault", "keys")) {
            Path kept = temporary.resolve(part);
            Files.move(street.out().resolve(part), kept);
            assertThat(street.verify()).endsWith(" settlements=absent anchored=yes");
            Files.move(kept, street.out().resolve(part));
        }
    }

    @Test
    void verify_writes_nothing() throws IOException {
        var before = Street.files(street.out());
        street.verify();
        assertThat(Street.files(street.out())).isEqualTo(before);
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length - 7));
        var damaged = Street.files(street.out());
        assertThatThrownBy(street::verify).hasMessageContaining("is cut short");
        assertThat(Street.files(street.out())).isEqualTo(damaged);
    }

    @Test
    void the_command_says_what_holds_and_what_does_not() throws IOException {
        assertThat(Street.mitoyen("verify", street.out()).out().strip()).isEqualTo(street.verify());
        Files.writeString(street.out().resolve("sales.csv"), "nothing\n");
        var said = Street.mitoyen("verify", street.out());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err().lines()).singleElement().asString().contains("sales.csv");
        assertThat(Street.mitoyen("verify", temporary.resolve("nowhere")).status()).isEqualTo(2);
        assertThat(Street.mitoyen("verify", street.out(), "--root", "abc").status()).isEqualTo(2);
    }

    /// Puts other bytes into a file, verifies, and puts the true ones back.
    private void assertThatVerifyFinds(Path file, byte[] altered, String how) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, altered);
        assertThat(catchThrowable(street::verify))
                .as("%s, %s", file.getFileName(), how)
                .isInstanceOf(IOException.class)
                .message()
                .containsPattern(
                        "genesis|blocks-0|block \\d|ledger|summary.json|" + file.getFileName());
        Files.write(file, bytes);
    }

    private Keys keys() throws IOException {
        return Keys.find(street.out().resolve("keys")).orElseThrow();
    }

    private static long mWh(JsonNode energy, String name) {
        return Decimals.parseMillionths(energy.path(name).asString());
    }

    private void assertThatVerifyNames(Path file) {
        var said = Street.mitoyen("verify", street.out());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err().lines()).singleElement().asString().startsWith(file + ": ");
    }

    private static Secret vaultKey(Keys keys, String pseudonym) {
        return keys.members().values().stream()
                .filter(member -> member.pseudonymHex().equals(pseudonym))
                .findFirst()
                .orElseThrow()
                .vault();
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] altered = bytes.clone();
        altered[at] ^= 1;
        return altered;
    }

    /// Where the records of a segment begin.
    private static List<Integer> records(byte[] segment) {
        List<Integer> records = new ArrayList<>();
        for (int at = SEGMENT_HEADER; at < segment.length; ) {
            records.add(at);
            at += RECORD_HEAD + ByteBuffer.wrap(segment).getInt(at);
        }
        return records;
    }

    /// Makes the checksums of a record anew.
    private static void sum(byte[] segment, int record) {
        ByteBuffer fields = ByteBuffer.wrap(segment);
        int length = fields.getInt(record);
        fields.putInt(record + 4, crc(segment, record + RECORD_HEAD, length));
        fields.putInt(record + 8, crc(segment, record, 8));
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /// A leaf with the first reading above 65,535 mWh, which CBOR keeps in four bytes after `1a`,
    /// one unit higher.
    private static byte[] oneUnitMore(byte[] leaf) {
        byte[] altered = leaf.clone();
        int array = HexFormat.of().formatHex(leaf).indexOf("98181a") / 2;
        assertThat(array).as("an array of 24 readings of four bytes").isPositive();
        altered[array + 6] ^= 1;
        return altered;
    }
}
