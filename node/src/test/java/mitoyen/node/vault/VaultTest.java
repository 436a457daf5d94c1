package mitoyen.node.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.proof.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the vault's file is kept (decision 0007).
class VaultTest {
    /// SQLite's word for a commit that syncs the folder too.
    private static final int EXTRA = 3;

    @TempDir private Path folder;

    @BeforeEach
    void make() throws IOException {
        Vault.open(folder, new RealDisk()).close();
    }

    @Test
    void a_commit_syncs_the_folder_that_its_journal_leaves() throws IOException {
        try (Vault vault = Vault.open(folder, new RealDisk())) {
            assertThat(vault.pragma("synchronous")).isEqualTo(EXTRA);
        }
    }

    @Test
    void a_copy_that_cannot_be_written_is_named() throws IOException {
        Path copy = folder.resolve("absent").resolve("copy.sqlite");
        try (Vault vault = Vault.find(folder, new RealDisk()).orElseThrow()) {
            assertThatThrownBy(() -> vault.copyTo(copy))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(folder.resolve("vault.sqlite") + " -> " + copy + ": ");
        }
    }

    @Test
    void reading_writes_nothing_beside_a_file_that_says_it_has_a_log() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(vault().toFile(), "rw")) {
            file.seek(18);
            file.write(new byte[] {2, 2});
        }
        assertThatReadingIsRefused();
        assertThat(files()).containsExactly("vault.sqlite");
    }

    @Test
    void reading_writes_nothing_beside_a_log_that_someone_left() throws IOException {
        Files.write(folder.resolve("vault.sqlite-wal"), new byte[512]);
        assertThatReadingIsRefused();
        assertThat(files()).containsExactly("vault.sqlite", "vault.sqlite-wal");
    }

    /// As versions of the program before 2026-11-26 made one.
    @Test
    void a_vault_of_the_first_format_is_read_as_it_is_and_taken_over_with_the_next_day()
            throws IOException, SQLException {
        makeFirstFormat();
        byte[] before = Files.readAllBytes(vault());
        Vault.open(folder, new RealDisk()).close();
        try (Vault vault = Vault.find(folder, new RealDisk()).orElseThrow()) {
            assertThat(leaves(vault, 1, 0)).isEqualTo(Map.of("a", "one", "b", "two"));
            assertThat(leaves(vault, 1, 1)).isEqualTo(Map.of("a", "three"));
        }
        assertThat(Files.readAllBytes(vault())).isEqualTo(before);

        try (Vault vault = Vault.open(folder, new RealDisk())) {
            vault.putDay(new SealedDay(day(2, 0, Map.of("b", "four"))));
        }
        try (Vault vault = Vault.find(folder, new RealDisk()).orElseThrow()) {
            assertThat(vault.pragma("user_version")).as("nothing was committed").isEqualTo(1);
            assertThat(leaves(vault, 1, 1)).isEqualTo(Map.of("a", "three"));
        }

        try (Vault vault = Vault.open(folder, new RealDisk())) {
            vault.putDay(new SealedDay(day(2, 0, Map.of("b", "four"))));
            vault.putDay(new SealedDay(day(1, 1, Map.of("a", "five", "b", "six"))));
            vault.commit();
        }
        try (Vault vault = Vault.find(folder, new RealDisk()).orElseThrow()) {
            assertThat(vault.pragma("user_version")).isEqualTo(2);
            assertThat(leaves(vault, 1, 0)).isEqualTo(Map.of("a", "one", "b", "two"));
            assertThat(leaves(vault, 1, 1)).isEqualTo(Map.of("a", "five", "b", "six"));
            assertThat(leaves(vault, 2, 0)).isEqualTo(Map.of("b", "four"));
        }
    }

    @Test
    void leaves_that_were_altered_are_said_with_their_day() throws IOException, SQLException {
        try (Vault vault = Vault.open(folder, new RealDisk())) {
            vault.putDay(new SealedDay(day(2, 0, Map.of("b", "four"))));
            vault.commit();
        }
        for (String packed : List.of("", "82", "8261624166ff", "846162414161624142", "816162")) {
            execute("update leaves set packed = x'%s'".formatted(packed));
            try (Vault vault = Vault.find(folder, new RealDisk()).orElseThrow()) {
                assertThatThrownBy(() -> leaves(vault, 2, 0))
                        .as(packed)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(vault() + ": the readings of 2025-10-02: ");
            }
        }
    }

    private void makeFirstFormat() throws IOException, SQLException {
        Files.delete(vault());
        execute(
                """
                create table terms (hash blob primary key, sealed blob not null) without rowid;
                create table day (
                  date text not null, revision integer not null, terms blob not null,
                  start_ms integer not null, end_ms integer not null, intervals integer not null,
                  missing integer not null, outside integer not null,
                  primary key (date, revision)) without rowid;
                create table reading (
                  date text not null, revision integer not null, pseudonym text not null,
                  sealed blob not null,
                  primary key (date, revision, pseudonym)) without rowid;
                insert into day values ('2025-10-01', 0, zeroblob(32), 0, 1, 1, 0, 0),
                  ('2025-10-01', 1, zeroblob(32), 0, 1, 1, 0, 0);
                insert into reading values ('2025-10-01', 0, 'b', cast('two' as blob)),
                  ('2025-10-01', 0, 'a', cast('one' as blob)),
                  ('2025-10-01', 1, 'a', cast('three' as blob));
                pragma user_version = 1;
                """);
    }

    private void execute(String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + vault());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        }
    }

    private static VaultDay day(int ofMonth, int revision, Map<String, String> leaves) {
        SortedMap<String, VaultDay.Leaf> sealed = new TreeMap<>();
        leaves.forEach((pseudonym, text) ->
                sealed.put(pseudonym, new VaultDay.Leaf(text.getBytes(StandardCharsets.US_ASCII))));
        Digest terms = Digest.of(new byte[Digest.LENGTH]);
        return new VaultDay(date(ofMonth), revision, terms, 0, 1, 1, 0, 0, sealed);
    }

    private static Map<String, String> leaves(Vault vault, int ofMonth, int revision)
            throws IOException {
        SealedDay day = vault.findDay(date(ofMonth), revision).orElseThrow();
        Map<String, String> leaves = new TreeMap<>();
        day.sealed()
                .leaves()
                .forEach((pseudonym, leaf) ->
                        leaves.put(pseudonym, new String(leaf.bytes(), StandardCharsets.US_ASCII)));
        return leaves;
    }

    private static LocalDate date(int ofMonth) {
        return LocalDate.of(2025, 10, ofMonth);
    }

    private void assertThatReadingIsRefused() {
        assertThatThrownBy(() -> Vault.find(folder, new RealDisk()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(vault() + ": kept otherwise");
    }

    private Path vault() {
        return folder.resolve("vault.sqlite");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
