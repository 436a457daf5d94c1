package mitoyen.node.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a transaction is signed and sent.
final class SendOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "a key file that signs; several sign together")
    private List<Path> keys = List.of();

    @Option(
            names = "--sender",
            paramLabel = "ID",
            converter = Converters.Id.class,
            description = "the account in whose name it is sent")
    private Optional<AccountId> sender = Optional.empty();

    @Option(
            names = "--lane",
            paramLabel = "N",
            converter = Converters.Lane.class,
            description = "the sender's lane (default: 0); one that waits for others takes its own")
    private Optional<Integer> lane = Optional.empty();

    @Option(
            names = "--valid-for",
            paramLabel = "SPAN",
            converter = Converters.Span.class,
            defaultValue = "PT1H",
            description = "how long it may be executed (default: ${DEFAULT-VALUE})")
    private Duration validFor = Duration.ofHours(1);

    @Option(
            names = "--dry-run",
            description = "shows what would be signed; signs and sends nothing")
    private boolean dryRun;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "signs and writes it to a file, for other signers, instead of sending it")
    private Optional<Path> out = Optional.empty();

    @Mixin private KeyOptions passphrase = new KeyOptions();
    @Mixin private NodeOptions node = new NodeOptions();

    List<Path> keys() {
        return keys;
    }

    /// The same, signed by one key more, which comes first.
    SendOptions signing(Path key) {
        keys = Stream.concat(Stream.of(key), keys.stream()).toList();
        return this;
    }

    Optional<AccountId> sender() {
        return sender;
    }

    OptionalInt lane() {
        return lane.isPresent() ? OptionalInt.of(lane.get()) : OptionalInt.empty();
    }

    Duration validFor() {
        return validFor;
    }

    boolean dryRun() {
        return dryRun;
    }

    Optional<Path> out() {
        return out;
    }

    KeyOptions passphrase() {
        return passphrase;
    }

    NodeOptions node() {
        return node;
    }
}
