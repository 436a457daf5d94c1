package mitoyen.node.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateDifference;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleLog;
import mitoyen.node.snapshot.StateAfter;

/// Two nodes' ledgers held against each other (`CE-18`): the first block in which they differ, and
/// of the states after it the first key. Of the folders nothing is changed, and of what both have
/// in common no more is read than the blocks' own bytes.
public final class Comparison {
    private final ComparedFolder one;

    private Comparison(ComparedFolder one) {
        this.one = one;
    }

    /// That two ledgers are one as far as both go.
    ///
    /// @param same the height of the last block that both have
    /// @param height that of the first ledger
    /// @param otherHeight that of the other, or of the state that it was held against
    /// @param root over the blocks that both have
    public record Result(long same, long height, long otherHeight, Digest root) {
        /// The line that `verify --against` prints.
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "OK same=%d blocks=%d other=%d root=%s",
                    same,
                    height,
                    otherHeight,
                    root);
        }
    }

    /// Compares a folder with another, or with the state after a block in a file.
    ///
    /// @throws DoesNotHold naming the first block, and the first key, that differs
    /// @throws IOException if what is there cannot be read
    public static Result run(Path folder, Path other) throws IOException {
        try (ComparedFolder one = ComparedFolder.open(folder)) {
            Comparison comparison = new Comparison(one);
            if (Files.isDirectory(other)) {
                try (ComparedFolder second = ComparedFolder.open(other)) {
                    return comparison.withFolder(second);
                }
            }
            return comparison.withState(other, StateAfter.open(other));
        }
    }

    private Result withFolder(ComparedFolder other) throws IOException {
        requireSameLedger(other.genesisHash(), other.folder());
        MerkleLog log = new MerkleLog();
        Optional<BlockHeader> mine = one.findNext();
        Optional<BlockHeader> theirs = other.findNext();
        while (mine.isPresent() && mine.equals(theirs)) {
            log.append(BlockProof.leafHash(mine.get().encode()));
            mine = one.findNext();
            theirs = other.findNext();
        }
        if (mine.isPresent() && theirs.isPresent()) {
            long height = mine.get().height();
            Optional<State> before = one.findStateAfter(height - 1);
            if (before.isEmpty()) {
                before = other.findStateAfter(height - 1);
            }
            throw differs(
                    one.outcome(mine.get(), before),
                    other.outcome(theirs.get(), before),
                    other.folder());
        }
        return new Result(log.size(), one.countOn(), other.countOn(), log.root());
    }

    private Result withState(Path file, StateAfter other) throws IOException {
        requireSameLedger(other.genesisHash(), file);
        BlockHeader theirs = other.block();
        MerkleLog log = new MerkleLog();
        Optional<BlockHeader> mine = one.findNext();
        while (mine.isPresent()) {
            log.append(BlockProof.leafHash(mine.get().encode()));
            if (log.size() == theirs.height()) {
                break;
            }
            mine = one.findNext();
        }
        if (mine.isEmpty()) {
            throw new DoesNotHold(
                    "%s: ends at block %d, and %s is of block %d"
                            .formatted(one.folder(), log.size(), file, theirs.height()));
        }
        if (mine.get().equals(theirs)) {
            return new Result(theirs.height(), one.countOn(), theirs.height(), log.root());
        }
        if (!mine.get().previousHash().equals(theirs.previousHash())) {
            throw new DoesNotHold(
                    "a block below %d differs already; compare with the folder that %s is from"
                            .formatted(theirs.height(), file));
        }
        throw differs(
                one.outcome(mine.get(), one.findStateAfter(theirs.height() - 1)),
                new Outcome(theirs, Optional.empty(), Optional.of(other.state())),
                file);
    }

    private void requireSameLedger(Hash genesisHash, Path other) throws DoesNotHold {
        if (!one.genesisHash().equals(genesisHash)) {
            throw new DoesNotHold(
                    "%s and %s are of two ledgers: each has a genesis of its own"
                            .formatted(one.folder(), other));
        }
    }

    private DoesNotHold differs(Outcome mine, Outcome theirs, Path other) {
        BlockHeader own = mine.header();
        BlockHeader foreign = theirs.header();
        List<String> words = new ArrayList<>();
        words.add(
                "block %d is the first that differs: %s"
                        .formatted(own.height(), whatDiffers(own, foreign)));
        if (own.bundlesHash().equals(foreign.bundlesHash())
                && own.timeMillis() == foreign.timeMillis()) {
            words.add(whoIsRight(mine, theirs, other));
        }
        if (!own.appHash().equals(foreign.appHash())) {
            words.add(firstKey(mine, theirs, other));
        }
        return new DoesNotHold(String.join("; ", words));
    }

    private static String whatDiffers(BlockHeader own, BlockHeader foreign) {
        List<String> parts = new ArrayList<>();
        if (own.timeMillis() != foreign.timeMillis()) {
            parts.add("its time");
        }
        if (!own.bundlesHash().equals(foreign.bundlesHash())) {
            parts.add("its transactions");
        }
        if (!own.appHash().equals(foreign.appHash())) {
            parts.add("the state after it");
        }
        if (!own.resultsHash().equals(foreign.resultsHash())) {
            parts.add("its receipts");
        }
        return String.join(", ", parts);
    }

    /// Which of the two this program agrees with.
    private String whoIsRight(Outcome mine, Outcome theirs, Path other) {
        Optional<Executed> executed = mine.executed().or(theirs::executed);
        if (executed.isEmpty()) {
            return "it could not be executed again, since the blocks below it were pruned, or are"
                    + " not what this program makes of them";
        }
        if (executed.get().gives(mine.header())) {
            return "executed again, it gives what " + one.folder() + " says";
        }
        return executed.get().gives(theirs.header())
                ? "executed again, it gives what " + other + " says"
                : "executed again, it gives what neither says";
    }

    private String firstKey(Outcome mine, Outcome theirs, Path other) {
        Optional<State> own = mine.findState();
        Optional<State> foreign = theirs.findState();
        if (own.isEmpty() || foreign.isEmpty()) {
            return "the state that %s had after it is not there"
                    .formatted(own.isEmpty() ? one.folder() : other);
        }
        StateDifference found =
                StateDifference.find(own.get(), foreign.get())
                        .orElseThrow(
                                () -> new IllegalStateException("two roots of the same entries"));
        return "the first key that differs is %s %s: %s in %s, %s in %s"
                .formatted(
                        found.part(),
                        found.key(),
                        value(found.first()),
                        one.folder(),
                        value(found.second()),
                        other);
    }

    private static String value(Optional<Digest> hash) {
        return hash.map(found -> "SHA-256 " + found).orElse("nothing");
    }
}
