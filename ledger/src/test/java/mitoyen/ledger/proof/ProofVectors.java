package mitoyen.ledger.proof;

import static mitoyen.ledger.proof.ProofWorld.bytes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.MapProof.Held;
import mitoyen.ledger.proof.MapProof.Nothing;
import mitoyen.ledger.proof.MapProof.Other;

/// How the golden file `proofs.txt` came to be: honest proofs, and what somebody would try. The
/// answers are written here by hand, one a line.
final class ProofVectors {
    private static final int AT = 9;
    private static final Digest OTHER = NaiveMap.sha256("other");

    private final ProofWorld world = new ProofWorld();
    private final List<ProofVector> vectors = new ArrayList<>();
    private final LogRoot trusted = world.trust(ProofWorld.BLOCKS);
    private final Proof.Entry entry = world.entry("accounts", "account 7", AT, ProofWorld.BLOCKS);
    private final Proof.Receipt receipt = world.receipt(5, AT, ProofWorld.BLOCKS);

    static List<ProofVector> all() {
        ProofVectors made = new ProofVectors();
        made.addTrue();
        made.addMalformedBytes();
        made.addMalformedFields();
        made.addFalseEntries();
        made.addFalseBlocks();
        made.addFalseReceipts();
        made.addFalseGrowth();
        return made.vectors;
    }

    private void addTrue() {
        for (int size : List.of(9, 10, 13)) {
            for (String key : List.of("account 6", "account 29", "account 30", "account 99")) {
                String hex = bytes(key).toString();
                boolean held = !key.equals("account 30") && !key.equals("account 99");
                String value = bytes(key.replace("account", "value")).toString();
                add(
                        key + " of " + size,
                        world.trust(size),
                        world.entry("accounts", key, AT, size),
                        held
                                ? "held,accounts," + hex + "," + value + ",9"
                                : "absent,accounts," + hex + ",9");
            }
        }
        addAbsence("nothing stands there", "accounts", world.findAbsent(AT, Nothing.class), AT);
        addAbsence("the only entry is another", "energy/days", "street/night", AT);
        addAbsence("no such part", "transactions", "id", AT);
        addAbsence("a state without parts", "accounts", "account 3", 1);
        addAbsence("no key, no name", "", "", AT);
        for (int index = 0; index < 4; index++) {
            add(
                    "receipt " + index,
                    trusted,
                    world.receipt(2 * index, AT, ProofWorld.BLOCKS),
                    "receipt," + bytes("receipt 9/" + 2 * index) + ",9");
        }
        add(
                "the only receipt",
                world.trust(1),
                world.receipt(0, 1, 1),
                "receipt," + bytes("receipt 1/0") + ",1");
        for (int[] sizes :
                new int[][] {
                    {0, 0}, {0, 13}, {1, 2}, {6, 13}, {8, 9}, {8, 13}, {12, 13}, {13, 13}
                }) {
            addGrowth(
                    "growth",
                    world.trust(sizes[0]),
                    world.trust(sizes[1]),
                    ProofCodec.encode(world.growth(sizes[0], sizes[1])),
                    "grown," + sizes[0] + "," + sizes[1]);
        }
    }

    private void addMalformedBytes() {
        String hex = hex(entry);
        malformed("nothing at all", "");
        malformed("cut short", hex.substring(0, hex.length() - 2));
        malformed("a byte too many", hex + "00");
        malformed("no kind", "a0");
        malformed("two kinds", "a2" + hex.substring(2) + "6667726f77746880");
        malformed("an unknown kind", hex.replaceFirst("656e747279", "656e747278"));
        malformed("a tag", "c0" + hex);
        malformed("a float", "a16667726f777468f90000");
        malformed("an indefinite map", "bf" + hex.substring(2) + "ff");
        malformed("an indefinite list", "a16667726f7774689fff");
        malformed("a long key head", hex.replaceFirst("65656e747279", "7805656e747279"));
        malformed("a long head of bytes", hex.replaceFirst("5820", "590020"));
        malformed("a head of eight bytes", hex.replaceFirst("5820", "5b0000000000000020"));
        malformed("a length of 2^63", hex.replaceFirst("5820", "5b8000000000000000"));
        malformed("more items than bytes", "a16667726f7774689a7fffffff");
        malformed("a key that is a number", "a10080");
        malformed("a key twice", hex.replaceFirst("6470617274", "636b6579"));
        malformed("keys out of order", hex.replaceFirst("636b6579", "646b6579"));
        malformed(
                "a name that is not UTF-8",
                hex.replaceFirst("6163636f756e7473", "61c0af6f756e7473"));
        malformed(
                "a name with a surrogate",
                hex.replaceFirst("6163636f756e7473", "eda0806f756e7473"));
        malformed("twenty lists in lists", "81".repeat(20) + "80");
        add("too large", ProofVector.text(trusted), "zeros:589825", "refused,too-large");
        add("as large as may be", ProofVector.text(trusted), "zeros:589824", "refused,malformed");
    }

    private void addMalformedFields() {
        String hex = hex(entry);
        malformed("a field less", hex.replaceFirst("a5", "a4"));
        malformed("a field more", "a165656e747279a6" + hex.substring(16) + "657374617465f5");
        malformed(
                "levels that are a text", hex.replaceFirst("666c6576656c7342", "666c6576656c7362"));
        MapProof map = entry.entry().orElseThrow();
        byte[] levels = map.levels().toBytes();
        malformed("levels that end in zeros", levels(map, Altered.append(levels, 0)));
        malformed("levels of 33 bytes", levels(map, Altered.append(new byte[32], 0x80)));
        malformed("a level without its hash", levels(map, Altered.append(levels, 0x80)));
        malformed("a hash without its level", siblings(map, Altered.append(map.siblings(), OTHER)));
        malformed("a hash less", siblings(map, map.siblings().subList(1, map.siblings().size())));
        malformed(
                "a hash of zeros",
                siblings(map, Altered.replaced(map.siblings(), MerkleMap.EMPTY_ROOT)));
        malformed("a value too long", hex(with(new Held(ByteString.of(new byte[524_289])))));
        malformed(
                "a key too long",
                hex(
                        new Proof.Entry(
                                "accounts",
                                ByteString.of(new byte[257]),
                                entry.entry(),
                                entry.state(),
                                entry.block())));
        malformed(
                "a name too long",
                hex(
                        new Proof.Entry(
                                "a".repeat(65),
                                entry.key(),
                                entry.entry(),
                                entry.state(),
                                entry.block())));
        malformed("an end with two fields", hex.replaceFirst("63656e64a1", "63656e64a2"));
        malformed("an unknown end", hex.replaceFirst("6468656c64", "6468656c65"));
        String block = hex(receipt);
        malformed("a header too short", block.replaceFirst("5890([0-9a-f]{286})..", "588f$1"));
        malformed("a header too long", block.replaceFirst("5890([0-9a-f]{288})", "5891$1" + "00"));
        malformed("sides below 0", block.replaceFirst("65736964657305", "65736964657320"));
        malformed("sides of no hash", block.replaceFirst("65736964657305", "6573696465731818"));
        malformed(
                "sides of 33 bits",
                block.replaceFirst("65736964657305", "6573696465731b0000000100000005"));
        malformed("64 hashes of growth", "a16667726f7774689840" + ("5820" + OTHER).repeat(64));
    }

    private void addFalseEntries() {
        MapProof map = entry.entry().orElseThrow();
        Digest own = Sha256.of(entry.key().toBytes());
        refused("entry", "another value", with(new Held(bytes("value 8"))));
        refused("entry", "no value", with(new Held(bytes(""))));
        Held longest = new Held(ByteString.of(new byte[524_288]));
        refused("entry", "a value as long as may be", with(longest));
        refused(
                "entry",
                "its own leaf as another's",
                with(new Other(own, NaiveMap.sha256("value 7"))));
        refused("entry", "nothing there", with(new Nothing()));
        refused("entry", "a leaf from beside the way", with(new Other(OTHER, OTHER)));
        refused(
                "entry",
                "another key",
                new Proof.Entry(
                        "accounts",
                        bytes("account 8"),
                        entry.entry(),
                        entry.state(),
                        entry.block()));
        refused(
                "entry",
                "an altered hash beside the way",
                with(
                        new MapProof(
                                map.levels(), Altered.replaced(map.siblings(), OTHER), map.end())));
        refused(
                "entry",
                "another level",
                with(new MapProof(Altered.moved(map.levels()), map.siblings(), map.end())));
        Proof.Entry absent =
                world.entry("accounts", world.findAbsent(AT, Other.class), AT, ProofWorld.BLOCKS);
        MapProof other = absent.entry().orElseThrow();
        Other leaf = (Other) other.end();
        refused(
                "entry",
                "another key's leaf as its own",
                new Proof.Entry(
                        "accounts",
                        absent.key(),
                        Optional.of(
                                new MapProof(
                                        other.levels(),
                                        other.siblings(),
                                        new Held(leaf.value().bytes()))),
                        absent.state(),
                        absent.block()));
        refused(
                "entry",
                "another value at another key's leaf",
                new Proof.Entry(
                        "accounts",
                        absent.key(),
                        Optional.of(
                                new MapProof(
                                        other.levels(),
                                        other.siblings(),
                                        new Other(leaf.place(), OTHER))),
                        absent.state(),
                        absent.block()));
        refused(
                "part",
                "a part that is there left out",
                new Proof.Entry(
                        "accounts", entry.key(), Optional.empty(), entry.state(), entry.block()));
        refused(
                "part",
                "a way in a part that is not there",
                new Proof.Entry(
                        "transactions",
                        entry.key(),
                        entry.entry(),
                        world.entry("transactions", "id", AT, ProofWorld.BLOCKS).state(),
                        entry.block()));
        refused(
                "state",
                "another part's name",
                new Proof.Entry(
                        "balances", entry.key(), entry.entry(), entry.state(), entry.block()));
        refused(
                "state",
                "the part of an earlier block",
                new Proof.Entry(
                        "accounts",
                        entry.key(),
                        world.entry("accounts", "account 7", 5, ProofWorld.BLOCKS).entry(),
                        world.entry("accounts", "account 7", 5, ProofWorld.BLOCKS).state(),
                        entry.block()));
        refused(
                "state",
                "an altered hash beside the part",
                new Proof.Entry(
                        "accounts",
                        entry.key(),
                        entry.entry(),
                        new MapProof(
                                entry.state().levels(),
                                Altered.replaced(entry.state().siblings(), OTHER),
                                entry.state().end()),
                        entry.block()));
        refused(
                "state",
                "no such part where another stands",
                new Proof.Entry(
                        "accounts",
                        entry.key(),
                        Optional.empty(),
                        new MapProof(
                                entry.state().levels(), entry.state().siblings(), new Nothing()),
                        entry.block()));
        Proof.Entry off = Altered.offItsWay();
        add("a leaf off its way", Altered.trustIn(off.block()), off, "refused,entry");
    }

    private void addFalseBlocks() {
        header("state", "another root of the state", header -> header.put(80, (byte) 1));
        header("block", "another time", header -> header.put(15, (byte) 1));
        header("block", "another height", header -> header.putLong(0, 8));
        header("block", "another root of the receipts", header -> header.put(143, (byte) 1));
        header("height", "height 0", header -> header.putLong(0, 0));
        header("height", "a height above the trusted one", header -> header.putLong(0, 14));
        header("height", "a height of 2^63", header -> header.putLong(0, Long.MIN_VALUE));
        header("height", "a height of 2^53 + 9", header -> header.putLong(0, (1L << 53) + 9));
        List<Digest> path = entry.block().path();
        refused(
                "block",
                "an altered path",
                with(new BlockProof(entry.block().header(), Altered.replaced(path, OTHER))));
        refused(
                "block",
                "a shorter path",
                with(new BlockProof(entry.block().header(), path.subList(1, path.size()))));
        refused(
                "block",
                "a longer path",
                with(new BlockProof(entry.block().header(), Altered.append(path, OTHER))));
        add("another trusted root", new LogRoot(13, OTHER), entry, "refused,block");
        add("another trusted height", new LogRoot(12, trusted.root()), entry, "refused,block");
        add("a larger trusted height", new LogRoot(17, trusted.root()), entry, "refused,block");
        add("an empty ledger", world.trust(0), entry, "refused,height");
        Proof.Entry first = world.entry("accounts", "account 3", 1, 1);
        byte[] header = first.block().header().toBytes();
        add(
                "a block's hash that is no leaf",
                new LogRoot(1, Sha256.of(bytes("mitoyen/block/1\n").toBytes(), header)),
                first,
                "refused,block");
        add(
                "a header in no domain",
                new LogRoot(1, MerkleTree.leafHash(header)),
                first,
                "refused,block");
    }

    private void addFalseReceipts() {
        SidedPath path = receipt.path();
        refused(
                "receipt",
                "another receipt",
                new Proof.Receipt(bytes("receipt 9/4"), path, receipt.block()));
        refused(
                "receipt",
                "another side",
                new Proof.Receipt(
                        receipt.receipt(),
                        new SidedPath(path.sides() ^ 1, path.siblings()),
                        receipt.block()));
        refused(
                "receipt",
                "an altered path",
                new Proof.Receipt(
                        receipt.receipt(),
                        new SidedPath(path.sides(), Altered.replaced(path.siblings(), OTHER)),
                        receipt.block()));
        refused(
                "receipt",
                "the receipt of another block",
                new Proof.Receipt(
                        receipt.receipt(), path, world.receipt(0, 10, ProofWorld.BLOCKS).block()));
        byte[] node =
                ByteBuffer.allocate(64)
                        .put(path.siblings().getFirst().toBytes())
                        .put(MerkleTree.leafHash(receipt.receipt().toBytes()).toBytes())
                        .array();
        refused(
                "receipt",
                "a node as a leaf",
                new Proof.Receipt(
                        ByteString.of(node),
                        new SidedPath(
                                path.sides() >> 1,
                                path.siblings().subList(1, path.siblings().size())),
                        receipt.block()));
        refused(
                "block",
                "a receipt of no block",
                new Proof.Receipt(
                        receipt.receipt(),
                        path,
                        new BlockProof(receipt.block().header(), List.of())));
        add("a receipt above the trusted height", world.trust(8), receipt, "refused,height");
    }

    private void addFalseGrowth() {
        LogRoot early = world.trust(6);
        List<Digest> hashes = world.growth(6, ProofWorld.BLOCKS).hashes();
        byte[] growth = ProofCodec.encode(new Proof.Growth(hashes));
        addGrowth("another beginning", new LogRoot(6, OTHER), trusted, growth, "refused,growth");
        addGrowth("another end", early, new LogRoot(13, OTHER), growth, "refused,growth");
        addGrowth("another beginning's height", world.trust(5), trusted, growth, "refused,growth");
        addGrowth(
                "another end's height",
                early,
                new LogRoot(17, trusted.root()),
                growth,
                "refused,growth");
        addGrowth("backwards", trusted, early, growth, "refused,growth");
        addGrowth(
                "an altered hash",
                early,
                trusted,
                Altered.growth(Altered.replaced(hashes, OTHER)),
                "refused,growth");
        addGrowth(
                "a hash less",
                early,
                trusted,
                Altered.growth(hashes.subList(1, hashes.size())),
                "refused,growth");
        addGrowth(
                "a hash more",
                early,
                trusted,
                Altered.growth(Altered.append(hashes, OTHER)),
                "refused,growth");
        addGrowth("no hash", early, trusted, Altered.growth(List.of()), "refused,growth");
        addGrowth(
                "the same height with another root",
                trusted,
                new LogRoot(13, OTHER),
                Altered.growth(List.of()),
                "refused,growth");
        addGrowth(
                "from nothing with a hash",
                world.trust(0),
                trusted,
                Altered.growth(List.of(OTHER)),
                "refused,growth");
        addGrowth(
                "from another nothing",
                new LogRoot(0, MerkleMap.EMPTY_ROOT),
                trusted,
                Altered.growth(List.of()),
                "refused,growth");
        addGrowth(
                "an entry for growth",
                early,
                trusted,
                ProofCodec.encode(entry),
                "refused,other-kind");
        addGrowth("no proof for growth", early, trusted, new byte[] {1}, "refused,malformed");
        add(
                "growth for an entry",
                ProofVector.text(trusted),
                HexFormat.of().formatHex(growth),
                "refused,other-kind");
    }

    private void addAbsence(String name, String part, String key, int height) {
        add(
                name,
                trusted,
                world.entry(part, key, height, ProofWorld.BLOCKS),
                "absent," + part + "," + bytes(key) + "," + height);
    }

    private void header(String word, String name, Consumer<ByteBuffer> change) {
        byte[] header = entry.block().header().toBytes();
        change.accept(ByteBuffer.wrap(header));
        refused(word, name, with(new BlockProof(ByteString.of(header), entry.block().path())));
    }

    private void malformed(String name, String hex) {
        add(name, ProofVector.text(trusted), hex, "refused,malformed");
    }

    private void refused(String word, String name, Proof proof) {
        add(name, trusted, proof, "refused," + word);
    }

    private void add(String name, LogRoot trust, Proof proof, String answer) {
        add(name, ProofVector.text(trust), hex(proof), answer);
    }

    private void addGrowth(
            String name, LogRoot earlier, LogRoot later, byte[] proof, String answer) {
        add(
                name,
                ProofVector.text(earlier) + " " + ProofVector.text(later),
                HexFormat.of().formatHex(proof),
                answer);
    }

    private void add(String name, String trust, String proof, String answer) {
        vectors.add(new ProofVector(name, trust, proof, answer));
    }

    private Proof.Entry with(MapProof.End end) {
        MapProof map = entry.entry().orElseThrow();
        return with(new MapProof(map.levels(), map.siblings(), end));
    }

    private Proof.Entry with(MapProof map) {
        return new Proof.Entry(
                entry.part(), entry.key(), Optional.of(map), entry.state(), entry.block());
    }

    private Proof.Entry with(BlockProof block) {
        return new Proof.Entry(entry.part(), entry.key(), entry.entry(), entry.state(), block);
    }

    private String levels(MapProof map, byte[] levels) {
        return hex(with(new MapProof(ByteString.of(levels), map.siblings(), map.end())));
    }

    private String siblings(MapProof map, List<Digest> siblings) {
        return hex(with(new MapProof(map.levels(), siblings, map.end())));
    }

    private static String hex(Proof proof) {
        return ProofVector.hex(ProofCodec.encode(proof));
    }
}
