package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LE-80 to LE-84: the leaves of a day and the tree over them.
final class DayLeavesTest {
    private static final LocalDate DAY = LocalDate.of(2025, 10, 26);
    private static final MemberSecrets SECRETS =
            new MemberSecrets() {
                @Override
                public AccountId pseudonym(int member) {
                    return LedgerScript.account("member " + member);
                }

                @Override
                public byte[] saltKey(int member) {
                    return LedgerScript.seed("salt " + member);
                }
            };

    /// Member 0 has two meters that are not neighbours, member 1 one, member 2 none, member 3 one.
    private static final Roster ROSTER =
            new Roster(
                    4,
                    List.of(
                            new Roster.Place("A1", 0),
                            new Roster.Place("B1", 1),
                            new Roster.Place("A2", 0),
                            new Roster.Place("D1", 3)));

    @Test
    void aLeafIsTheCborOfItsMembersDay() {
        long[] consumption = {1, 2, 3, 4, 1_000_000, 6, 7, 8};
        long[] production = {0, 0, 0, 0, 0, 0, 25, 0};
        DayTree tree =
                leaves().readings(new DayReadings(2, 4, consumption, production, Optional.empty()));
        byte[] expected =
                new CborWriter()
                        .map(5)
                        .key("day")
                        .text("2025-10-26")
                        .key("kind")
                        .text("readings")
                        .key("meters")
                        .array(2)
                        .map(2)
                        .key("production")
                        .array(2)
                        .integer(0)
                        .integer(0)
                        .key("consumption")
                        .array(2)
                        .integer(1)
                        .integer(1_000_000)
                        .map(2)
                        .key("production")
                        .array(2)
                        .integer(0)
                        .integer(25)
                        .key("consumption")
                        .array(2)
                        .integer(3)
                        .integer(7)
                        .key("community")
                        .text("solaire")
                        .key("pseudonym")
                        .bytes(SECRETS.pseudonym(0).bytes())
                        .toBytes();
        DayLeaf leaf = tree.leaves().getFirst();
        assertThat(leaf.content()).isEqualTo(ByteString.of(expected));
        assertThat(leaf.salt())
                .isEqualTo(
                        Sha256.hmac(
                                SECRETS.saltKey(0),
                                "",
                                "readings2025-10-26".getBytes(StandardCharsets.UTF_8)));
        assertThat(leaf.hash()).isEqualTo(MerkleTree.leafHash(leaf.salt().toBytes(), expected));
    }

    @Test
    void theTreeHasALeafOfEveryMemberWithAMeterAndAPathToEach() {
        DayTree tree = leaves().readings(random(new Random(1), 96, true));
        assertThat(tree.leaves()).extracting(DayLeaf::member).containsExactly(0, 1, 3);
        assertThat(tree.root())
                .isEqualTo(MerkleTree.root(tree.leaves().stream().map(DayLeaf::hash).toList()));
        for (DayLeaf leaf : tree.leaves()) {
            assertThat(tree.findPath(leaf.member()).orElseThrow().proves(leaf.hash(), tree.root()))
                    .isTrue();
        }
        assertThat(tree.findPath(2)).isEmpty();
    }

    @Test
    void readingsAreReadBackAndJoined() throws CborException {
        for (boolean split : List.of(false, true)) {
            DayReadings readings = random(new Random(5), 100, split);
            SortedMap<Integer, MemberReadings> parts = new TreeMap<>();
            for (DayLeaf leaf : leaves().readings(readings).leaves()) {
                MemberReadings part = MemberReadings.decode(leaf.content());
                assertThat(part.community()).isEqualTo("solaire");
                assertThat(part.day()).isEqualTo(DAY);
                assertThat(part.pseudonym()).isEqualTo(SECRETS.pseudonym(leaf.member()));
                parts.put(leaf.member(), part);
            }
            assertThat(MemberReadings.join(ROSTER, parts))
                    .usingRecursiveComparison()
                    .isEqualTo(readings);
        }
    }

    @Test
    void leavesThatDoNotFitTheRosterAreNotJoined() throws CborException {
        SortedMap<Integer, MemberReadings> parts = new TreeMap<>();
        for (DayLeaf leaf : leaves().readings(random(new Random(5), 4, false)).leaves()) {
            parts.put(leaf.member(), MemberReadings.decode(leaf.content()));
        }
        SortedMap<Integer, MemberReadings> missing = new TreeMap<>(parts);
        missing.remove(3);
        SortedMap<Integer, MemberReadings> swapped = new TreeMap<>(parts);
        swapped.put(3, swapped.get(0));
        SortedMap<Integer, MemberReadings> more = new TreeMap<>(parts);
        more.put(2, more.get(1));
        for (var wrong : List.of(missing, swapped, more)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MemberReadings.join(ROSTER, wrong));
        }
        assertThat(MemberReadings.join(new Roster(4, List.of()), new TreeMap<>()).meters())
                .isZero();
    }

    @Test
    void allocationsHaveLeavesAndSaltsOfTheirOwn() {
        DayReadings readings = random(new Random(5), 4, true);
        DayAllocation allocation = readings.operatorSplit().orElseThrow();
        DayTree tree = leaves().allocations(allocation);
        DayLeaf leaf = tree.leaves().get(1);
        CborWriter expected = new CborWriter().map(5);
        expected.key("day").text("2025-10-26");
        expected.key("kind").text("allocations");
        expected.key("meters").array(1).map(2);
        expected.key("sold").array(4);
        for (int interval = 0; interval < 4; interval++) {
            expected.integer(allocation.sold()[interval * 4 + 1]);
        }
        expected.key("allocated").array(4);
        for (int interval = 0; interval < 4; interval++) {
            expected.integer(allocation.allocated()[interval * 4 + 1]);
        }
        expected.key("community").text("solaire");
        expected.key("pseudonym").bytes(SECRETS.pseudonym(1).bytes());
        assertThat(leaf.content()).isEqualTo(ByteString.of(expected.toBytes()));
        assertThat(leaf.salt())
                .isEqualTo(DayLeaf.salt(SECRETS.saltKey(1), DayKind.ALLOCATIONS, DAY))
                .isNotEqualTo(DayLeaf.salt(SECRETS.saltKey(1), DayKind.READINGS, DAY))
                .isNotEqualTo(DayLeaf.salt(SECRETS.saltKey(0), DayKind.ALLOCATIONS, DAY));
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> MemberReadings.decode(leaf.content()))
                .withMessageContaining("not a leaf of readings");
    }

    @ParameterizedTest
    @CsvSource({
        "'', no meter",
        "1/1, ",
        "1/2, different lengths",
        "1/1/1/2, different lengths",
        "2/1/1/1, different lengths",
        "1/1 2/2, other intervals",
        "1/1 1/1/1/1, other intervals",
        "1/1/1/1 1/1/1/1, "
    })
    void metersOfOneLeafHaveTheSameIntervals(String meters, String reason) throws CborException {
        ByteString content = leafOf(meters.isEmpty() ? List.of() : List.of(meters.split(" ", -1)));
        if (reason == null) {
            assertThat(MemberReadings.decode(content).readings().intervals()).isEqualTo(1);
            return;
        }
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> MemberReadings.decode(content))
                .withMessageContaining(reason);
    }

    /// LE-84.
    @Test
    void aNegativeReadingIsNotReadBack() throws CborException {
        String leaf = leafOf(List.of("1/1")).toString();
        String consumption =
                HexFormat.of().formatHex("consumption".getBytes(StandardCharsets.US_ASCII));
        String negative = leaf.replace(consumption + "8100", consumption + "8120");
        assertThat(negative).isNotEqualTo(leaf);
        assertThat(MemberReadings.decode(ByteString.parseHex(leaf)).readings().meters()).isOne();
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> MemberReadings.decode(ByteString.parseHex(negative)))
                .withMessageContaining("-1 is not from 0");
    }

    /// A leaf whose meters have series of these lengths.
    private static ByteString leafOf(List<String> meters) {
        CborWriter writer = new CborWriter().map(5);
        writer.key("day").text("2025-10-26");
        writer.key("kind").text("readings");
        writer.key("meters").array(meters.size());
        for (String meter : meters) {
            List<String> lengths = List.of(meter.split("/", -1));
            List<String> names = List.of("sold", "allocated", "production", "consumption");
            writer.map(lengths.size());
            for (int i = 0; i < lengths.size(); i++) {
                int length = Integer.parseInt(lengths.get(i));
                writer.key(names.get(4 - lengths.size() + i)).array(length);
                for (int value = 0; value < length; value++) {
                    writer.integer(value);
                }
            }
        }
        writer.key("community").text("solaire");
        writer.key("pseudonym").bytes(SECRETS.pseudonym(0).bytes());
        return ByteString.of(writer.toBytes());
    }

    private static DayLeaves leaves() {
        return new DayLeaves("solaire", DAY, ROSTER, SECRETS);
    }

    private static DayReadings random(Random random, int intervals, boolean split) {
        List<long[]> series = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            series.add(random.longs(intervals * 4L, 0, 1L << random.nextInt(1, 63)).toArray());
        }
        return new DayReadings(
                intervals,
                4,
                series.get(0),
                series.get(1),
                split
                        ? Optional.of(new DayAllocation(series.get(2), series.get(3)))
                        : Optional.empty());
    }
}
