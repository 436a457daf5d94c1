package mitoyen.simulator.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Committed;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Published;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// By what settlers name what is proposed (LE-181): the hash of its encoding, which is written here
/// as RFC 8949 and `ledger.cddl` say and not by the ledger.
final class Naming {
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final byte[] FALSE = {(byte) 0xf4};
    private static final byte[] TRUE = {(byte) 0xf5};

    /// LE-3.
    private static final Comparator<String> SHORT_FIRST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private Naming() {}

    static Digest of(SettleDay settlement) {
        SortedMap<String, byte[]> fields = new TreeMap<>(SHORT_FIRST);
        fields.put("community", text(settlement.community()));
        fields.put("day", text(settlement.day().toString()));
        fields.put("start", number(settlement.startMillis()));
        fields.put("end", number(settlement.endMillis()));
        fields.put("intervals", number(settlement.intervals()));
        settlement
                .supersedes()
                .ifPresent(replaced -> fields.put("supersedes", bytes(replaced.bytes())));
        fields.put("readings", bytes(settlement.readings().bytes()));
        fields.put("allocations", bytes(settlement.allocations().bytes()));
        fields.put("terms", bytes(settlement.terms().bytes()));
        fields.put("totals", totals(settlement.totals()));
        return Sha256.of(map(fields));
    }

    static Digest of(ClaimMonth claim) {
        SortedMap<String, byte[]> fields = new TreeMap<>(SHORT_FIRST);
        fields.put("community", text(claim.community()));
        fields.put("month", text(claim.month()));
        fields.put("number", number(claim.number()));
        fields.put("through", number(claim.through()));
        fields.put("claims", array(claim.claims().stream().map(Naming::claim).toList()));
        return Sha256.of(map(fields));
    }

    private static byte[] claim(Claim claim) {
        return array(List.of(bytes(claim.account().bytes()), number(claim.amount().micros())));
    }

    private static byte[] totals(Totals totals) {
        SortedMap<String, byte[]> fields = new TreeMap<>(SHORT_FIRST);
        switch (totals) {
            case Committed(Digest commitment) -> fields.put("committed", bytes(commitment.bytes()));
            case Published sums -> {
                SortedMap<String, byte[]> said = new TreeMap<>(SHORT_FIRST);
                said.put("meters", number(sums.meters()));
                said.put("consumption", number(sums.consumption().mWh()));
                said.put("production", number(sums.production().mWh()));
                said.put("allocated", number(sums.allocated().mWh()));
                said.put("sold", number(sums.sold().mWh()));
                said.put("agreed", sums.agreed() ? TRUE : FALSE);
                fields.put("published", map(said));
            }
        }
        return map(fields);
    }

    private static byte[] map(SortedMap<String, byte[]> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(MAP, fields.size()));
        fields.forEach((name, value) -> {
            out.writeBytes(text(name));
            out.writeBytes(value);
        });
        return out.toByteArray();
    }

    private static byte[] array(List<byte[]> items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(ARRAY, items.size()));
        items.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return string(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(ByteString bytes) {
        return string(BYTES, bytes.toBytes());
    }

    private static byte[] string(int type, byte[] content) {
        byte[] head = head(type, content.length);
        return ByteBuffer.allocate(head.length + content.length).put(head).put(content).array();
    }

    private static byte[] number(long number) {
        return number < 0 ? head(NEGATIVE, -1 - number) : head(0, number);
    }

    /// What kind of item follows, and how long or large it is, in the shortest form.
    private static byte[] head(int type, long size) {
        int first = type << 5;
        if (size < 24) {
            return new byte[] {(byte) (first | size)};
        }
        if (size < 1L << 8) {
            return new byte[] {(byte) (first | 24), (byte) size};
        }
        if (size < 1L << 16) {
            return ByteBuffer.allocate(3).put((byte) (first | 25)).putShort((short) size).array();
        }
        return size < 1L << 32
                ? ByteBuffer.allocate(5).put((byte) (first | 26)).putInt((int) size).array()
                : ByteBuffer.allocate(9).put((byte) (first | 27)).putLong(size).array();
    }
}
