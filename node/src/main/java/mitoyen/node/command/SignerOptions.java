package mitoyen.node.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerSet;
import picocli.CommandLine.Option;

/// Who is to sign for an account.
final class SignerOptions {
    @Option(
            names = "--signer",
            required = true,
            paramLabel = "KEY[:WEIGHT]",
            converter = Converters.KeyAndWeight.class,
            description = "a public key that signs, and its weight (default: 1)")
    private List<Signer> signers = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "N",
            description = "the weight that must sign together (default: all of it)")
    private Optional<Integer> threshold = Optional.empty();

    /// The set, by rising key as the ledger wants it.
    SignerSet set() {
        int all = signers.stream().mapToInt(Signer::weight).sum();
        return new SignerSet(
                signers.stream().sorted(Comparator.comparing(Signer::key)).toList(),
                threshold.orElse(all));
    }

    /// The only key, if there is one.
    Optional<Signer> single() {
        return signers.size() == 1 ? Optional.of(signers.getFirst()) : Optional.empty();
    }
}
