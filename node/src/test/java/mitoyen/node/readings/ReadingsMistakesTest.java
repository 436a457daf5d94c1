package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every mistake of a readings file has its row here: what is written, and the line that is
/// answered. The community has the meters A1, which may produce, and B1, which may not; the step is
/// an hour.
final class ReadingsMistakesTest {
    private static final String HEADER = "start,meter,consumption_kwh,production_kwh";
    private static final String SPLIT_HEADER = HEADER + ",allocated_kwh,sold_kwh";
    private static final int GZIP_HEADER_BYTES = 10;
    private static final ImportOptions LOOSE = new ImportOptions(250, true, true);

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    start,meter,consumption_kwh                       | 1: missing column production_kwh; use the header start,meter,consumption_kwh,production_kwh
                    start,meter,consumption_kwh,production_kwh,start  | 1: duplicate column start; keep one of them
                    start,meter,consumption_kwh,production_kwh,extra  | 1: unknown column extra; use the header start,meter,consumption_kwh,production_kwh, or see `mitoyen convert`
                    start,meter,consumption_kwh,production_kwh,sold_kwh | 1: column sold_kwh although the key is not from-operator; remove the column or set key: {type: from-operator}
                    """)
    void namesWhatIsWrongWithAHeader(String header, String line) throws IOException {
        assertThat(mistakes("pro-rata", header + "\n")).contains("a.csv:" + line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    2025-01-01T00:00,A1,1,0              | start 2025-01-01T00:00 has no offset; add the offset from UTC, such as +02:00 or Z
                    2025-01-01 00:00,A1,1,0              | start 2025-01-01 00:00 has no offset; add the offset from UTC, such as +02:00 or Z
                    2025-02-30T00:00Z,A1,1,0             | start is not a date-time: 2025-02-30T00:00Z; use the form of 2025-10-01T00:00+02:00
                    2025-01-01T25:00Z,A1,1,0             | start is not a date-time: 2025-01-01T25:00Z; use the form of 2025-10-01T00:00+02:00
                    2025-01-01T00:00+25:00,A1,1,0        | start is not a date-time: 2025-01-01T00:00+25:00; use the form of 2025-10-01T00:00+02:00
                    ,A1,1,0                              | start is not a date-time: ; use the form of 2025-10-01T00:00+02:00
                    2025-01-01T00:10+01:00,A1,1,0        | start 2025-01-01T00:10+01:00 is off the grid; begin at local midnight and count in steps of 60 minutes
                    2025-01-01T00:00:01+01:00,A1,1,0     | start 2025-01-01T00:00:01+01:00 is off the grid; begin at local midnight and count in steps of 60 minutes
                    2025-01-01T00:00:00.0000001+01:00,A1,1,0 | start 2025-01-01T00:00:00.0000001+01:00 is off the grid; use the form of 2025-10-01T00:00+02:00
                    0205-01-01T00:00Z,A1,1,0             | start 0205-01-01T00:09:21+00:09:21 is not in the years 2000 to 2099; correct the year
                    2025-01-01T00:00+01:00,A1,-0.5,0     | consumption_kwh is negative: -0.5; put energy fed into the grid into production_kwh
                    2025-01-01T00:00+01:00,A1,0,-1       | production_kwh is negative: -1; put energy fed into the grid into production_kwh
                    2025-01-01T00:00+01:00,A1,0.1234567,0 | consumption_kwh has more than 6 decimals: 0.1234567; round it to 6 decimals
                    2025-01-01T00:00+01:00,A1,abc,0      | consumption_kwh is not a number: abc; use digits and a decimal point
                    2025-01-01T00:00+01:00,A1,1e3,0      | consumption_kwh is not a number: 1e3; use digits and a decimal point
                    2025-01-01T00:00+01:00,A1, 1,0       | consumption_kwh is not a number:  1; use digits and a decimal point
                    2025-01-01T00:00+01:00,A1,.5,0       | consumption_kwh is not a number: .5; use digits and a decimal point
                    2025-01-01T00:00+01:00,A1,5.,0       | consumption_kwh is not a number: 5.; use digits and a decimal point
                    2025-01-01T00:00+01:00,A1,NaN,0      | consumption_kwh is not a number: NaN; use digits and a decimal point
                    2025-01-01T00:00+01:00,A1,-,0        | consumption_kwh is not a number: -; use digits and a decimal point
                    2025-01-01T00:00+01:00,A1,250.000001,0 | consumption_kwh is above 250 kW over the step: 250.000001; check that the unit is kWh, or raise --max-kw
                    2025-01-01T00:00+01:00,A1,0,99999999999999999999999 | production_kwh is above 250 kW over the step: 99999999999999999999999; check that the unit is kWh, or raise --max-kw
                    2025-01-01T00:00+01:00,X9,1,0        | unknown meter X9; add it to a member of the community file or remove its rows
                    2025-01-01T00:00+01:00,,1,0          | no meter; add it to a member of the community file or remove its rows
                    2025-01-01T00:00+01:00,B1,0,0.000001 | meter B1 produces and its owner bruno has no vat; add vat to the member in the community file, if only "0"
                    2025-01-01T00:00+01:00,A1,1          | fields: 3 instead of 4; separate the fields with commas, use the decimal point
                    2025-01-01T00:00+01:00,A1,1,5,0      | fields: 5 instead of 4; separate the fields with commas, use the decimal point
                    2025-01-01T00:00+01:00;A1;1;0        | fields: 1 instead of 4; separate the fields with commas, use the decimal point
                    """)
    void namesWhatIsWrongWithARow(String row, String line) throws IOException {
        assertThat(mistakes("pro-rata", HEADER + "\n\n" + row + "\n"))
                .containsExactly("a.csv:3: " + line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    2025-01-01T00:00+01:00,A1,1,1,1.000001,0 | allocated_kwh is above consumption_kwh; ask the operator for a revision
                    2025-01-01T00:00+01:00,A1,1,1,0,1.000001 | sold_kwh is above production_kwh; ask the operator for a revision
                    2025-01-01T00:00+01:00,A1,,,0.5,         | allocated_kwh is above consumption_kwh; ask the operator for a revision
                    """)
    void namesWhatIsWrongWithAnOperatorsSplit(String row, String line) throws IOException {
        assertThat(mistakes("from-operator", SPLIT_HEADER + "\n" + row + "\n"))
                .containsExactly("a.csv:2: " + line);
    }

    @Test
    void wantsTheOperatorsColumnsWhereTheKeyIsHis() throws IOException {
        assertThat(mistakes("from-operator", HEADER + "\n"))
                .containsExactly(
                        "a.csv:1: missing column allocated_kwh; use the header " + SPLIT_HEADER,
                        "a.csv:1: missing column sold_kwh; use the header " + SPLIT_HEADER);
    }

    @Test
    void namesManyMistakesAtOnceAndCountsTheRest() throws IOException {
        String rows = "2025-01-01T00:00+01:00,A1,x,y\n".repeat(15);
        List<String> lines = mistakes("pro-rata", HEADER + "\n" + rows);
        assertThat(lines).hasSize(21);
        assertThat(lines.get(2)).startsWith("a.csv:3: consumption_kwh");
        assertThat(lines.getLast()).isEqualTo("a.csv: … and 10 more");
    }

    @Test
    void namesAnUnknownMeterAndAProducerWithoutVatOnceAFile() throws IOException {
        String rows =
                """
                2025-01-01T00:00+01:00,X9,1,0
                2025-01-01T00:00+01:00,B1,0,1
                2025-01-01T01:00+01:00,X9,1,x
                2025-01-01T01:00+01:00,B1,0,1
                2025-01-01T01:00+01:00,X8,1,0
                """;
        assertThat(mistakes("pro-rata", HEADER + "\n" + rows))
                .extracting(line -> line.substring(0, line.indexOf(';')))
                .containsExactly(
                        "a.csv:2: unknown meter X9",
                        "a.csv:3: meter B1 produces and its owner bruno has no vat",
                        "a.csv:4: production_kwh is not a number: x",
                        "a.csv:6: unknown meter X8");
    }

    @Test
    void namesFilesThatAreNone() throws IOException {
        write("empty.csv", new byte[0]);
        write("header.csv", (HEADER + "\n").getBytes(StandardCharsets.UTF_8));
        write("binary.csv", new byte[] {'P', 'K', 3, 4, 0, 0, 'x', '\n'});
        write("latin.csv", (HEADER + "\n\nmètre\n").getBytes(StandardCharsets.ISO_8859_1));
        byte[] packed = gzip(HEADER + "\n" + "2025-01-01T00:00+01:00,A1,1,0\n".repeat(100));
        write("short.csv.gz", Arrays.copyOf(packed, packed.length - 12));
        packed[packed.length - 6] ^= 1;
        write("damaged.csv.gz", packed);
        write("quote.csv", (HEADER + "\n\"a\"b").getBytes(StandardCharsets.UTF_8));
        Files.createDirectory(folder.resolve("folder.csv"));
        assertThat(
                        importing(
                                "pro-rata",
                                LOOSE,
                                "none.csv",
                                "folder.csv",
                                "empty.csv",
                                "header.csv",
                                "binary.csv",
                                "latin.csv",
                                "short.csv.gz",
                                "damaged.csv.gz",
                                "quote.csv"))
                .containsExactly(
                        "none.csv: no such file; give the path of a .csv or .csv.gz",
                        "folder.csv: a folder, not a file; name a file in it",
                        "empty.csv: the file is empty; export it again",
                        "header.csv: the file has no readings; leave it out",
                        "binary.csv:1: a binary file, not CSV text; give a .csv file or its"
                                + " .csv.gz",
                        "latin.csv:3: not UTF-8 text; give a .csv file in UTF-8 or its .csv.gz",
                        "short.csv.gz: compression cut short; copy the file again",
                        "damaged.csv.gz: damaged compression; compress the file again",
                        "quote.csv:2: not valid CSV; look for a stray quotation mark or a very"
                                + " long line");
    }

    @Test
    void refusesWhatComesAfterTheEndOfACompressedFile() throws IOException {
        byte[] part = gzip(HEADER + "\n2025-01-01T00:00+01:00,A1,1,0\n");
        byte[] second = gzip("2025-01-01T01:00+01:00,A1,1,0\n");
        write("cut.csv.gz", join(part, Arrays.copyOf(second, 6)));
        second[1] ^= 1;
        write("damaged.csv.gz", join(part, second));
        write("zeros.csv.gz", join(part, new byte[1 << 17]));
        assertThat(importing("pro-rata", LOOSE, "cut.csv.gz", "damaged.csv.gz", "zeros.csv.gz"))
                .containsExactly(
                        "cut.csv.gz: damaged compression; compress the file again",
                        "damaged.csv.gz: damaged compression; compress the file again",
                        "zeros.csv.gz: damaged compression; compress the file again");
    }

    /// Whatever one wrong bit makes of the text: other digits, other meters, no UTF-8.
    @Test
    void saysOfADamagedCompressedFileThatAloneAndNothingOfItsLines() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(HEADER + "\n");
        for (int row = 0; row < 400; row++) {
            text.append("2025-01-01T00:00+01:00,A1,").append(random.nextInt(250)).append(",0\n");
        }
        byte[] packed = gzip(text.toString());
        List<String> names = new ArrayList<>();
        for (int at = GZIP_HEADER_BYTES; at < packed.length; at += 11) {
            byte[] damaged = packed.clone();
            damaged[at] ^= 4;
            names.add(at + ".csv.gz");
            write(at + ".csv.gz", damaged);
        }
        assertThat(importing("pro-rata", LOOSE, names.toArray(String[]::new)))
                .zipSatisfy(
                        names,
                        (line, name) ->
                                assertThat(line)
                                        .isIn(
                                                name
                                                        + ": damaged compression; compress the"
                                                        + " file again",
                                                name
                                                        + ": compression cut short; copy the file"
                                                        + " again"));
    }

    @Test
    void namesAFileThatIsGivenTwice() throws IOException {
        writeText("a.csv", HEADER + "\n2025-01-01T00:00+01:00,A1,1,0\n");
        assertThat(importing("pro-rata", LOOSE, "a.csv", "./a.csv"))
                .containsExactly("./a.csv: the file is given twice; give it once");
    }

    @Test
    void namesBothPlacesOfASecondReading() throws IOException {
        writeText("a.csv", HEADER + "\n2025-01-01T00:00+01:00,A1,1,0\n");
        writeText("b.csv", HEADER + "\n2025-01-01T01:00Z,A1,,\n2024-12-31T23:00Z,A1,,\n");
        assertThat(importing("pro-rata", LOOSE, "a.csv", "b.csv"))
                .containsExactly(
                        "b.csv:3: a second reading of meter A1 at 2025-01-01T00:00+01:00, the first"
                                + " is at a.csv:2; keep one of them");
    }

    @Test
    void aReadingThatIsThereIsNotMissingBecauseOfAnEmptySecondRow() throws IOException {
        writeText("a.csv", HEADER + "\n2025-01-01T00:00Z,A1,1,0\n2025-01-01T00:00Z,B1,1,0\n");
        writeText("b.csv", HEADER + "\n2025-01-01T00:00Z,A1,,\n");
        ImportOptions partial = new ImportOptions(250, false, true);
        assertThat(importing("pro-rata", partial, "a.csv", "b.csv"))
                .containsExactly(
                        "b.csv:2: a second reading of meter A1 at 2025-01-01T01:00+01:00, the first"
                                + " is at a.csv:2; keep one of them");
    }

    @Test
    void namesMissingReadingsOnceForEachMeterAndSpan() throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (int hour = 0; hour < 48; hour++) {
            String start = "2025-01-0%dT%02d:00+01:00".formatted(1 + hour / 24, hour % 24);
            text.append(start).append(",A1,1,0\n");
            if (hour != 5 && (hour < 20 || hour > 27)) {
                text.append(start).append(",B1,1,\n");
            } else if (hour == 20) {
                text.append(start).append(",B1,,\n");
            }
        }
        writeText("a.csv", text.toString());
        assertThat(importing("pro-rata", ImportOptions.STRICT, "a.csv"))
                .containsExactly(
                        "a.csv: no reading of meter B1 from 2025-01-01T05:00+01:00 to"
                                + " 2025-01-01T06:00+01:00 (1 interval); add the rows, or pass"
                                + " --gaps zero to count 0",
                        "a.csv: no reading of meter B1 from 2025-01-01T20:00+01:00 to"
                                + " 2025-01-02T04:00+01:00 (8 intervals); add the rows, or pass"
                                + " --gaps zero to count 0");
    }

    @Test
    void namesDaysThatAreNotWhole() throws IOException {
        writeText(
                "a.csv",
                HEADER + "\n2025-01-02T22:00+01:00,A1,1,0\n2025-01-01T01:00+01:00,A1,1,0\n");
        ImportOptions gaps = new ImportOptions(250, true, false);
        assertThat(importing("pro-rata", gaps, "a.csv"))
                .containsExactly(
                        "a.csv:3: the first local day, 2025-01-01, begins only at"
                                + " 2025-01-01T01:00+01:00; add the readings from"
                                + " 2025-01-01T00:00+01:00 or pass --partial",
                        "a.csv:2: the last local day, 2025-01-02, ends already at"
                                + " 2025-01-02T23:00+01:00; add the readings up to"
                                + " 2025-01-03T00:00+01:00 or pass --partial");
    }

    @Test
    void allowsAnOperatorTheRoundingOfItsValues() throws IOException {
        String rows =
                """
                2025-01-01T00:00+01:00,A1,1,1,0.5,0.500002
                2025-01-01T00:00+01:00,B1,0,0,0,0
                2025-01-01T01:00+01:00,A1,1,1,0.5,0.499997
                2025-01-01T01:00+01:00,B1,0,0,0,0
                """;
        assertThat(mistakes("from-operator", SPLIT_HEADER + "\n" + rows))
                .containsExactly(
                        "a.csv: allocated and sold differ by 0.000003 kWh at"
                                + " 2025-01-01T01:00+01:00, more than rounding explains; ask the"
                                + " operator for a revision");
    }

    private List<String> mistakes(String key, String text) throws IOException {
        writeText("a.csv", text);
        return importing(key, LOOSE, "a.csv");
    }

    /// The lines that refuse the files, without the folder they lie in.
    private List<String> importing(String key, ImportOptions options, String... names)
            throws IOException {
        Community community = community(key);
        List<Path> files = Arrays.stream(names).map(name -> Path.of(folder + "/" + name)).toList();
        List<String> lines = importing(community, options, files, KeptRows.Resources.standard());
        KeptRows.Resources manyParts = new KeptRows.Resources(3, Spill.HEAP_LIMIT, 20);
        assertThat(importing(community, options, files, manyParts))
                .as("read in parts")
                .isEqualTo(lines);
        return lines;
    }

    private List<String> importing(
            Community community,
            ImportOptions options,
            List<Path> files,
            KeptRows.Resources resources)
            throws IOException {
        try (ReadingsImport readings =
                ReadingsImport.read(community, files, options, Progress.NONE, resources)) {
            readings.check(community.terms()::rosterOn);
            return fail("nothing was found wrong");
        } catch (InputMistakes refused) {
            return refused.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
        }
    }

    private Community community(String key) throws IOException {
        writeText(
                "community.yaml",
                """
                version: 1
                community: table
                zone: Europe/Paris
                step: PT60M
                currency: EUR
                billing: month
                key: {type: %s}
                prices:
                  - {from: 2020-01-01, local: 0.1, supplier: 0.2, feed-in: 0.04, community-fee: 0}
                network-operator: enedis
                members:
                  - {id: alice, name: Alice, vat: 0, meters: [A1]}
                  - {id: bruno, name: Bruno, meters: [B1]}
                """
                        .formatted(key));
        try {
            return CommunityFile.read(folder.resolve("community.yaml"));
        } catch (InputMistakes wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private void writeText(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
