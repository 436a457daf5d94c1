package mitoyen.node.settlers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.wire.DayKind;
import mitoyen.ledger.wire.DayLeaf;
import mitoyen.node.books.SettledDay;
import mitoyen.node.keys.MemberKeys;
import mitoyen.node.settlement.DayTrees;
import mitoyen.node.settlement.SettlersDesk;
import mitoyen.node.vault.SealedLeaf;

/// Finds where a day differs from what another settler came to: which leaf, for the ledger; and,
/// for this settler's own eyes, which meter and which values, in a file of its own folder that only
/// its owner reads.
final class Comparison {
    private static final Logger LOG = Logger.getLogger(Comparison.class.getName());

    /// The folder of these files, in that of the community.
    static final String FOLDER = "differences";

    private final SettlersDesk desk;
    private final Colleagues colleagues;

    Comparison(SettlersDesk desk, Colleagues colleagues) {
        this.desk = desk;
        this.colleagues = colleagues;
    }

    /// The index of the first leaf that differs, if whoever has the other leaves shows them.
    ///
    /// @param question for the other's leaves
    /// @param root of this settler's own; nothing is found once he keeps other readings
    /// @param other whose they are
    OptionalInt findFirst(LeafQuestion question, Digest root, AccountId other)
            throws IOException, InterruptedException {
        Optional<Colleagues.Leaves> theirs = colleagues.findLeaves(question);
        Optional<DayTrees> trees =
                desk.at((_, vault) -> vault.findTrees(question.day()))
                        .filter(own -> LeafAnswers.tree(own, question.kind()).root().equals(root));
        if (theirs.isEmpty() || trees.isEmpty()) {
            return OptionalInt.empty();
        }
        List<DayLeaf> ours = LeafAnswers.tree(trees.get(), question.kind()).leaves();
        int index = firstDifference(ours, theirs.get().hashes());
        if (index < ours.size() && index < theirs.get().hashes().size()) {
            try {
                show(trees.get().day(), ours.get(index), index, theirs.get(), other);
            } catch (IOException unreadable) {
                LOG.log(
                        Level.WARNING,
                        "what differs could not be shown: {0}",
                        unreadable.getClass());
            }
        }
        return OptionalInt.of(index);
    }

    private static int firstDifference(List<DayLeaf> ours, List<Digest> theirs) {
        int both = Math.min(ours.size(), theirs.size());
        int at = 0;
        while (at < both && ours.get(at).hash().equals(theirs.get(at))) {
            at++;
        }
        return at;
    }

    /// Writes down what differs. The log names the file and nothing of what is in it.
    private void show(
            SettledDay day, DayLeaf ours, int index, Colleagues.Leaves theirs, AccountId other)
            throws IOException, InterruptedException {
        Optional<ByteString> sealed = colleagues.findSealed(theirs, index);
        if (sealed.isEmpty()) {
            return;
        }
        LeafQuestion question = theirs.question();
        String member = day.terms().members().get(ours.member()).id();
        MemberKeys keys = desk.keys().getMember(member);
        byte[] content;
        try {
            content =
                    SealedLeaf.open(
                            keys.salt(),
                            question.day(),
                            question.kind().toString(),
                            sealed.get().toBytes());
        } catch (IOException foreign) {
            LOG.log(Level.INFO, "the leaf that {0} shows does not open", other);
            return;
        }
        DayKind kind = DayKind.valueOf(question.kind().name());
        DayLeaf shown =
                new DayLeaf(
                        ours.member(),
                        DayLeaf.salt(keys.salt().toBytes(), kind, question.day()),
                        ByteString.of(content));
        if (!shown.hash().equals(theirs.hashes().get(index))) {
            LOG.log(Level.INFO, "the leaf that {0} shows is not that of the ledger", other);
            return;
        }
        write(question, other, lines(day, ours, shown));
    }

    private void write(LeafQuestion question, AccountId other, List<String> lines)
            throws IOException {
        String text = String.join("\n", lines) + "\n";
        Path folder = desk.folder().resolve(FOLDER);
        Path file =
                folder.resolve("%s-%s-%s.csv".formatted(question.day(), question.kind(), other));
        desk.disk().createDirectories(folder);
        desk.disk().replacePrivate(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        LOG.log(Level.WARNING, "what differs is in {0}", file);
    }

    private static List<String> lines(SettledDay day, DayLeaf ours, DayLeaf theirs)
            throws IOException {
        List<String> meters =
                day.roster().places().stream()
                        .filter(place -> place.member() == ours.member())
                        .map(place -> place.meter())
                        .toList();
        List<String> lines = new ArrayList<>(List.of("meter,start,quantity,here_kwh,there_kwh"));
        for (LeafValues.Difference each : compare(ours, theirs)) {
            lines.add(
                    "%s,%s,%s,%s,%s"
                            .formatted(
                                    each.meter() < meters.size() ? meters.get(each.meter()) : "",
                                    Instant.ofEpochMilli(day.startMillis(each.interval())),
                                    each.quantity(),
                                    kWh(each.here()),
                                    kWh(each.there())));
        }
        return lines;
    }

    private static List<LeafValues.Difference> compare(DayLeaf ours, DayLeaf theirs)
            throws IOException {
        try {
            return LeafValues.compare(
                    LeafValues.decode(ours.content()), LeafValues.decode(theirs.content()));
        } catch (CborException malformed) {
            throw new IOException("what another settler came to is no leaf", malformed);
        }
    }

    private static String kWh(OptionalLong value) {
        return value.isPresent() ? new Energy(value.getAsLong()).toString() : "";
    }
}
