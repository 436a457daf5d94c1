package mitoyen.ledger.light;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;

/// How the golden file `light.txt` came to be: blocks of a real network and of our own, true and
/// tampered with. The answers are written here by hand, one a line; those of bits that are flipped
/// follow from the field that the bit is in.
final class LightVectors {
    private static final String OWN = "own 1";
    private static final long SOON = (LightWorld.BEGIN + 60) * 1_000;
    private static final long PERIOD = TrustPolicy.STANDARD.periodMillis();

    private final SequencedMap<String, ByteString> blocks =
            new LinkedHashMap<>(LightWorld.recorded());
    private final List<LightVector> vectors = new ArrayList<>();

    private LightVectors() {}

    /// The blocks that vectors name.
    static SequencedMap<String, ByteString> blocks() {
        return made().blocks;
    }

    static List<LightVector> all() {
        return made().vectors;
    }

    private static LightVectors made() {
        LightVectors made = new LightVectors();
        made.addTrue();
        made.addTimes();
        made.addPowers();
        made.addForeign();
        made.addFlipped();
        made.addMalformed();
        return made;
    }

    private void addTrue() {
        for (String name : List.copyOf(blocks.keySet())) {
            LightBlock block = decoded(name);
            proved(name + " to begin with", "begin " + block.header().hash(), name);
        }
        long now = time("block 14") + 1_000;
        for (int from = 1; from < 14; from++) {
            for (int to : from < 13 ? new int[] {from + 1, 14} : new int[] {14}) {
                proved(from + " to " + to, "block " + from + "@" + now, "block " + to);
            }
        }
        LightBlock first = own(1, LightWorld.validators(0, 4, 3, 2, 1), 0, 0, 1, 2);
        blocks.put(OWN, encoded(first));
        proved("our own", "begin " + first.header().hash(), OWN);
    }

    private void addTimes() {
        long one = time("block 1");
        long two = time("block 2");
        proved("the last moment", at("block 1", one + PERIOD - 1), "block 2");
        refused("expired", "at the end of the period", at("block 1", one + PERIOD), "block 2");
        refused("expired", "long after it", at("block 1", one + 2 * PERIOD), "block 2");
        proved("a clock just not too far behind", at("block 1", two - 9_999), "block 2");
        refused("future", "a clock too far behind", at("block 1", two - 10_000), "block 2");
        refused("height", "the same", at("block 9", two), "block 9");
        refused("height", "an earlier one", at("block 9", two), "block 8");
        List<LightValidator> four = LightWorld.validators(0, 4, 3, 2, 1);
        for (long seconds : new long[] {LightWorld.BEGIN, LightWorld.BEGIN + 1}) {
            LightHeader header = LightWorld.header(LightWorld.CHAIN, 2, seconds, four, four);
            put("no later " + seconds, LightWorld.block(header, four, 0, List.of(0, 1, 2, 3)));
            refused("time", "time " + seconds, at(OWN, SOON), "no later " + seconds);
        }
    }

    /// The trusted power is 10, of 4, 3, 2 and 1.
    private void addPowers() {
        List<LightValidator> four = LightWorld.validators(0, 4, 3, 2, 1);
        put("next by 7", own(2, four, 0, 0, 1));
        put("next by 6", own(2, four, 0, 0, 2));
        put("later by 7", own(9, four, 0, 0, 1));
        put("later by 6", own(9, four, 0, 0, 2));
        proved("7 of 10", at(OWN, SOON), "next by 7");
        refused("power", "6 of 10", at(OWN, SOON), "next by 6");
        proved("7 of 10, later", at(OWN, SOON), "later by 7");
        refused("power", "6 of 10, later", at(OWN, SOON), "later by 6");
        List<LightValidator> three = LightWorld.validators(0, 1, 1, 1);
        put("two of three", own(2, three, 0, 0, 1));
        refused(
                "power",
                "two of three to begin with",
                "begin " + decoded("two of three").header().hash(),
                "two of three");
        List<LightValidator> mixed = mixed();
        put("vouched for by 4", own(9, mixed, 0, 0, 4));
        put("vouched for by 3", own(9, mixed, 0, 1, 4));
        proved("4 of the trusted 10", at(OWN, SOON), "vouched for by 4");
        refused("trusted-power", "3 of the trusted 10", at(OWN, SOON), "vouched for by 3");
        List<LightValidator> others = LightWorld.validators(7, 4, 3, 2, 1);
        put("others", own(9, others, 7, 0, 1, 2, 3));
        refused("trusted-power", "all others", at(OWN, SOON), "others");
        put("others next", own(2, others, 7, 0, 1, 2, 3));
        refused("next-validators", "others at the next height", at(OWN, SOON), "others next");
        put("silent", own(9, four, 0));
        refused("trusted-power", "nobody", at(OWN, SOON), "silent");
        put("silent next", own(2, four, 0));
        refused("power", "nobody, next", at(OWN, SOON), "silent next");
        List<LightValidator> many =
                LightWorld.validators(
                        0, IntStream.range(0, 128).mapToLong(i -> 1L << 40).toArray());
        put("128", own(9, many, 0, IntStream.range(0, 86).toArray()));
        put("128 by 85", own(9, many, 0, IntStream.range(0, 85).toArray()));
        proved("86 of 128 of the greatest power", at(OWN, SOON), "128");
        refused("power", "85 of 128", at(OWN, SOON), "128 by 85");
    }

    /// The trusted four with little power, and one that outweighs them all.
    private static List<LightValidator> mixed() {
        return LightWorld.validators(0, 1, 1, 1, 1, 100);
    }

    private void addForeign() {
        List<LightValidator> four = LightWorld.validators(0, 4, 3, 2, 1);
        LightHeader other = LightWorld.header("mitoyen-lihgt", 9, LightWorld.BEGIN + 9, four, four);
        put("another chain", LightWorld.block(other, four, 0, List.of(0, 1, 2, 3)));
        refused("chain", "another chain", at(OWN, SOON), "another chain");
        refused("chain", "another network", at(OWN, SOON), "block 2");
        String now = at("block 1", time("block 14") + 1_000);
        LightBlock block = decoded("block 14");
        put("its validators of before", with(block, decoded("block 8").validators()));
        refused("validators", "another power", now, "its validators of before");
        put("one left out", with(block, block.validators().subList(0, 3)));
        refused("validators", "one left out", now, "one left out");
        put("in another order", with(block, block.validators().reversed()));
        refused("validators", "in another order", now, "in another order");
        put(
                "another round",
                new LightBlock(
                        block.header(), block.round() + 1, block.parts(), block.validators()));
        refused("trusted-power", "votes of another round", now, "another round");
        refused(
                "hash",
                "another block to begin with",
                "begin " + block.header().hash(),
                "block 13");
        put("votes of another block", with(decoded("block 13"), block.validators()));
        refused("trusted-power", "votes of another block", now, "votes of another block");
    }

    /// One bit of each field, and of each signature.
    private void addFlipped() {
        String now = at("block 1", time("block 14") + 1_000);
        String next = at("block 13", time("block 14") + 1_000);
        LightBlock block = decoded("block 14");
        LightHeader header = block.header();
        flipped("parts", block.parts().hash(), next, "power");
        flipped("anchor", ByteString.of(header.app().toBytes(), 8, 40), next, "power");
        flipped("data", header.data(), next, "power");
        flipped("last block", header.previous().orElseThrow().hash(), next, "power");
        flipped("last parts", header.previous().orElseThrow().parts().hash(), next, "power");
        flipped("last votes", header.commit(), next, "power");
        flipped("results", header.results(), next, "power");
        flipped("parameters", header.consensus(), next, "power");
        flipped("proposer", header.proposer(), next, "power");
        flipped("parameters, skipping", header.consensus(), now, "trusted-power");
        flipped("next validators", header.next(), next, "power");
        flipped(
                "validators",
                ByteString.parseHex("6a76616c696461746f72735820" + header.validators()),
                next,
                "validators");
        for (LightValidator each : block.validators()) {
            String name = "key " + each.key().toString().substring(0, 4);
            flipped(name, each.key(), next, "validators");
            each.vote().ifPresent(vote -> flipped("of " + name, vote.signature(), next, "power"));
        }
        LightBlock four = decoded("block 9");
        LightValidator one = four.validators().getFirst();
        ByteString signature = one.vote().orElseThrow().signature();
        String before = at("block 8", time("block 14"));
        proved("three of four signatures", before, bit("block 9", signature));
    }

    private void addMalformed() {
        String now = at("block 13", time("block 14"));
        String hex = LightWorld.get(blocks, "block 14").toString();
        malformed("nothing", now, "");
        malformed("cut short", now, hex.substring(0, hex.length() - 2));
        malformed("a byte too many", now, hex + "00");
        malformed("a field less", now, "a3" + hex.substring(2));
        malformed("an indefinite map", now, "bf" + hex.substring(2) + "ff");
        malformed(
                "a round of 32 bits", now, hex.replace("65726f756e6400", "65726f756e641a80000000"));
        malformed("a round below 0", now, hex.replace("65726f756e6400", "65726f756e6420"));
        malformed("no parts", now, hex.replaceFirst("65746f74616c01", "65746f74616c00"));
        malformed("height 0", now, hex.replace("666865696768740e", "6668656967687400"));
        malformed(
                "a height of 54 bits",
                now,
                hex.replace("666865696768740e", "666865696768741b0020000000000000"));
        malformed(
                "an anchor of 54 bits",
                now,
                hex.replace("636170705828000000", "636170705828002000"));
        malformed("an anchor below 0", now, hex.replace("63617070582800", "63617070582880"));
        malformed("no power", now, hex.replaceFirst("65706f77657211", "65706f77657200"));
        malformed(
                "power of 41 bits",
                now,
                hex.replaceFirst("65706f77657211", "65706f7765721b0000010000000001"));
        malformed(
                "no name of a chain",
                now,
                hex.replaceFirst("65636861696e78186d69746f79656e2d.{32}", "65636861696e60"));
        List<LightValidator> validators = decoded("block 14").validators();
        String first = validators.get(0).key().toString();
        malformed("a key twice", now, hex.replace(validators.get(3).key().toString(), first));
        malformed("129 validators", now, "a4" + "00".repeat(40));
        add("too large", now, "zeros:32769", "refused,too-large");
        add("as large as may be", now, "zeros:32768", "refused,malformed");
    }

    private static LightBlock own(
            long height, List<LightValidator> validators, int from, int... signers) {
        return LightWorld.block(
                LightWorld.header(height, validators),
                validators,
                from,
                IntStream.of(signers).boxed().toList());
    }

    private static LightBlock with(LightBlock block, List<LightValidator> validators) {
        return new LightBlock(block.header(), block.round(), block.parts(), validators);
    }

    private LightBlock decoded(String name) {
        return LightWorld.decode(LightWorld.get(blocks, name));
    }

    private long time(String name) {
        return decoded(name).header().time().millis();
    }

    private static String at(String trusted, long millis) {
        return trusted + "@" + millis;
    }

    private static ByteString encoded(LightBlock block) {
        return ByteString.of(LightBlockCodec.encode(block));
    }

    private void put(String name, LightBlock block) {
        blocks.put(name, encoded(block));
    }

    private void flipped(String field, Digest at, String trust, String reason) {
        flipped(field, at.bytes(), trust, reason);
    }

    private void flipped(String field, ByteString at, String trust, String reason) {
        refused(reason, "a bit of " + field, trust, bit("block 14", at));
    }

    /// The block with the last bit flipped of the first place where these bytes stand.
    private String bit(String name, ByteString field) {
        int at = LightWorld.get(blocks, name).toString().indexOf(field.toString()) / 2;
        return name + "^" + ((at + field.length()) * Byte.SIZE - 1);
    }

    private void malformed(String name, String trust, String hex) {
        add(name, trust, hex, "refused,malformed");
    }

    private void refused(String reason, String name, String trust, String block) {
        add(name, trust, block, "refused," + reason);
    }

    private void proved(String name, String trust, String block) {
        String answer =
                LightVector.describe(new LightVerdict.Proved(decoded(block.split("\\^", 2)[0])));
        add(name, trust, block, answer);
    }

    private void add(String name, String trust, String block, String answer) {
        vectors.add(new LightVector(name, trust, block, answer));
    }
}
