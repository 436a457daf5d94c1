package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CborJsonTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String[] TEXTS = {"", "a", "0x", "0x00", "'", "'0x", "$", "$cbor", "é"};

    private final CborJson json = new CborJson(1 << 16);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0            | 00",
                "-1           | 20",
                "true         | f5",
                "\"a\"        | 6161",
                "\"0x6161\"   | 426161",
                "\"'0x61\"    | 6430783631",
                "\"''\"       | 6127",
                "[1,[]]       | 820180",
                "{\"bb\":1,\"a\":2} | a261610262626201",
                "{\"$cbor\":{}}     | 41a0",
                "{\"$$cbor\":0}     | a1652463626f7200",
                "9223372036854775807 | 1b7fffffffffffffff",
            })
    void aJsonTextStandsForOneCbor(String text, String hex) throws Exception {
        assertThat(ByteString.of(json.toCbor(bytes(text)))).hasToString(hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nul",
                "null",
                "1.0",
                "1e3",
                "9223372036854775808",
                "\"0x0\"",
                "\"0xgg\"",
                "{\"a\":1,\"a\":1}",
                "{\"$x\":1}",
                "{\"$cbor\":1,\"b\":2}",
                "1 2",
                "\"\\ud800\"",
                "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]"
            })
    void whatStandsForNoCborIsRefused(String text) {
        assertThatThrownBy(() -> json.toCbor(bytes(text)))
                .isInstanceOf(CborJson.MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nul",
                "{\"a\":",
                "{\"a\":1,\"a\":1}",
                "1 2",
                "'",
                "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]"
            })
    void whyIsToldWithoutTheWordsOfTheLibrary(String text) {
        assertThatThrownBy(() -> json.toCbor(bytes(text)))
                .message()
                .matches(
                        "not JSON that can be read on at line 1, column [0-9]+: .*"
                                + "|more than is taken: it is nested too deep, .*")
                .doesNotContain("Json", "Token", "Stream", "Unexpected", "Source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "0", "[{}]", "{\"\":0}", "{\"$cbor\":0}"})
    void manySmallThingsAreRefusedBeforeTheyAreBuilt(String small) {
        String many = "[" + (small + ",").repeat((1 << 16) / (small.length() + 1) - 2) + "0]";
        assertThat(many.length()).isLessThanOrEqualTo(1 << 16);
        assertThatThrownBy(() -> json.toCbor(bytes(many)))
                .isInstanceOf(CborJson.MalformedJson.class)
                .hasMessageStartingWith("more than is taken: ");
    }

    /// Claims are the densest that a ledger takes a lot of (LE-52).
    @Test
    void asManyClaimsAsATransactionHasRoomForAreTaken() throws Exception {
        int third = (1 << 16) / 3;
        int claims = third / 24;
        CborWriter writer = new CborWriter().array(claims);
        for (int i = 0; i < claims; i++) {
            writer.array(2).bytes(ByteString.of(new byte[20])).integer(i % 24);
        }
        byte[] cbor = writer.toBytes();
        assertThat(cbor.length).isBetween(third - 1_000, third);
        assertThat(json.toCbor(JSON.writeValueAsBytes(CborJson.toJson(cbor)))).isEqualTo(cbor);
    }

    @Test
    void whateverTheLedgerCanSayComesBackToTheByte() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            CborWriter writer = new CborWriter();
            write(writer, random, 4);
            byte[] cbor = writer.toBytes();
            byte[] shown = JSON.writeValueAsBytes(CborJson.toJson(cbor));

            assertThat(json.toCbor(shown)).as("seed %d", seed).isEqualTo(cbor);
        }
    }

    private static void write(CborWriter writer, Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> writer.integer(random.nextLong() >> random.nextInt(64));
            case 1 -> writer.bool(random.nextBoolean());
            case 2 -> writer.text(TEXTS[random.nextInt(TEXTS.length)]);
            case 3 -> writer.bytes(someBytes(random));
            case 4 -> {
                int items = random.nextInt(4);
                writer.array(items);
                for (int i = 0; i < items; i++) {
                    write(writer, random, depth - 1);
                }
            }
            default -> writeMap(writer, random, depth);
        }
    }

    private static void writeMap(CborWriter writer, Random random, int depth) {
        SortedMap<ByteString, String> keys = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = random.nextInt(4) == 0 ? "body" : TEXTS[random.nextInt(TEXTS.length)];
            keys.put(ByteString.of(new CborWriter().text(key).toBytes()), key);
        }
        writer.map(keys.size());
        for (String key : keys.values()) {
            writer.key(key);
            write(writer, random, depth - 1);
        }
    }

    private static ByteString someBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(4)];
        random.nextBytes(bytes);
        return random.nextInt(3) == 0
                ? ByteString.of(new CborWriter().text("x").toBytes())
                : ByteString.of(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
