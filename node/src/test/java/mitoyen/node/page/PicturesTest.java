package mitoyen.node.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.node.page.BarChart.Bar;
import mitoyen.node.page.BarChart.Slot;
import mitoyen.node.page.FlowPicture.End;
import mitoyen.node.page.FlowPicture.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theEndsOfBothSidesHoldTheSameEnergyAndTheSameHeight(long seed) {
        FlowPicture picture = FlowPicture.of(880, randomFlows(seed));
        long energy = picture.bands().stream().mapToLong(band -> band.flow().mWh()).sum();
        assertThat(ends(picture, true).mapToLong(End::mWh).sum())
                .as("seed " + seed)
                .isEqualTo(energy);
        assertThat(ends(picture, false).mapToLong(End::mWh).sum()).isEqualTo(energy);
        assertThat(height(picture, true)).isCloseTo(height(picture, false), offset(3.0));
    }

    @Test
    void nothingFlowingIsDrawnAsNothing() {
        FlowPicture picture = FlowPicture.of(350, List.of(new Flow("a", "b", "own", "", 0)));
        assertThat(picture.bands()).singleElement().matches(band -> !band.readable());
        assertThat(height(picture, true)).isZero();
    }

    @Test
    void aLongNameIsCutToTheRoomThatThePictureHas() {
        String name = "Syndicat des copropriétaires de la résidence Les Terrasses";
        Flow flow = new Flow("Toit", name, "shared", "", 1_000_000);
        End narrow = FlowPicture.of(350, List.of(flow)).ends().getLast();
        assertThat(narrow.name()).isEqualTo(name);
        assertThat(narrow.shortName()).isEqualTo("Syndicat des c…");
        End wide = FlowPicture.of(880, List.of(flow)).ends().getLast();
        assertThat(wide.shortName()).startsWith("Syndicat des copropriétaires").endsWith("…");
    }

    @Test
    void theMarksOfANarrowChartDoNotTouchEachOther() {
        List<Slot> slots =
                IntStream.range(0, 31)
                        .mapToObj(day -> new Slot("", day % 4 == 0 ? "28 févr." : "", "", Use.NONE))
                        .toList();
        List<Double> marks =
                BarChart.of(350, slots).marks().stream()
                        .map(mark -> Double.parseDouble(mark.x()))
                        .toList();
        assertThat(marks).hasSizeBetween(4, 5);
        for (int i = 1; i < marks.size(); i++) {
            assertThat(marks.get(i) - marks.get(i - 1)).isGreaterThan(50);
        }
    }

    @Test
    void aBarsPartsStandOnEachOtherAndTheSurplusHangsBelow() {
        Use use = new Use(3_000_000, 2_500_000, 2_000_000, 2_000_000, 0);
        BarChart chart = BarChart.of(880, List.of(new Slot("1", "1", "", use)));
        Bar bar = chart.bars().getFirst();
        double shared = Double.parseDouble(bar.sharedHeight());
        assertThat(Double.parseDouble(bar.gridHeight())).isCloseTo(shared / 2, offset(0.1));
        assertThat(Double.parseDouble(bar.surplusHeight())).isCloseTo(shared / 4, offset(0.1));
        assertThat(Double.parseDouble(bar.sharedY()) + shared)
                .isCloseTo(Double.parseDouble(chart.zeroY()), offset(0.1));
        assertThat(Double.parseDouble(bar.gridY()) + Double.parseDouble(bar.gridHeight()))
                .isCloseTo(Double.parseDouble(bar.sharedY()), offset(0.1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 999_999, 1_000_000, 123_456_789, 9_000_000_000_000L})
    void theScaleIsRoundAndHoldsWhatIsDrawn(long mWh) {
        Use use = new Use(mWh, 0, 0, 0, 0);
        BarChart chart = BarChart.of(350, List.of(new Slot("1", "", "", use)));
        assertThat(chart.lines()).hasSizeBetween(1, 6);
        assertThat(chart.lines().getLast().mWh()).isGreaterThanOrEqualTo(mWh);
        assertThat(Double.parseDouble(chart.bars().getFirst().gridY())).isNotNegative();
    }

    private static Stream<End> ends(FlowPicture picture, boolean left) {
        return picture.ends().stream().filter(end -> end.left() == left);
    }

    private static double height(FlowPicture picture, boolean left) {
        return ends(picture, left).mapToDouble(end -> Double.parseDouble(end.height())).sum();
    }

    private static List<Flow> randomFlows(long seed) {
        Random random = new Random(seed);
        List<Flow> flows = new ArrayList<>();
        for (int from = 0; from < 4; from++) {
            for (int to = 0; to < 3; to++) {
                flows.add(
                        new Flow("from " + from, "to " + to, "own", "", random.nextLong(1L << 40)));
            }
        }
        return flows;
    }
}
