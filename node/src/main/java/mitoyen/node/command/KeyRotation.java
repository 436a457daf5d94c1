package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.node.client.Answer;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.KeyKind;
import mitoyen.node.keys.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `key rotate`: a new key in the place of the old one, at the ledger first and then in the file.
///
/// The new key lies beside the old one until the ledger has taken it, and the old one is kept after
/// that too: it may sign elsewhere. Wherever this is killed, running it again ends it.
@Command(
        name = "rotate",
        description = {
            "Makes a new key of the same kind, replaces the old one by it as a signer of the"
                    + " account, and then in the file.",
            "The old key is kept beside it. Killed or unanswered, run it again."
        },
        mixinStandardHelpOptions = true)
final class KeyRotation implements Callable<Integer> {
    private static final int NAME_LENGTH = 8;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private SendOptions options = new SendOptions();
    @Mixin private KeyCommand.Bareness bareness = new KeyCommand.Bareness();

    @Parameters(paramLabel = "FILE", description = "the key file whose key is replaced")
    private Path file = Path.of("");

    @Option(
            names = "--account",
            paramLabel = "ID",
            converter = Converters.Id.class,
            description = "the account it signs for (default: the one that the file names)")
    private Optional<AccountId> account = Optional.empty();

    @Option(
            names = "--only-signer",
            description =
                    "the old key is the account's only signer: for a node that does not show them")
    private boolean onlySigner;

    private final Disk disk = new RealDisk();

    @Override
    public Integer call() throws IOException, CheckFailed {
        if (options.dryRun() || options.out().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "a rotation is sent at once; see `account signers`");
        }
        KeyFile old = KeyFile.read(file);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        if (Files.exists(beside) && KeyFile.read(beside).key().equals(old.key())) {
            disk.delete(beside);
            new Sending(spec, options).tellRotated(old);
            return Sending.DONE;
        }
        AccountId of = account.orElse(old.account());
        SignerSet signers = signers(of, old.key());
        KeyFile next =
                Files.exists(beside)
                        ? KeyFile.read(beside)
                        : create(beside, of, KeyKind.of(old.key()));
        Sending sending = new Sending(spec, options.signing(file));
        if (!names(signers, next.key())) {
            if (!names(signers, old.key())) {
                throw new CheckFailed(
                        file + ": its key is no signer of " + of + "; name another with --account");
            }
            Optional<Answer> answer = sending.perform(proposal(of, signers, old, next));
            if (!Sending.isDone(answer)) {
                sending.tellWaiting(file, beside);
                return Sending.REFUSED;
            }
        }
        replace(old, next, beside);
        sending.tellRotated(KeyFile.read(file));
        return Sending.DONE;
    }

    private SignerSet signers(AccountId of, SignerKey old) throws IOException, CheckFailed {
        try (LedgerClient client = options.node().connect(spec)) {
            options.node().status(client, Optional.empty());
            Optional<SignerSet> shown = client.findSigners(of);
            if (shown.isEmpty() && !onlySigner) {
                throw new CheckFailed(
                        of
                                + ": the node does not show who signs for this account; if it is"
                                + " this key alone, give --only-signer");
            }
            return shown.orElseGet(() -> SignerSet.single(old));
        }
    }

    private KeyFile create(Path beside, AccountId of, KeyKind kind) throws IOException {
        SecureRandom chance = new SecureRandom();
        return KeyFile.create(
                beside,
                SigningKey.fresh(kind, chance),
                of,
                bareness.passphrase(spec, options.passphrase(), beside),
                chance,
                disk);
    }

    private static Proposal proposal(AccountId of, SignerSet signers, KeyFile old, KeyFile next) {
        List<Signer> changed = new ArrayList<>();
        for (Signer signer : signers.signers()) {
            changed.add(
                    signer.key().equals(old.key())
                            ? new Signer(next.key(), signer.weight(), signer.relyingParty())
                            : signer);
        }
        changed.sort(Comparator.comparing(Signer::key));
        return Proposal.of(
                Optional.of(of),
                new AccountTransaction.SetSigners(of, new SignerSet(changed, signers.threshold())));
    }

    /// The old file is copied aside, the new one takes its place, and only then goes its double.
    private void replace(KeyFile old, KeyFile next, Path beside) throws IOException {
        String name = old.key().toString().substring(0, NAME_LENGTH);
        Path aside = file.resolveSibling(file.getFileName() + ".old-" + name);
        byte[] kept = old.toBytes();
        byte[] fresh = next.toBytes();
        disk.replacePrivate(aside, out -> out.write(kept));
        disk.replacePrivate(file, out -> out.write(fresh));
        disk.delete(beside);
    }

    private static boolean names(SignerSet signers, SignerKey key) {
        return signers.signers().stream().anyMatch(signer -> signer.key().equals(key));
    }
}
