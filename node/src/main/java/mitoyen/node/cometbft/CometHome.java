package mitoyen.node.cometbft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The folder of a CometBFT: its keys, its configuration, its blocks.
public final class CometHome {
    private static final JsonMapper JSON = new JsonMapper();

    /// How many peers may connect, by CometBFT's own default.
    private static final int INBOUND = 40;

    /// The same where they are one's own.
    private static final int INBOUND_ON_ONE_MACHINE = 200;

    private final Path binary;
    private final Path home;

    /// @param binary CometBFT's program
    public CometHome(Path binary, Path home) {
        this.binary = binary;
        this.home = home;
    }

    /// Refuses a CometBFT that has lost its blocks beside a ledger that has some: it would end with
    /// words of its own that name neither.
    ///
    /// @param height of the ledger's last block; 0 before the first
    /// @throws IOException naming what to remove
    static void requireBlocks(Path home, long height) throws IOException {
        Path blocks = blocks(home);
        if (height > 0 && Files.notExists(blocks)) {
            throw new IOException(
                    ("%s: is missing, and the ledger has %d blocks; put it back, or remove the"
                         + " ledger too and keep priv_validator_state.json: both are fetched anew")
                            .formatted(blocks, height));
        }
    }

    /// Whether a CometBFT has run there.
    static boolean hasBlocks(Path home) {
        return Files.exists(blocks(home));
    }

    private static Path blocks(Path home) {
        return home.resolve("data/blockstore.db");
    }

    /// Makes the folder with new keys, unless they are there.
    public void makeKeys(Disk disk) throws IOException {
        disk.createDirectories(home);
        run("init");
    }

    /// The key by which it signs blocks.
    public SignerKey validatorKey() throws IOException {
        Path file = home.resolve("config/priv_validator_key.json");
        try {
            String key = JSON.readTree(file.toFile()).path("pub_key").path("value").asString("");
            return new SignerKey(ByteString.of(Base64.getDecoder().decode(key)));
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw new IOException(file + ": not a key of CometBFT's", malformed);
        }
    }

    /// Where the network's genesis lies.
    public Path genesis() {
        return home.resolve("config/genesis.json");
    }

    /// By which its peers know it.
    public String id() throws IOException {
        return run("show-node-id");
    }

    /// Says what it orders and how.
    public void configure(CometGenesis genesis, Network network, Disk disk) throws IOException {
        disk.replace(genesis(), genesis::write);
        byte[] toml = toml(genesis, network).getBytes(StandardCharsets.UTF_8);
        disk.replace(home.resolve("config/config.toml"), out -> out.write(toml));
    }

    /// How a CometBFT is reached by others, and whom it reaches.
    ///
    /// @param name what it is called in logs
    /// @param listen host and port for its peers
    /// @param peers each `id@host:port`
    /// @param strict whether peers must have addresses of the Internet, one a peer; not on one
    ///   machine
    public record Network(String name, String listen, List<String> peers, boolean strict) {
        public Network {
            peers = List.copyOf(peers);
        }
    }

    /// What differs from CometBFT's own defaults. `proxy_app` and `rpc.laddr` are the node's to say
    /// when it starts it.
    private static String toml(CometGenesis genesis, Network network) {
        int bundleBytes = genesis.genesis().parameters().bundleBytes();
        return """
        # Written by mitoyen. What is not said here is CometBFT's own default.
        moniker = "%s"
        log_level = "error"

        [rpc]
        # A bundle in base64 and some more.
        max_body_bytes = %d

        [p2p]
        laddr = "tcp://%s"
        persistent_peers = "%s"
        addr_book_strict = %b
        allow_duplicate_ip = %b
        pex = %b
        max_num_inbound_peers = %d
        # A bundle is a hundred times as large as what CometBFT is made for.
        send_rate = 51200000
        recv_rate = 51200000

        [mempool]
        # A bundle holds many transactions: a few hundred of them are seconds of work.
        size = 500
        max_tx_bytes = %d
        max_txs_bytes = %d

        [statesync]
        # A node that begins from a snapshot is told so by mitoyen when it starts.
        enable = false
        rpc_servers = ""
        trust_height = 0
        trust_hash = ""
        trust_period = "32h0m0s"
        discovery_time = "5s"

        [consensus]
        # A street that is asleep makes no blocks.
        create_empty_blocks = false
        timeout_commit = "200ms"
        timeout_propose = "1s"
        peer_query_maj23_sleep_duration = "10s"

        [tx_index]
        # The node has tables of its own.
        indexer = "null"
        """
                .formatted(
                        network.name(),
                        bundleBytes / 3 * 4 + (1 << 12),
                        network.listen(),
                        String.join(",", network.peers()),
                        network.strict(),
                        !network.strict(),
                        network.strict(),
                        network.strict() ? INBOUND : INBOUND_ON_ONE_MACHINE,
                        bundleBytes,
                        64 << 20);
    }

    private String run(String command) throws IOException {
        return Commands.run(List.of(binary.toString(), command, "--home", home.toString()));
    }
}
