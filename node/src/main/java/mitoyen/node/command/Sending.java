package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.node.client.Answer;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.LedgerStatus;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import mitoyen.node.language.Rejections;
import mitoyen.node.transaction.Envelope;
import mitoyen.node.transaction.Signable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The way of a transaction from a command to the ledger's answer: filled in, shown, signed, sent.
final class Sending {
    /// Accepted, or done before.
    static final int DONE = 0;

    /// Refused, not taken, or not answered.
    static final int REFUSED = 1;

    /// How many blocks a transaction may wait: far more than come in an hour of a street.
    private static final long VALID_BLOCKS = 100_000;

    /// How far a ledger's time may be ahead of the own clock [ms]: as far as a transaction may be
    /// valid, by the standard parameters.
    private static final long MOST_AHEAD_MILLIS = TrafficLimits.STANDARD.validityMillis();

    private final CommandSpec spec;
    private final SendOptions options;
    private final Reply reply;
    private final Disk disk = new RealDisk();
    private final InstantSource clock = InstantSource.system();

    Sending(CommandSpec spec, SendOptions options) {
        this.spec = spec;
        this.options = options;
        this.reply = new Reply(spec, options.node().json());
    }

    /// Does what a command asks for.
    ///
    /// @return the exit status
    int send(Proposal proposal) throws IOException, CheckFailed {
        Optional<Answer> answer = perform(proposal);
        reply.end();
        return isDone(answer) ? DONE : REFUSED;
    }

    /// Does what a command asks for, and says whether the ledger did it.
    Optional<Answer> perform(Proposal proposal) throws IOException, CheckFailed {
        List<KeyFile> files = new ArrayList<>();
        for (Path key : options.keys()) {
            files.add(KeyFile.read(key));
        }
        if (files.isEmpty() && !options.dryRun() && options.out().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "nobody signs it; give --key, or --dry-run to see it");
        }
        checkFree(options.out());
        try (LedgerClient client = options.node().connect(spec)) {
            Signable unsigned = fill(proposal, files, client);
            show(unsigned, proposal);
            if (options.dryRun()) {
                reply.tell("diagnostic", unsigned.diagnostic());
                reply.tell("body", unsigned.body().toString());
                reply.tell("content", unsigned.contentHash().toString());
                return Optional.empty();
            }
            Signable signed = unsigned.signedBy(open(files));
            if (options.out().isPresent()) {
                write(options.out().get(), signed);
                return Optional.empty();
            }
            return Optional.of(submit(client, signed, keptBeside(files, signed)));
        }
    }

    /// Sends what was signed before.
    ///
    /// @param file where it is kept
    /// @return the exit status
    int resend(Signable signed, Path file) throws IOException, CheckFailed {
        try (LedgerClient client = options.node().connect(spec)) {
            checkSignatures(signed, file);
            options.node().status(client, Optional.of(signed.transaction().ledger()));
            describe(signed);
            Answer answer = submit(client, signed, Optional.empty(), file);
            reply.end();
            return isDone(Optional.of(answer)) ? DONE : REFUSED;
        }
    }

    /// Adds signatures to what others signed.
    void countersign(Signable signed, Path file) throws IOException, CheckFailed {
        if (options.keys().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nobody signs it; give --key");
        }
        checkFree(options.out());
        checkSignatures(signed, file);
        Digest ledger = signed.transaction().ledger();
        if (!options.node().genesis().equals(Optional.of(ledger))) {
            try (LedgerClient client = options.node().connect(spec)) {
                options.node().status(client, Optional.of(ledger));
            }
        }
        describe(signed);
        List<KeyFile> files = new ArrayList<>();
        for (Path key : options.keys()) {
            files.add(KeyFile.read(key));
        }
        write(options.out().orElse(file), signed.signedBy(open(files)));
        reply.end();
    }

    /// Shows what is in a file.
    void describe(Signable signable) {
        reply.put("id", signable.transaction().id().toString());
        reply.put("sender", signable.transaction().sender().toString());
        reply.put("ledger", signable.transaction().ledger().toString());
        reply.put("summary", signable.summary());
        signable.summary().forEach(reply::line);
    }

    /// Says what a key file holds now.
    void tellRotated(KeyFile now) {
        reply.tell("key", now.key().toString());
        reply.put("file", now.file().toString());
        reply.line(now.file() + ": holds the new key");
        reply.end();
    }

    /// Says that a key file waits for its account to take the new key.
    void tellWaiting(Path file, Path beside) {
        reply.put("file", file.toString());
        reply.put("new", beside.toString());
        reply.line(file + ": stays as it is; the new key waits in " + beside + ": run this again");
        reply.end();
    }

    /// Whether the ledger did what was asked for, or was not asked.
    static boolean isDone(Optional<Answer> answer) {
        return answer.map(each ->
                        switch (each) {
                            case Answer.Accepted _, Answer.Exists _ -> true;
                            case Answer.Rejected _, Answer.NotTaken _, Answer.Unknown _ -> false;
                        })
                .orElse(true);
    }

    /// The answer's end, for commands that only show.
    Reply reply() {
        return reply;
    }

    /// No signature is added to, or sent with, one that does not hold: the transaction is not what
    /// somebody signed.
    private static void checkSignatures(Signable signed, Path file) throws CheckFailed {
        for (var signature : signed.signatures()) {
            if (!signed.holds(signature)) {
                throw new CheckFailed(
                        file
                                + ": the signature of "
                                + signature.key()
                                + " does not hold: the transaction was changed after it was"
                                + " signed");
            }
        }
    }

    private Signable fill(Proposal proposal, List<KeyFile> files, LedgerClient client)
            throws IOException, CheckFailed {
        Envelope said = proposal.envelope();
        boolean offline = options.dryRun() || options.out().isPresent();
        checkPinned(said.ledger());
        Optional<Digest> named = said.ledger().or(() -> options.node().genesis());
        Optional<LedgerStatus> status =
                offline && named.isPresent() && said.expiry().isPresent()
                        ? Optional.empty()
                        : Optional.of(options.node().status(client, said.ledger()));
        long now = now(status);
        AccountId sender =
                options.sender()
                        .or(said::sender)
                        .or(proposal::sender)
                        .or(() -> files.stream().findFirst().map(KeyFile::account))
                        .orElseThrow(() ->
                                new ParameterException(
                                        spec.commandLine(), "nobody sends it; give --sender"));
        OptionalInt lane = options.lane().isPresent() ? options.lane() : said.lane();
        Transaction.Version2 transaction =
                new Transaction.Version2(
                        said.version().orElseGet(() -> version(status)),
                        said.id().orElseGet(Sending::freshId),
                        status.map(LedgerStatus::ledger).or(() -> named).orElseThrow(),
                        sender,
                        lane.orElse(0),
                        said.number().orElse(now),
                        said.expiry()
                                .orElseGet(() ->
                                        new Transaction.Expiry(
                                                status.orElseThrow().height() + VALID_BLOCKS,
                                                now + options.validFor().toMillis())),
                        proposal.steps().apply(now));
        try {
            return Signable.of(transaction);
        } catch (CborException tooLarge) {
            throw new IOException(
                    "the transaction is more than a ledger takes: " + tooLarge.getMessage(),
                    tooLarge);
        }
    }

    /// The version whose rules hold. Those of the first know no transaction of this form but the
    /// one that ends them, which names the second (LE-155). Without a node it is the newest, as of
    /// a ledger that begins today.
    private static int version(Optional<LedgerStatus> status) {
        return Math.max(
                Transaction.Version2.FIRST,
                status.map(LedgerStatus::version).orElse(Genesis.NEWEST_VERSION));
    }

    /// The time now, or the ledger's, which is ahead for a while where a clock was and is set
    /// right.
    ///
    /// @throws CheckFailed if it is further ahead than a transaction may be valid: whoever says so
    ///   may want what is signed to be good when nobody expects it any more
    private long now(Optional<LedgerStatus> status) throws CheckFailed {
        long own = clock.millis();
        long ledgers = status.map(LedgerStatus::timeMillis).orElse(0L);
        if (ledgers - own > MOST_AHEAD_MILLIS) {
            throw new CheckFailed(
                    "the node's last block is of %s, more than a day ahead of this machine's clock;"
                                    .formatted(Instant.ofEpochMilli(ledgers))
                            + " set the clock, or name another node with --node");
        }
        return Math.max(own, ledgers);
    }

    /// A transaction that names its ledger is for the one that the user pinned, if he did.
    private void checkPinned(Optional<Digest> named) throws CheckFailed {
        Optional<Digest> pinned = options.node().genesis();
        if (named.isPresent() && pinned.isPresent() && !named.equals(pinned)) {
            throw new CheckFailed(
                    "the transaction is for the ledger "
                            + named.get()
                            + ", not for that of --genesis; nothing was signed");
        }
    }

    private void show(Signable unsigned, Proposal proposal) {
        describe(unsigned);
        for (Map.Entry<String, String> note : proposal.notes().apply(unsigned).entrySet()) {
            reply.tell(note.getKey(), note.getValue());
        }
    }

    private List<SigningKey> open(List<KeyFile> files) throws IOException {
        List<SigningKey> keys = new ArrayList<>();
        for (KeyFile file : files) {
            keys.add(options.passphrase().open(spec, file));
        }
        return keys;
    }

    private void write(Path file, Signable signed) throws IOException {
        byte[] bytes = signed.toBytes();
        disk.replace(file, out -> out.write(bytes));
        reply.put("file", file.toString());
        reply.put("signatures", signed.signatures().size());
        reply.line(file + ": signed by " + signed.signatures().size() + ", not sent");
    }

    private Answer submit(LedgerClient client, Signable signed, Optional<Path> beside)
            throws IOException {
        return submit(client, signed, beside, beside.orElseThrow());
    }

    /// Sends it and tells the answer.
    ///
    /// @param beside where it is kept if no answer comes
    /// @param kept where it is kept in any case then
    private Answer submit(LedgerClient client, Signable signed, Optional<Path> beside, Path kept)
            throws IOException {
        byte[] bytes = signed.toBytes();
        reply.put("sent", Sha256.of(bytes).toString());
        Answer answer = client.submit(bytes, signed.transaction().id());
        if (answer instanceof Answer.Unknown && beside.isPresent()) {
            disk.replace(beside.get(), out -> out.write(bytes));
        }
        tell(answer, kept);
        return answer;
    }

    private void tell(Answer answer, Path kept) {
        Messages words = Messages.in(Language.ofEnvironment(System.getenv()));
        String line =
                switch (answer) {
                    case Answer.Accepted(OptionalLong height) -> {
                        reply.put("answer", "accepted");
                        height.ifPresent(block -> reply.put("height", block));
                        yield height.isPresent()
                                ? words.text("answer.accepted", height.getAsLong())
                                : words.text("answer.accepted.somewhere");
                    }
                    case Answer.Exists(OptionalLong height) -> {
                        reply.put("answer", "exists");
                        height.ifPresent(block -> reply.put("height", block));
                        yield words.text("answer.exists");
                    }
                    case Answer.Rejected rejected -> rejection(rejected, words);
                    case Answer.NotTaken(String why, boolean _) -> {
                        reply.put("answer", "not-taken");
                        yield words.text("answer.not-taken", why);
                    }
                    case Answer.Unknown(String why) -> {
                        reply.put("answer", "unknown");
                        reply.put("file", kept.toString());
                        yield words.text("answer.unknown", why, kept);
                    }
                };
        reply.put("sentence", line);
        reply.line(line);
    }

    private String rejection(Answer.Rejected rejected, Messages words) {
        reply.put("answer", "rejected");
        reply.put("module", rejected.module());
        reply.put("number", rejected.number());
        reply.put("name", rejected.name());
        rejected.step().ifPresent(step -> reply.put("step", step));
        String why = Rejections.sentence(words, rejected.module(), rejected.number());
        return rejected.step().isPresent()
                ? words.text("answer.rejected.step", why, rejected.step().getAsInt() + 1)
                : words.text("answer.rejected", why);
    }

    /// The file that keeps a transaction whose answer is lost: beside the first key.
    private static Optional<Path> keptBeside(List<KeyFile> files, Signable signed) {
        Path key = files.getFirst().file();
        return Optional.of(
                key.resolveSibling("transaction-" + signed.transaction().id() + ".cbor"));
    }

    private static void checkFree(Optional<Path> out) throws IOException {
        if (out.isPresent() && Files.exists(out.get())) {
            throw new IOException(out.get() + ": exists already; name another file with --out");
        }
    }

    private static TransactionId freshId() {
        byte[] id = new byte[TransactionId.LENGTH];
        new SecureRandom().nextBytes(id);
        return new TransactionId(ByteString.of(id));
    }
}
