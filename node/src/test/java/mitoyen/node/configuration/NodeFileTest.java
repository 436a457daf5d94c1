package mitoyen.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.configuration.NodeConfiguration.Limits;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.running.Keep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFileTest {
    @TempDir private Path folder;

    @Test
    void theShortestFileHasAllTheStandards() throws Exception {
        NodeConfiguration read = read("version: 1\nfolder: data\n");

        assertThat(read.folder()).isEqualTo(folder.resolve("data"));
        assertThat(read.beginning()).isEqualTo(new Beginning.Existing());
        assertThat(read.host()).isEqualTo("127.0.0.1");
        assertThat(read.port()).isEqualTo(8_090);
        assertThat(read.snapshotBlocks()).isEqualTo(10_000);
        assertThat(read.keep()).isEqualTo(new Keep.All());
        assertThat(read.inbox()).isEmpty();
        assertThat(read.log()).isEqualTo(Level.INFO);
        assertThat(read.limits()).isEqualTo(Limits.STANDARD);
    }

    @Test
    void everyKeyIsRead() throws Exception {
        NodeConfiguration read =
                read(
                        """
                        version: 1
                        folder: /data
                        found: {name: solaire, zone: Europe/Paris, currency: EUR}
                        import: {gaps-zero: true, partial: true, correct: true, max-kw: 36}
                        http:
                          host: 0.0.0.0
                          port: 80
                        snapshot-blocks: 5
                        inbox: ../in
                        log: debug
                        limits:
                          waiting: 1
                          waiting-of-sender: 2
                          waiting-bytes: 3000000
                          connections: 4
                          streams: 5
                          request-seconds: 6
                        """);

        assertThat(read.folder()).isEqualTo(Path.of("/data"));
        assertThat(read.beginning())
                .isEqualTo(
                        new Beginning.Founded(
                                "solaire", Optional.of("Europe/Paris"), Optional.of("EUR")));
        assertThat(read.host()).isEqualTo("0.0.0.0");
        assertThat(read.port()).isEqualTo(80);
        assertThat(read.snapshotBlocks()).isEqualTo(5);
        assertThat(read.inbox()).contains(folder.resolveSibling("in"));
        assertThat(read.importing()).isEqualTo(new InboxOptions(true, true, true, 36));
        assertThat(read.log()).isEqualTo(Level.FINE);
        assertThat(read.limits()).isEqualTo(new Limits(1, 2, 3_000_000, 4, 5, 6));
        assertThat(read("version: 1\nfolder: d\ngenesis: g.cbor\n").beginning())
                .isEqualTo(new Beginning.FromFile(folder.resolve("g.cbor")));
    }

    @Test
    void whoSettlesWithOthersSaysWithWhom() throws Exception {
        NodeConfiguration read =
                read(
                        """
                        version: 1
                        folder: d
                        settle:
                          community: lilas
                          key: settler.key
                          passphrase-file: words
                          settlers: [http://10.0.0.2:8090, 'http://[::1]:80/']
                        """);
        assertThat(read.settler())
                .contains(
                        new SettlerSettings(
                                "lilas",
                                folder.resolve("settler.key"),
                                Optional.of(folder.resolve("words")),
                                List.of(
                                        URI.create("http://10.0.0.2:8090"),
                                        URI.create("http://[::1]:80/"))));
        assertThat(read("version: 1\nfolder: d\nsettle: {community: a, key: k}\n").settler())
                .contains(
                        new SettlerSettings("a", folder.resolve("k"), Optional.empty(), List.of()));
        assertThat(read("version: 1\nfolder: d\n").settler()).isEmpty();
    }

    @Test
    void whatIsKeptIsAllOrANumberOfBlocksOrDays() throws Exception {
        assertThat(keep("all")).isEqualTo(new Keep.All());
        assertThat(keep("1 blocks")).isEqualTo(new Keep.Blocks(1));
        assertThat(keep("999999999999 blocks")).isEqualTo(new Keep.Blocks(999_999_999_999L));
        assertThat(keep("36525 days")).isEqualTo(new Keep.Days(36_525));
        assertThat(read("version: 1\nfolder: d\ninbox: in\nkeep: all\n").keep())
                .isEqualTo(new Keep.All());
    }

    private Keep keep(String text) throws Exception {
        return read("version: 1\nfolder: d\nkeep: " + text + "\n").keep();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | :0: the file is empty",
                "folder: d                       | :1: the file has no version",
                "version: 2~folder: d            | :1: version is not 1: 2",
                "version: 1                      | :1: the file has no folder",
                "version: 1~folder: ''           | :2: folder is not a path: ",
                "version: 1~folder: d~flder: x   | :3: unknown key flder in the file",
                "version: 1~folder: d~log: loud  | :3: log is not a level: loud",
                "version: 1~folder: d~keep: 0 blocks | :3: keep is neither all nor a number of",
                "version: 1~folder: d~keep: 10 | :3: keep is neither all nor",
                "version: 1~folder: d~keep: 36526 days | :3: keep is neither all nor",
                "version: 1~folder: d~keep: 2 weeks | :3: keep is neither all nor",
                "version: 1~folder: d~keep: [all] | :3: keep is not a single value",
                "version: 1~folder: d~inbox: i~keep: 9 days | :4: keep and inbox together",
                "version: 1~folder: d~snapshot-blocks: 0 | :3: snapshot-blocks is not a whole",
                "version: 1~folder: d~http: {port: 70000} | :3: port is not a whole number from 0"
                        + " to",
                "version: 1~folder: d~http: {host: 'a b'} | :3: host is neither a name nor",
                "version: 1~folder: d~http: {hst: a}      | :3: unknown key hst in http",
                "version: 1~folder: d~http: 80            | :3: http is not",
                "version: 1~folder: d~limits: {streams: x} | :3: streams is not a whole number",
                "version: 1~folder: d~import: {correct: perhaps} | :3: correct is",
                "version: 1~folder: d~found: {name: a, zone: Nowhere} | :3: zone is",
                "version: 1~folder: d~found: {}           | :3: found has no name",
                "version: 1~folder: d~found: {name: ''}   | :3: name is empty or longer",
                "version: 1~folder: d~settle: {key: k} | :3: settle has no community",
                "version: 1~folder: d~settle: {community: c} | :3: settle has no key",
                "version: 1~folder: d~settle: {community: c, key: k, settlers: [h:1]} | :3:"
                        + " settlers holds something that is no address",
                "version: 1~folder: d~cometbft:~  home: h~  sync: {}~settle: {} | :6:"
                        + " sync and settle together: a settler needs all blocks, and sync fetches"
                        + " a state without them; leave sync out, so that the node fetches all"
                        + " blocks, or leave settle out",
                "version: 1~folder: d~found: {name: a}~genesis: g | :3: genesis and found together",
            })
    void everyMistakeHasItsLine(String text, String mistake) {
        String expected = folder.resolve("node.yaml") + mistake.replace(":0:", ":");

        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOf(InputMistakes.class)
                .hasMessageStartingWith(expected);
    }

    @Test
    void aFileThatIsNotThereIsAMistakeToo() {
        assertThatThrownBy(() -> NodeFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining("none.yaml: no readable file");
    }

    private NodeConfiguration read(String text) throws IOException, InputMistakes {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, text);
        return NodeFile.read(file);
    }
}
