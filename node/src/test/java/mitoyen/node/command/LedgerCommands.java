package mitoyen.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.node.Mitoyen;
import mitoyen.node.api.RunningNode;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.configuration.NodeConfiguration.Limits;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.Secret;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.running.Keep;

/// A ledger of three people, its node, and a folder of their key files, for commands to run on.
final class LedgerCommands implements AutoCloseable {
    final Path folder;
    final KeyFile founder;
    final KeyFile alice;
    final KeyFile bob;
    final FakeNode node;
    final Genesis genesis;

    LedgerCommands(Path folder) throws IOException {
        this.folder = folder;
        this.founder = keyFile("founder", 1);
        this.alice = keyFile("alice", 2);
        this.bob = keyFile("bob", 3);
        this.genesis =
                new Genesis(
                        "test",
                        founder.key(),
                        2,
                        Parameters.STANDARD,
                        List.of(
                                terms("EUR", 10_000, 0, 100_000_000),
                                terms("EUR-held", 10_000, 1_000_000_000_000L, 0),
                                terms("sun", 1, 1_000_000, 0)));
        this.node = new FakeNode(genesis);
    }

    /// Opens the accounts of Alice and Bob.
    LedgerCommands opened() {
        for (KeyFile each : List.of(alice, bob)) {
            String said = run("account", "open", "--signer", each.key(), "--key", founder.file());
            if (!said.startsWith("0: ")) {
                throw new IllegalStateException(said);
            }
        }
        return this;
    }

    /// Starts a node itself on this ledger.
    RunningNode startNode() throws Exception {
        return startNode(InstantSource.system());
    }

    /// The same by another clock.
    RunningNode startNode(InstantSource clock) throws Exception {
        Path file = Files.write(folder.resolve("genesis"), genesis.toBytes());
        return RunningNode.start(
                new NodeConfiguration(
                        folder.resolve("node"),
                        new Beginning.FromFile(file),
                        "127.0.0.1",
                        0,
                        1_000,
                        new Keep.All(),
                        Optional.empty(),
                        InboxOptions.STANDARD,
                        Level.INFO,
                        new Limits(1_000, 100, 1 << 24, 100, 3, 60)),
                new RealDisk(),
                new SecureRandom(),
                clock);
    }

    /// What reserves euros of Alice's for Bob.
    ///
    /// @param expires when it ends, or after which span
    Object[] reserving(String amount, String expires) {
        return new Object[] {
            "hold",
            "reserve",
            "--from",
            alice.account(),
            "--to",
            bob.account(),
            "--asset",
            "EUR",
            "--amount",
            amount,
            "--expires",
            expires,
            "--key",
            alice.file()
        };
    }

    /// Runs a command against the node: its status and what it said.
    String run(Object... arguments) {
        return runAnywhere(
                Stream.concat(Stream.of(arguments), Stream.of("--node", node.url())).toArray());
    }

    /// Runs a command: its status and what it said.
    static String runAnywhere(Object... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int status =
                Mitoyen.program()
                        .setOut(out)
                        .setErr(out)
                        .execute(
                                Arrays.stream(arguments)
                                        .map(Object::toString)
                                        .toArray(String[]::new));
        return status + ": " + said;
    }

    /// The last line of what was said.
    static String lastLine(String said) {
        return said.lines().toList().getLast();
    }

    /// The value behind a name in what was said.
    static String value(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + said))
                .substring(name.length() + 2);
    }

    /// A key file whose key follows from a number.
    KeyFile keyFile(String name, int number) throws IOException {
        byte[] seed = new byte[Secret.LENGTH];
        Arrays.fill(seed, (byte) number);
        SigningKey key = new SigningKey(new Secret(seed));
        return KeyFile.create(
                folder.resolve(name + ".key"),
                key,
                AccountId.of(key.key()),
                Optional.empty(),
                new SecureRandom(),
                new RealDisk());
    }

    @Override
    public void close() {
        node.close();
    }

    private AssetTerms terms(String code, long step, long cap, long owing) {
        return new AssetTerms(
                new Asset(code),
                new Amount(step),
                new Amount(cap),
                new Amount(owing),
                founder.account(),
                new Amount(Long.MAX_VALUE),
                Sha256.of(new byte[0]));
    }
}
