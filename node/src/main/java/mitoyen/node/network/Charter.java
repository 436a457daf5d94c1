package mitoyen.node.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.node.cometbft.CometGenesis;
import mitoyen.node.founding.Founding;

/// What founders agree on beside what each sends: from both follows one genesis, byte for byte, on
/// whichever of their machines and in whichever order the files are named.
///
/// @param name what the ledger is called, at most 64 bytes of UTF-8
/// @param currency of claims between members, three capital letters
/// @param opener the name of the founder whose key of the council founds the ledger: it opens
///   accounts and creates assets
/// @param threshold how many of the founders sign for the council; empty for more than two thirds
public record Charter(String name, String currency, String opener, OptionalInt threshold) {
    /// The power of each founder's vote.
    public static final long POWER = 10;

    private static final int LONGEST_NAME = 64;
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    /// The genesis of a network of these founders, each with one vote and one key of the council.
    /// It begins when the last of them prepared himself.
    ///
    /// @param founders what they sent
    /// @param now a founder who is ahead of it by more than an hour would keep all others waiting
    /// @throws IOException if they cannot found one together: the message says why, in a line
    public CometGenesis found(Founders founders, Instant now) throws IOException {
        check();
        for (Founder each : founders.list()) {
            if (each.made().isAfter(now.plus(CLOCKS_DIFFER))) {
                throw new IOException(
                        founders.file(each)
                                + ":7: made in the future; set that machine's clock and prepare"
                                + " again");
            }
        }
        int count = founders.list().size();
        Founder first = opener(founders);
        int sign = threshold.orElse(count * 2 / 3 + 1);
        if (sign < 1 || sign > count) {
            throw new IOException(
                    "of %d founders %d cannot sign; give --threshold 1 to %d"
                            .formatted(count, sign, count));
        }
        return new CometGenesis(
                new Genesis(
                                name,
                                first.council(),
                                Genesis.NEWEST_VERSION,
                                Parameters.STANDARD,
                                List.of(Founding.claims(currency, first.council())))
                        .sharedBy(
                                new GovernanceTerms(
                                        new SignerSet(council(founders), sign),
                                        validators(founders))),
                founders.list().stream()
                        .map(Founder::made)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private void check() throws IOException {
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IOException("a ledger's name has 1 to 64 bytes, not: \"" + name + "\"");
        }
        if (!Asset.isCurrency(currency)) {
            throw new IOException(currency + " is no currency; write it like EUR");
        }
    }

    private Founder opener(Founders founders) throws IOException {
        Founder found =
                founders.list().stream()
                        .filter(each -> each.name().equals(opener))
                        .findFirst()
                        .orElseThrow(() ->
                                new IOException(
                                        "none of the founders is called "
                                                + opener
                                                + "; name one of "
                                                + founders.list().stream()
                                                        .map(Founder::name)
                                                        .toList()));
        if (found.council().isP256()) {
            throw new IOException(
                    opener + " has a key of P-256, and a founder's is of Ed25519; name another");
        }
        return found;
    }

    private static List<Signer> council(Founders founders) {
        return founders.list().stream()
                .map(each -> Signer.plain(each.council(), 1))
                .sorted(Comparator.comparing(Signer::key))
                .toList();
    }

    private static List<Validator> validators(Founders founders) {
        return founders.list().stream()
                .map(each -> new Validator(each.validator(), POWER, each.name()))
                .sorted(Comparator.comparing(Validator::key))
                .toList();
    }
}
