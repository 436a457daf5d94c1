package mitoyen.node.statement;

import static org.assertj.core.api.Assertions.assertThat;

import mitoyen.node.language.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatementTest {
    private static final Statement PROSUMER = SampleStatements.prosumer();

    @Test
    void theTableHasEveryFactOnALineOfItsOwn() {
        assertThat(StatementCsv.of(PROSUMER))
                .isEqualTo(
                        """
                        line,with,kwh,price,amount,vat_rate,vat,total
                        consumption,,310.250000,,,,,
                        allocated,,151.000125,,,,,
                        own,,88.000000,,,,,
                        complement,,159.249875,,,,,
                        production,,240.500000,,,,,
                        sold,,190.000000,,,,,
                        surplus,,50.500000,,,,,
                        purchase,bruno,40.000125,0.140000,5.60,0.055000,0.31,5.91
                        purchase,town,23.000000,0.000000,0.00,0.200000,0.00,0.00
                        sale,bruno,102.000000,0.140000,14.28,0.000000,0.00,14.28
                        community-fee,,63.000125,0.010000,0.63,,,0.63
                        paid,,,,,,,5.91
                        earned,,,,,,,14.28
                        fees,,,,,,,0.63
                        balance,,,,,,,7.74
                        saved,,,,,,,20.95
                        gained,,,,,,,6.68
                        block,33,,,,,,
                        root,9f2b7e014c55aa0d3c1e8b6f7a92d4c0517be6f3a8d90c2244e1b7fd6a3395c8,,,,,,
                        """);
    }

    @Test
    void thePageSaysThatItIsNoInvoice() {
        assertThat(StatementHtml.of(PROSUMER, Language.FR)).contains("Relevé, pas une facture");
        assertThat(StatementHtml.of(PROSUMER, Language.EN)).contains("Statement, not an invoice");
    }

    @Test
    void thePageNamesSellersPricesTaxesAndTheirNotes() {
        assertThat(plain(StatementHtml.of(PROSUMER, Language.FR)))
                .contains(
                        "Bruno Petit",
                        "Ville &amp; école",
                        "0,14 €/kWh",
                        "5,5 %",
                        "5,91 €",
                        "TVA 20 %",
                        "TVA non applicable, art. 293 B du CGI",
                        "48,7 %",
                        "il vous est dû 7,74 €");
    }

    @Test
    void theTableSaysWhatIsReplacedAndTheDifference_EN_54() {
        assertThat(StatementCsv.of(SampleStatements.replacing(10_000_000)))
                .contains(
                        """
                        balance,,,,,,,7.74
                        replaces,21,,,,,,10.00
                        difference,,,,,,,-2.26
                        saved,,,,,,,20.95
                        """);
        assertThat(StatementCsv.of(SampleStatements.replacing(-1_000_000)))
                .contains("\nreplaces,21,,,,,,-1.00\ndifference,,,,,,,8.74\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EN | 10000000 | by which you were owed €10.00. | difference of €2.26 to pay.",
                "EN | -1000000 | by which you owed €1.00. | difference of €8.74 to receive.",
                "EN | 0 | by which nobody owed anything. | difference of €7.74 to receive.",
                "FR | 10000000 | il vous était dû 10,00 €. | à payer la différence de 2,26 €.",
                "FR | -1000000 | vous deviez 1,00 €. | à recevoir la différence de 8,74 €.",
                "FR | 0 | personne ne devait rien. | à recevoir la différence de 7,74 €."
            })
    void thePageSaysWhatItReplacesAndTheDifference_EN_54(
            Language language, long beforeMicros, String before, String difference) {
        String replaces =
                language == Language.FR
                        ? "Ce relevé remplace celui du bloc 21, selon lequel "
                        : "This statement replaces the one of block 21, ";
        String page = StatementHtml.of(SampleStatements.replacing(beforeMicros), language);
        assertThat(plain(page)).contains(replaces + before, difference);
        assertThat(plain(StatementHtml.of(PROSUMER, language))).doesNotContain(replaces);
    }

    @Test
    void thePageSaysInWordsWhatIsStillDueToTheSupplier() {
        assertThat(plain(StatementHtml.of(PROSUMER, Language.EN)))
                .contains("does not replace your supplier’s bill", "159.250 kWh");
    }

    @Test
    void aNetworkFeeOfTheCommunityIsNotSaidToBeTheSuppliers() {
        String network = "the network charges and taxes, which are due on local energy as well";
        assertThat(StatementHtml.of(PROSUMER, Language.EN)).contains(network);
        assertThat(StatementHtml.of(SampleStatements.networkUser(), Language.EN))
                .doesNotContain(network)
                .contains("the network charge on local energy is the network fee above");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void thePageCarriesTheBlockAndTheRootAsAnAnchor(Language language) {
        assertThat(StatementHtml.of(PROSUMER, language)).contains("33", PROSUMER.anchor().root());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void aNameCannotBecomeMarkup(Language language) {
        String hostile = "<script>alert(1)</script>\" onload='x' <img src=//x.example/y>";
        String page = StatementHtml.of(SampleStatements.prosumer(hostile, hostile), language);
        assertThat(page)
                .doesNotContain("<script", "<img")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void thePageFetchesNothingAndRunsNothing(Language language) {
        assertThat(StatementHtml.of(PROSUMER, language))
                .doesNotContain("<script", "http:", "https:", "url(", "<link", "src=");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void aMemberWithoutPanelsIsToldNothingOfSellingOrOfARoof(Language language) {
        String page = StatementHtml.of(SampleStatements.receiver(), language);
        String whomYouSoldTo = language == Language.FR ? "À qui vous avez vendu" : "Whom you sold";
        String ownRoof = language == Language.FR ? "de votre toit" : "from your own roof";
        assertThat(page).doesNotContain(whomYouSoldTo, ownRoof);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void onlyAStatementThatIsLongIsPrintedInSmallLetters(Language language) {
        assertThat(StatementHtml.of(SampleStatements.receiver(), language)).contains("<body>");
        assertThat(StatementHtml.of(PROSUMER, language)).contains("<body class=\"long\">");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theSameStatementPrintsToTheSameBytes(Language language) {
        assertThat(StatementHtml.of(SampleStatements.prosumer(), language))
                .isEqualTo(StatementHtml.of(SampleStatements.prosumer(), language));
    }

    private static String plain(String text) {
        return text.replace('\u202f', ' ').replace('\u00a0', ' ');
    }
}
