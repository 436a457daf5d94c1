package mitoyen.node.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.node.input.JsonFailure;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The ledger's CBOR as JSON and back, without loss, for the curious.
///
/// A byte string is the text `0x` and its hexadecimal digits. A byte string that is CBOR itself may
/// be `{"$cbor": ...}`. A text that begins with `0x` or `'` has a `'` before it, a key that begins
/// with `$` another `$`. The rest is as in JSON; fractions and null there are none.
final class CborJson {
    private static final int DEPTH = 16;
    private static final int LONGEST_NUMBER = 20;

    /// How many bytes of JSON there are to a token of it at least, in something long. An empty
    /// object is two characters, and a hundred bytes once it is built; what a ledger takes, such as
    /// claims of an account and an amount, has twice as many and more.
    private static final int BYTES_PER_TOKEN = 12;

    /// How many tokens are taken in any case.
    private static final int FEW_TOKENS = 256;

    private static final String EMBEDDED = "$cbor";

    private final JsonMapper json;

    /// @param mostBytes the most that a text or the whole may have; how many tokens are taken
    ///   follows from it, and is checked before more of them are built
    CborJson(int mostBytes) {
        this.json =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(DEPTH)
                                                        .maxNumberLength(LONGEST_NUMBER)
                                                        .maxStringLength(mostBytes)
                                                        .maxDocumentLength(mostBytes)
                                                        .maxTokenCount(
                                                                FEW_TOKENS
                                                                        + mostBytes
                                                                                / BYTES_PER_TOKEN)
                                                        .build())
                                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                        .build())
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }

    /// The CBOR that a JSON text stands for.
    ///
    /// @throws MalformedJson if it stands for none
    byte[] toCbor(byte[] text) throws MalformedJson {
        JsonNode root;
        try {
            root = json.readTree(text);
        } catch (JacksonException malformed) {
            throw new MalformedJson(JsonFailure.describe(malformed));
        }
        return encode(root);
    }

    /// Any CBOR of ours as maps, lists, texts, whole numbers and truth values that JSON can say.
    ///
    /// @throws CborException if it is not of the ledger's form
    static Object toJson(byte[] cbor) throws CborException {
        CborReader reader = new CborReader(cbor, DEPTH);
        Object value = read(reader, cbor, false);
        reader.end();
        return value;
    }

    private static Object read(CborReader reader, byte[] cbor, boolean embedded)
            throws CborException {
        int first = reader.offset() < cbor.length ? cbor[reader.offset()] & 0xff : 0;
        return switch (first >>> 5) {
            case 2 -> bytes(reader.bytes(cbor.length), embedded);
            case 3 -> quoted(reader.text(cbor.length));
            case 4 -> {
                int items = reader.beginArray(cbor.length);
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < items; i++) {
                    list.add(read(reader, cbor, false));
                }
                reader.endArray();
                yield list;
            }
            case 5 -> {
                int entries = reader.beginMap();
                SequencedMap<String, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < entries; i++) {
                    String key = reader.nextKey();
                    map.put(
                            key.startsWith("$") ? "$" + key : key,
                            read(reader, cbor, key.equals("body")));
                }
                reader.endMap();
                yield map;
            }
            case 7 -> reader.bool();
            default -> reader.integer();
        };
    }

    private static Object bytes(ByteString bytes, boolean embedded) {
        if (embedded) {
            try {
                return Map.of(EMBEDDED, toJson(bytes.toBytes()));
            } catch (CborException opaque) {
                return "0x" + bytes;
            }
        }
        return "0x" + bytes;
    }

    private static String quoted(String text) {
        return text.startsWith("0x") || text.startsWith("'") ? "'" + text : text;
    }

    private static byte[] encode(JsonNode root) throws MalformedJson {
        CborWriter writer = new CborWriter();
        write(writer, root);
        return writer.toBytes();
    }

    private static void write(CborWriter writer, JsonNode node) throws MalformedJson {
        switch (node.getNodeType()) {
            case BOOLEAN -> writer.bool(node.booleanValue());
            case NUMBER -> {
                if (!node.canConvertToLong() || !node.isIntegralNumber()) {
                    throw new MalformedJson("a number that is not whole, or above 63 bits");
                }
                writer.integer(node.longValue());
            }
            case STRING -> write(writer, node.stringValue());
            case ARRAY -> {
                writer.array(node.size());
                for (JsonNode item : node) {
                    write(writer, item);
                }
            }
            case OBJECT -> writeObject(writer, node);
            case NULL, MISSING, BINARY, POJO ->
                    throw new MalformedJson("a value that the ledger has no form for");
        }
    }

    private static void write(CborWriter writer, String text) throws MalformedJson {
        if (text.startsWith("0x")) {
            try {
                writer.bytes(ByteString.of(HexFormat.of().parseHex(text.substring(2))));
            } catch (IllegalArgumentException noHex) {
                throw new MalformedJson("0x is not followed by pairs of hexadecimal digits");
            }
        } else {
            try {
                writer.text(text.startsWith("'") ? text.substring(1) : text);
            } catch (IllegalArgumentException halfPair) {
                throw new MalformedJson("a text with half of a surrogate pair");
            }
        }
    }

    private static void writeObject(CborWriter writer, JsonNode node) throws MalformedJson {
        if (node.size() == 1 && node.has(EMBEDDED)) {
            writer.bytes(ByteString.of(encode(node.path(EMBEDDED))));
            return;
        }
        TreeMap<ByteString, Map.Entry<String, JsonNode>> entries =
                new TreeMap<>(Comparator.naturalOrder());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = unescaped(entry.getKey());
            try {
                entries.put(
                        ByteString.of(new CborWriter().text(key).toBytes()),
                        Map.entry(key, entry.getValue()));
            } catch (IllegalArgumentException halfPair) {
                throw new MalformedJson("a key with half of a surrogate pair");
            }
        }
        writer.map(entries.size());
        for (Map.Entry<String, JsonNode> entry : entries.values()) {
            write(writer.key(entry.getKey()), entry.getValue());
        }
    }

    private static String unescaped(String key) throws MalformedJson {
        if (!key.startsWith("$")) {
            return key;
        }
        if (!key.startsWith("$$")) {
            throw new MalformedJson("a key that begins with one $: " + EMBEDDED + " stands alone");
        }
        return key.substring(1);
    }

    /// A JSON text that stands for no CBOR.
    static final class MalformedJson extends Exception {
        private static final long serialVersionUID = 1;

        /// @param what what is wrong, without what was sent
        MalformedJson(String what) {
            super(what);
        }
    }
}
