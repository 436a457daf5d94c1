package mitoyen.ledger.machine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.StoredBytes;
import mitoyen.ledger.proof.StoredSink;

/// What a stored state ends with (LE-195): where its trees lie, and what is not in them.
///
/// @param rows in the order of the trees
/// @param totals of each asset that ever moved, which follow from all accounts
/// @param activations what was activated
record StoredDirectory(
        List<Row> rows, SortedMap<Asset, Accounts.Totals> totals, Activations activations) {
    private static final int DEPTH = 3;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ACTIVATIONS = 1 << 20;

    /// The most trees: one a part, and one for each window of ids, of which two or three are open.
    private static final int MOST_ROWS = 1 << 12;

    /// The most assets: as many as fit, with what is made of them, into the memory that a node has.
    static final int MOST_ASSETS = 1 << 20;

    /// The longest directory [bytes]: the most trees and assets and the longest activations.
    private static final int LONGEST = 1 << 26;

    StoredDirectory {
        rows = List.copyOf(rows);
        totals = Collections.unmodifiableSortedMap(new TreeMap<>(totals));
    }

    /// A tree.
    ///
    /// @param window of the ids that it holds; 0 for another part
    /// @param size how many entries it has, above 0
    /// @param from its first byte
    /// @param length how many bytes it takes, above 0
    record Row(StatePart part, long window, int size, long from, long length, Digest root) {}

    /// The tree of a part that has one at most.
    Optional<Row> find(StatePart part) {
        return rows.stream().filter(row -> row.part() == part).findFirst();
    }

    /// All trees of a part.
    List<Row> list(StatePart part) {
        return rows.stream().filter(row -> row.part() == part).toList();
    }

    /// The root of the state whose trees have these roots, without a look at one of them.
    Digest root() {
        Map<StatePart, Digest> roots = new EnumMap<>(StatePart.class);
        SortedMap<Long, Digest> windows = new TreeMap<>();
        for (Row row : rows) {
            if (row.part() == StatePart.IDS) {
                windows.put(row.window(), row.root());
            } else {
                roots.put(row.part(), row.root());
            }
        }
        roots.put(StatePart.IDS, Traffic.idsRoot(windows));
        activations.digest().ifPresent(hash -> roots.put(StatePart.ACTIVATION, hash));
        return StateRoot.of(roots);
    }

    /// The directory at the end of some bytes, which may be a stranger's: so nothing is read, and
    /// nothing made of it, that is more than the longest.
    ///
    /// @param beginning where the first tree lies
    /// @throws CborException if there is none, or it does not fit what is before it
    static StoredDirectory read(StoredBytes bytes, int beginning) throws CborException {
        long room = bytes.length() - beginning - Integer.BYTES;
        require(room >= 0, "too short for a state");
        byte[] end = bytes.read(bytes.length() - Integer.BYTES, Integer.BYTES);
        int length = ByteBuffer.wrap(end).getInt();
        require(
                length > 0 && length <= Math.min(room, LONGEST),
                "a directory of " + length + " bytes");
        long from = bytes.length() - Integer.BYTES - length;
        CborReader reader = new CborReader(bytes.read(from, length), DEPTH);
        reader.beginArray(3);
        List<Row> rows = readRows(reader, beginning);
        require(rows.isEmpty() ? from == beginning : end(rows.getLast()) == from, "a gap");
        SortedMap<Asset, Accounts.Totals> totals = readTotals(reader);
        Activations activations = readActivations(reader);
        reader.endArray();
        reader.end();
        return new StoredDirectory(rows, totals, activations);
    }

    private static List<Row> readRows(CborReader reader, int beginning) throws CborException {
        List<Row> rows = new ArrayList<>();
        int count = reader.beginArray(MOST_ROWS);
        long from = beginning;
        for (int i = 0; i < count; i++) {
            reader.beginArray(5);
            StatePart part =
                    StatePart.find(reader.text(LONGEST_NAME))
                            .orElseThrow(() -> new CborException(0, "an unknown part"));
            long window = reader.integer();
            int size = (int) reader.unsigned(Integer.MAX_VALUE);
            long length = reader.unsigned(Long.MAX_VALUE - from);
            Digest root = new Digest(reader.fixedBytes(Digest.LENGTH));
            reader.endArray();
            Row row = new Row(part, window, size, from, length, root);
            require(size > 0 && size <= length, "more entries than bytes, or none");
            require(part != StatePart.ACTIVATION, "a tree of activations");
            require(part == StatePart.IDS || window == 0, "a window of no ids");
            require(rows.isEmpty() || isAbove(row, rows.getLast()), "parts out of order");
            rows.add(row);
            from += length;
        }
        reader.endArray();
        return rows;
    }

    private static boolean isAbove(Row row, Row before) {
        int order = row.part().compareTo(before.part());
        return order > 0 || (order == 0 && row.window() > before.window());
    }

    private static long end(Row row) {
        return row.from() + row.length();
    }

    private static SortedMap<Asset, Accounts.Totals> readTotals(CborReader reader)
            throws CborException {
        SortedMap<Asset, Accounts.Totals> totals = new TreeMap<>();
        int count = reader.beginArray(MOST_ASSETS);
        for (int i = 0; i < count; i++) {
            reader.beginArray(5);
            Asset asset = Fields.asset(reader);
            require(
                    totals.isEmpty() || asset.compareTo(totals.lastKey()) > 0,
                    "assets out of order");
            totals.put(
                    asset,
                    new Accounts.Totals(
                            Fields.total(reader),
                            Fields.total(reader),
                            Fields.total(reader),
                            Fields.total(reader)));
            reader.endArray();
        }
        reader.endArray();
        return totals;
    }

    /// Nothing, or the bytes of all of them.
    private static Activations readActivations(CborReader reader) throws CborException {
        Activations activations = Activations.NONE;
        if (reader.beginArray(1) == 1) {
            activations = Activations.fromBytes(reader.bytes(LONGEST_ACTIVATIONS).toBytes());
            require(!activations.all().isEmpty(), "no activation");
        }
        reader.endArray();
        return activations;
    }

    private static void require(boolean holds, String otherwise) throws CborException {
        if (!holds) {
            throw new CborException(0, otherwise);
        }
    }

    /// Writes trees, then the directory of what it wrote.
    static final class Writer {
        private final StoredSink sink;
        private final List<Row> rows = new ArrayList<>();

        Writer(StoredSink sink) {
            this.sink = sink;
        }

        void store(StatePart part, MerkleMap<?> entries) {
            store(part, 0, entries);
        }

        void store(StatePart part, long window, MerkleMap<?> entries) {
            if (entries.size() > 0) {
                long from = rows.isEmpty() ? 0 : end(rows.getLast());
                long length = entries.store(sink);
                rows.add(new Row(part, window, entries.size(), from, length, entries.root()));
            }
        }

        void finish(SortedMap<Asset, Accounts.Totals> totals, Activations activations) {
            CborWriter writer = new CborWriter().array(3).array(rows.size());
            for (Row row : rows) {
                writer.array(5).text(row.part().toString()).integer(row.window());
                writer.integer(row.size()).integer(row.length()).bytes(row.root().bytes());
            }
            writer.array(totals.size());
            for (Map.Entry<Asset, Accounts.Totals> each : totals.entrySet()) {
                Accounts.Totals total = each.getValue();
                writer.array(5).text(each.getKey().code());
                writer.integer(total.debits().units()).integer(total.credits().units());
                writer.integer(total.debitsPending().units());
                writer.integer(total.creditsPending().units());
            }
            writer.array(activations.all().isEmpty() ? 0 : 1);
            if (!activations.all().isEmpty()) {
                writer.bytes(ByteString.of(activations.toBytes()));
            }
            byte[] directory = writer.toBytes();
            sink.write(directory);
            sink.write(ByteBuffer.allocate(Integer.BYTES).putInt(directory.length).array());
        }
    }
}
