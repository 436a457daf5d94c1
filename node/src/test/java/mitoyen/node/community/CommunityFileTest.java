package mitoyen.node.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.PriceLine;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A community file read whole, and a row for each mistake in it: the line that is put in the place
/// of a right one, and what is answered.
final class CommunityFileTest {
    private static final String RIGHT =
            """
            version: 1
            community: confluence
            zone: Europe/Paris
            step: PT30M
            currency: EUR
            billing: month
            publish-totals: true
            key: {type: static, coefficients: {007: "0.30", S1: 0.20}}
            prices:
              - {from: 2026-01-01, local: "0.15", supplier: "0.19", feed-in: "0.05", community-fee: "0.02", network-fee: 0.003}
              - {from: 2025-01-01, local: "0.140000", supplier: "0.180000", feed-in: "0.040000", community-fee: "0.010000"}
            network-operator: enedis
            members:
              - {id: alice, name: Alice Martin, meters: [007], vat: "0", vat-note: "art. 293 B"}
              - {id: town, name: Ville, price: 0, vat: 0.20, meters: [{id: S1, from: 2025-02-01}, {id: S2, to: 2025-06-30}]}
              - {id: bruno, name: Bruno, meters: [B1, {id: S1, to: 2025-01-31}]}
            """;

    @TempDir private Path folder;

    @Test
    void readsEveryKeyInItsPlace() throws IOException, InputMistakes {
        Community community = read("\uFEFF" + RIGHT);
        Terms terms =
                new Terms(
                        "confluence",
                        "Europe/Paris",
                        30,
                        "EUR",
                        BillingPeriod.MONTH,
                        Optional.of(true),
                        new SharingKey.Static(
                                new TreeMap<>(
                                        Map.of(
                                                "007", new Share(300_000),
                                                "S1", new Share(200_000)))),
                        List.of(
                                prices("2025-01-01", 140_000, 180_000, 40_000, 10_000, 0),
                                prices("2026-01-01", 150_000, 190_000, 50_000, 20_000, 3_000)),
                        "enedis",
                        List.of(
                                new Member(
                                        "alice",
                                        Optional.empty(),
                                        Optional.of(Share.ZERO),
                                        List.of(tenure("007", "", ""))),
                                new Member(
                                        "town",
                                        Optional.of(Price.ZERO),
                                        Optional.of(new Share(200_000)),
                                        List.of(
                                                tenure("S1", "2025-02-01", ""),
                                                tenure("S2", "", "2025-06-30"))),
                                new Member(
                                        "bruno",
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(
                                                tenure("B1", "", ""),
                                                tenure("S1", "", "2025-01-31")))));
        assertThat(community.terms()).isEqualTo(terms);
        assertThat(community.details())
                .isEqualTo(
                        new TreeMap<>(
                                Map.of(
                                        "alice",
                                                new MemberDetails(
                                                        "Alice Martin", Optional.of("art. 293 B")),
                                        "town", new MemberDetails("Ville", Optional.empty()),
                                        "bruno", new MemberDetails("Bruno", Optional.empty()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {type: from-operator}                     | FromOperator[]
                    {type: pro-rata}                          | ProRata[rounding=CONSERVING]
                    {type: pro-rata, rounding: conserving}    | ProRata[rounding=CONSERVING]
                    {type: pro-rata, rounding: at-dso}        | ProRata[rounding=AT_DSO]
                    """)
    void readsEachSharingKey(String yaml, String key) throws IOException, InputMistakes {
        assertThat(read(replaced(8, "key: " + yaml)).terms().key()).hasToString(key);
    }

    @Test
    void saysNothingOfTotalsWhereTheFileSaysNothing() throws IOException, InputMistakes {
        assertThat(read(replaced(7, "")).terms().publishTotals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    1  | version: 2                      | version is not 1: 2; write version: 1 or use a newer program
                    1  | versoin: 1                      | the file has no version; add the key version
                    2  | community: Confluence           | community is not an id: Confluence; use a-z, 0-9 and -, at most 40 characters
                    2  | community: [a, b]               | community is not a single value; write community: value
                    2  | community:                      | community is not an id: ; use a-z, 0-9 and -, at most 40 characters
                    3  | zone: Europe/Lyon               | zone is not an IANA zone: Europe/Lyon; write a name such as Europe/Paris
                    3  | zone: +01:00                    | zone is not an IANA zone: +01:00; write a name such as Europe/Paris
                    4  | step: PT20M                     | step is not a step: PT20M; use one of PT5M, PT10M, PT15M, PT30M, PT60M
                    5  | currency: EURO                  | currency is not a currency with cents: EURO; write an ISO 4217 code such as EUR
                    5  | currency: JPY                   | currency is not a currency with cents: JPY; write an ISO 4217 code such as EUR
                    6  | billing: week                   | billing is not a period: week; use month or day
                    7  | publish-totals: yes             | publish-totals is neither true nor false: yes; use one of them
                    7  | zone: Europe/Paris              | duplicate key zone, first on line 3; keep one of them
                    7  | colour: red                     | unknown key colour in the file; use one of version, community, zone, step, currency, billing, publish-totals, key, prices, network-operator, members
                    8  | key: pro-rata                   | key is not a mapping; write keys and values
                    8  | key: {type: prorata}            | type is not a sharing key: prorata; use pro-rata, static or from-operator
                    8  | key: {rounding: at-dso}         | key has no type; add the key type
                    8  | key: {type: pro-rata, rounding: up} | rounding is no rounding: up; use conserving or at-dso
                    8  | key: {type: from-operator, rounding: at-dso} | rounding belongs to pro-rata alone; remove the key rounding
                    8  | key: {type: static}             | key has no coefficients; add the key coefficients
                    8  | key: {type: pro-rata, coefficients: {B1: 1}} | coefficients belong to static alone; remove them or use type: static
                    8  | key: {type: static, coefficients: {X9: 1}} | coefficient of an unknown meter X9; name a meter of a member
                    8  | key: {type: static, coefficients: {B1: 1.1}} | B1 is above 1: 1.1; write 0.30 for 30 %
                    8  | key: {type: static, coefficients: {B1: 0.1234567}} | B1 is more precise than 6 decimals: 0.1234567; write digits, a point and at most 6 decimals, such as 0.140000
                    8  | key: {type: static, coefficients: {B1: 0.5, S1: 0.500001}} | coefficients add up to 1.000001, above 1; lower them: what is not dealt is surplus
                    10 | - {local: 0, supplier: 0, feed-in: 0, community-fee: 0} | a line of prices has no from; add the key from
                    10 | - {from: 2026-01-01, supplier: 0, feed-in: 0, community-fee: 0} | a line of prices has no local; add the key local
                    10 | - {from: 2026-02-30, local: 0, supplier: 0, feed-in: 0, community-fee: 0} | from is not a day: 2026-02-30; write it as 2025-01-31
                    10 | - {from: 2026-01-01, local: -1, supplier: 0, feed-in: 0, community-fee: 0} | local is not a decimal number with a point and no sign: -1; write digits, a point and at most 6 decimals, such as 0.140000
                    10 | - {from: 2026-01-01, local: 1e-1, supplier: 0, feed-in: 0, community-fee: 0} | local is not a decimal number with a point and no sign: 1e-1; write digits, a point and at most 6 decimals, such as 0.140000
                    10 | - {from: 2026-01-01, local: 0.1234567, supplier: 0, feed-in: 0, community-fee: 0} | local is more precise than 6 decimals: 0.1234567; write digits, a point and at most 6 decimals, such as 0.140000
                    10 | - {from: 2026-01-01, local: 1000.1, supplier: 0, feed-in: 0, community-fee: 0} | local is above 1000 per kWh: 1000.1; give the price of one kWh
                    10 | - {from: 2026-01-01, local: 0, supplier: 0, feed-in: 0, community-fee: 0, tax: 1} | unknown key tax in a line of prices; use one of from, local, supplier, feed-in, community-fee, network-fee
                    10 | - later                         | a line of prices is not a mapping; write keys and values
                    12 | network-operator: Enedis        | network-operator is not an id: Enedis; use a-z, 0-9 and -, at most 40 characters
                    14 | - {id: community, name: A, vat: 0, meters: [007]} | id is reserved: community; choose another id
                    14 | - {id: network-operator, name: A, vat: 0, meters: [007]} | id is reserved: network-operator; choose another id
                    14 | - {id: alice, vat: 0, meters: [007]} | a member has no name; add the key name
                    14 | - {id: alice, name: " ", meters: [007]} | name is empty, longer than 200 characters or of several lines; write it on one line
                    14 | - {id: alice, name: "A\\nB", meters: [007]} | name is empty, longer than 200 characters or of several lines; write it on one line
                    14 | - {id: alice, name: A, vat: 20, meters: [007]} | vat is above 1: 20; write 0.20 for 20 %
                    14 | - {id: alice, name: A, meters: [007, a/b]} | meter is not a meter id: a/b; use letters, digits and . _ : -, at most 64 characters
                    14 | - {id: alice, name: A, meters: [007, {}]} | a meter has no id; add the key id
                    14 | - {id: alice, name: A, meters: [007, {id: C1, from: 2025-02-01, to: 2025-01-31}]} | to 2025-01-31 is before from 2025-02-01; both days are included: put them in order
                    14 | - {id: alice, name: A, meters: [007, {id: C1, until: 2025-02-01}]} | unknown key until in a meter; use one of id, from, to
                    14 | - {id: alice, name: A, meters: [007], meter: X}  | unknown key meter in a member; use one of id, name, price, vat, vat-note, meters
                    14 | - {id: alice, name: &x A, meters: [007]} | an anchor &x; write the value out in plain YAML
                    14 | - {id: alice, name: *x, meters: [007]}  | an alias; write the value out in plain YAML
                    14 | - {id: alice, name: !!str A, meters: [007]} | a tag tag:yaml.org,2002:str; write the value out in plain YAML
                    14 | - {id: alice, name: A, meters: [007, [[[[[[x]]]]]]} | nested too deeply; compare with the example
                    14 | - {id: alice, name: A, ? [a] : b, meters: [007]} | a key that is not text; write a word as the key
                    15 | - {id: alice, name: B, meters: [S1, S2]} | member alice again, first on line 14; give each member an id of his own
                    16 | - {id: bruno, name: B, meters: [B1, {id: S1, to: 2025-02-01}]} | meter S1 has an owner on line 15 on some of the same days; give the first a `to` before the `from` of the second
                    16 | - {id: bruno, name: B, meters: [B1, 007]} | meter 007 has an owner on line 14 on some of the same days; give the first a `to` before the `from` of the second
                    """)
    void namesEachMistake(int line, String yaml, String answer) throws IOException {
        assertThat(mistakes(replaced(line, yaml)))
                .contains("community.yaml:" + line + ": " + answer);
    }

    @Test
    void namesSeveralMistakesInOneGo() throws IOException {
        String text = RIGHT.replace("EUR", "euro").replace("PT30M", "PT7M").replace("B1", "B 1");
        assertThat(mistakes(text))
                .extracting(line -> line.substring(0, line.indexOf(';')))
                .containsExactly(
                        "community.yaml:4: step is not a step: PT7M",
                        "community.yaml:5: currency is not a currency with cents: euro",
                        "community.yaml:16: meter is not a meter id: B 1");
    }

    @Test
    void namesWhatHasNoLine() throws IOException {
        assertThat(mistakes(""))
                .containsExactly("community.yaml: the file is empty; describe the community in it");
        assertThat(mistakes("#".repeat((1 << 20) + 1)))
                .containsExactly(
                        "community.yaml: larger than 1 MiB; give the community's YAML, not its"
                                + " readings");
        Files.write(folder.resolve("community.yaml"), new byte[] {'a', ':', (byte) 0xE9});
        assertThat(mistakes()).containsExactly("community.yaml: not UTF-8 text; save it as UTF-8");
        Files.delete(folder.resolve("community.yaml"));
        assertThat(mistakes())
                .containsExactly(
                        "community.yaml: no readable file; give the path of community.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a",
                "a: b: c",
                "\ta: 1",
                "a: 'b",
                "- - -\n a",
                "{a: 1}}",
                "%YAML 3.0\n---\na"
            })
    void namesTextThatIsNoYaml(String text) throws IOException {
        assertThat(mistakes(text))
                .isNotEmpty()
                .allMatch(line -> line.matches("community.yaml:.*; .*"));
    }

    @Test
    void namesTheLineOfACharacterThatYamlDoesNotHave() throws IOException {
        assertThat(mistakes("é: 1\nb: \0"))
                .singleElement()
                .asString()
                .startsWith("community.yaml:2: not plain text of YAML 1.2; ");
    }

    @Test
    void wantsOneDocumentThatIsAMapping() throws IOException {
        assertThat(mistakes("a: 1\n---\nb: 2\n"))
                .containsExactly(
                        "community.yaml:2: a second document begins; keep one document a file");
        assertThat(mistakes("- a\n"))
                .containsExactly(
                        "community.yaml:1: the file is not a mapping; write keys and values");
    }

    private static PriceLine prices(
            String from, long local, long supplier, long feedIn, long fee, long networkFee) {
        return new PriceLine(
                LocalDate.parse(from),
                new Price(local),
                new Price(supplier),
                new Price(feedIn),
                new Price(fee),
                new Price(networkFee));
    }

    private static Tenure tenure(String meter, String from, String to) {
        return new Tenure(meter, day(from), day(to));
    }

    private static Optional<LocalDate> day(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    }

    /// The right file with another line in the place of one, indented as that was.
    private static String replaced(int number, String line) {
        List<String> lines = new ArrayList<>(RIGHT.lines().toList());
        String indent = lines.get(number - 1).startsWith("  ") ? "  " : "";
        lines.set(number - 1, indent + line);
        return String.join("\n", lines);
    }

    private Community read(String text) throws IOException, InputMistakes {
        Path file = folder.resolve("community.yaml");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        return CommunityFile.read(file);
    }

    private List<String> mistakes(String text) throws IOException {
        Files.write(folder.resolve("community.yaml"), text.getBytes(StandardCharsets.UTF_8));
        return mistakes();
    }

    private List<String> mistakes() throws IOException {
        try {
            return fail("read as " + CommunityFile.read(folder.resolve("community.yaml")));
        } catch (InputMistakes refused) {
            return refused.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
        }
    }
}
