package mitoyen.simulator.audit;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.Objection;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.proof.Digest;

/// What one settler proposes, a day's settlement or a month's claims, and what settlers say of it.
///
/// @param proposer the settler's account
/// @param asked what he proposes
/// @param name by which settlers name it (LE-181)
/// @param dueMillis when claims have waited long enough [ms since 1970]; 0 of a settlement
/// @param held whether claims waited so long, and were not made
/// @param words by settler
public record Matter<T>(
        AccountId proposer,
        T asked,
        Digest name,
        long dueMillis,
        boolean held,
        SortedMap<AccountId, Word> words) {
    public Matter {
        words = Collections.unmodifiableSortedMap(new TreeMap<>(words));
    }

    static <T> Matter<T> of(AccountId proposer, T asked, Digest name, long dueMillis) {
        return new Matter<>(proposer, asked, name, dueMillis, false, new TreeMap<>());
    }

    /// What holds of all that a settler said.
    ///
    /// @param readings whether he attests the readings' root
    /// @param whole whether he attests the allocations' root and with it all, or the claims
    /// @param other what else he came to
    public record Word(boolean readings, boolean whole, Optional<Objection> other) {
        private static final Word NONE = new Word(false, false, Optional.empty());

        /// Whether he attests a root.
        public boolean attests(SettledRoot kind) {
            return switch (kind) {
                case READINGS -> readings;
                case ALLOCATIONS -> whole;
            };
        }

        Word attesting(SettledRoot kind) {
            return switch (kind) {
                case READINGS -> new Word(true, whole, other.filter(each -> !isAbout(each, kind)));
                case ALLOCATIONS -> new Word(readings, true, Optional.empty());
            };
        }

        Word objecting(Objection objection) {
            boolean ofReadings = isAbout(objection, SettledRoot.READINGS);
            return new Word(readings && !ofReadings, false, Optional.of(objection));
        }

        private static boolean isAbout(Objection objection, SettledRoot kind) {
            return objection.kind().equals(Optional.of(kind));
        }
    }

    /// What a settler says.
    public Word word(AccountId settler) {
        return words.getOrDefault(settler, Word.NONE);
    }

    /// Who attests a root, or with the allocations' the whole.
    public List<AccountId> attesting(SettledRoot kind) {
        return words.entrySet().stream()
                .filter(entry -> entry.getValue().attests(kind))
                .map(entry -> entry.getKey())
                .toList();
    }

    /// What those say who came to something else.
    public List<Objection> objections() {
        return words.values().stream().flatMap(word -> word.other.stream()).toList();
    }

    Matter<T> with(AccountId settler, Word word) {
        SortedMap<AccountId, Word> changed = new TreeMap<>(words);
        changed.put(settler, word);
        return new Matter<>(proposer, asked, name, dueMillis, held, changed);
    }

    Matter<T> hold() {
        return new Matter<>(proposer, asked, name, dueMillis, true, words);
    }
}
