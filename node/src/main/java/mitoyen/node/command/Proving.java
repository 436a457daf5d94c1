package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.proof.Verdict;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.ProofAnswer;
import mitoyen.node.input.CheckFailed;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The way of a proof from a node to a sentence: asked for, kept, checked against what is trusted.
///
/// A node proves its state after the last block only. Where the trusted root covers fewer blocks,
/// the node has to prove as well that its ledger goes on from there.
final class Proving {
    private final CommandSpec spec;
    private final ProofOptions options;
    private final ProofReport report;
    private final Disk disk = new RealDisk();

    Proving(CommandSpec spec, ProofOptions options) {
        this.spec = spec;
        this.options = options;
        this.report = new ProofReport(spec, options.node().json());
    }

    /// Proves what is under a key, or that nothing is.
    ///
    /// @param path of the proof at the node
    /// @return the exit status
    int entry(String path, String part, ByteString key) throws IOException {
        Optional<LogRoot> trusted = begin();
        try (LedgerClient client = options.node().connect(spec)) {
            return prove(
                    client,
                    path,
                    trusted,
                    verdict ->
                            switch (verdict) {
                                case Verdict.Held held ->
                                        held.part().equals(part) && held.key().equals(key);
                                case Verdict.Absent absent ->
                                        absent.part().equals(part) && absent.key().equals(key);
                                case Verdict.Receipt _, Verdict.Grown _ -> false;
                                case Verdict.Refused _ -> true;
                            });
        } catch (CheckFailed refused) {
            return report.refused(refused);
        }
    }

    /// Proves what was answered to a transaction: to the bytes that the node has under its id,
    /// which must say that they have it.
    ///
    /// @param known the SHA-256 of the bytes that are meant; empty where only the id is known,
    ///   which another sender's transaction may bear too
    /// @return the exit status
    int receipt(TransactionId id, Optional<Digest> known) throws IOException {
        Optional<LogRoot> trusted = begin();
        try (LedgerClient client = options.node().connect(spec)) {
            Optional<Digest> sent =
                    client.findTransaction(id, known)
                            .filter(bytes -> isOf(bytes, id))
                            .map(Sha256::of)
                            .filter(hash -> known.isEmpty() || known.get().equals(hash));
            return prove(
                    client,
                    "transactions/"
                            + id
                            + sent.or(() -> known).map(hash -> "?sent=" + hash).orElse(""),
                    trusted,
                    verdict ->
                            switch (verdict) {
                                case Verdict.Receipt receipt ->
                                        sent.isPresent()
                                                && ReceiptFields.of(receipt.receipt())
                                                        .sent()
                                                        .equals(sent);
                                case Verdict.Held _, Verdict.Absent _, Verdict.Grown _ -> false;
                                case Verdict.Refused _ -> true;
                            });
        } catch (CheckFailed refused) {
            return report.refused(refused);
        }
    }

    /// Proves that the node's ledger goes on from the trusted one.
    ///
    /// @return the exit status
    int growth() throws IOException {
        Optional<LogRoot> trusted = begin();
        if (options.light().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--light: growth is proved from a root; see proof light");
        }
        long from =
                options.height()
                        .orElseThrow(() ->
                                new ParameterException(
                                        spec.commandLine(), "give --height, where it began"));
        try (LedgerClient client = options.node().connect(spec)) {
            long last = checkLedger(client);
            if (from > last) {
                throw report.failed("proof.behind", last, from);
            }
            ProofAnswer answer = find(client, "growth?from=" + from);
            LogRoot earlier =
                    trusted.or(answer::from).orElseThrow(() -> report.failed("proof.missing"));
            report.trust(trusted.isPresent());
            return tell(
                    answer,
                    answer.root(),
                    ProofVerifier.verifyGrowth(answer.proof().toBytes(), earlier, answer.root()));
        } catch (CheckFailed refused) {
            return report.refused(refused);
        }
    }

    private int prove(
            LedgerClient client, String path, Optional<LogRoot> trusted, Question question)
            throws IOException, CheckFailed {
        if (trusted.isEmpty() && options.height().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--height: give --root too, the root over so many blocks");
        }
        checkLedger(client);
        ProofAnswer answer = find(client, path);
        Optional<LogRoot> known = trusted.isPresent() ? trusted : anchor(client);
        LogRoot root = answer.root();
        if (known.isPresent()) {
            root = reached(client, known.get(), answer.root());
        }
        report.trust(known.isPresent());
        Verdict verdict = ProofVerifier.verify(answer.proof().toBytes(), root);
        if (!question.isAnswered(verdict)) {
            throw report.failed("proof.other");
        }
        return tell(answer, root, verdict);
    }

    /// What the engine's validators signed, if a header of theirs is trusted.
    private Optional<LogRoot> anchor(LedgerClient client) throws IOException, CheckFailed {
        return options.light().isPresent()
                ? Optional.of(new Following(report).follow(client, options.light().get()))
                : Optional.empty();
    }

    /// The root that a proof has to lead to: the trusted one, or one that goes on from it.
    private LogRoot reached(LedgerClient client, LogRoot trusted, LogRoot claimed)
            throws IOException, CheckFailed {
        if (trusted.size() > claimed.size()) {
            throw report.failed("proof.behind", claimed.size(), trusted.size());
        }
        if (trusted.size() == claimed.size()) {
            return trusted;
        }
        ProofAnswer growth =
                find(client, "growth?from=" + trusted.size() + "&to=" + claimed.size());
        Verdict grown = ProofVerifier.verifyGrowth(growth.proof().toBytes(), trusted, claimed);
        if (!(grown instanceof Verdict.Grown)) {
            throw report.failed("proof.not-continued");
        }
        report.note("proof.continued", trusted.size(), claimed.size());
        return claimed;
    }

    private Optional<LogRoot> begin() throws IOException {
        if (options.out().isPresent() && Files.exists(options.out().get())) {
            throw new IOException(
                    options.out().get() + ": exists already; name another file with --out");
        }
        return options.trusted(spec);
    }

    /// How many blocks the node's ledger has, which must be the one that is meant.
    private long checkLedger(LedgerClient client) throws IOException, CheckFailed {
        return options.node().status(client, Optional.empty()).height();
    }

    private ProofAnswer find(LedgerClient client, String path) throws IOException, CheckFailed {
        return client.findProof(path).orElseThrow(() -> report.failed("proof.missing"));
    }

    /// Says what is proved, and keeps the proof if anything is.
    private int tell(ProofAnswer answer, LogRoot root, Verdict verdict) throws IOException {
        boolean proved = !(verdict instanceof Verdict.Refused);
        if (proved) {
            report.leadsTo(root);
        }
        if (proved && options.out().isPresent()) {
            byte[] bytes = answer.proof().toBytes();
            disk.replace(options.out().get(), out -> out.write(bytes));
        }
        return report.tell(verdict);
    }

    /// Whether these bytes are a transaction with this id.
    private static boolean isOf(byte[] bytes, TransactionId id) {
        Parameters limits = Parameters.STANDARD;
        try {
            byte[] body = SignedTransaction.decode(bytes, limits).body().toBytes();
            return TransactionCodec.decode(body, limits).id().equals(id);
        } catch (CborException malformed) {
            return false;
        }
    }

    /// Whether a verdict is about what was asked.
    @FunctionalInterface
    private interface Question {
        boolean isAnswered(Verdict verdict);
    }
}
