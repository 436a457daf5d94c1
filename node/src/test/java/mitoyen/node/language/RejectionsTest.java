package mitoyen.node.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountRejection;
import mitoyen.ledger.energy.EnergyRejection;
import mitoyen.ledger.governance.GovernanceRejection;
import mitoyen.ledger.machine.Rejection;
import mitoyen.ledger.machine.TransactionRejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RejectionsTest {
    @ParameterizedTest
    @EnumSource(Language.class)
    void everyReasonHasASentenceAndNoSentenceIsLeftOver(Language language) {
        Set<String> wanted = new TreeSet<>();
        Stream.of(TransactionRejection.values())
                .map(Rejection.OfTransaction::new)
                .forEach(reason -> wanted.add(Rejections.key(reason.module(), reason.number())));
        Stream.of(AccountRejection.values())
                .map(Rejection.OfAccount::new)
                .forEach(reason -> wanted.add(Rejections.key(reason.module(), reason.number())));
        Stream.of(GovernanceRejection.values())
                .map(Rejection.OfGovernance::new)
                .forEach(reason -> wanted.add(Rejections.key(reason.module(), reason.number())));
        Stream.of(EnergyRejection.values())
                .map(Rejection.OfEnergy::new)
                .forEach(reason -> wanted.add(Rejections.key(reason.module(), reason.number())));

        assertThat(Messages.in(language).keys())
                .filteredOn(key -> key.startsWith("rejection."))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void aReasonOfALaterVersionIsNamedByItsNumber() {
        assertThat(Rejections.sentence(Messages.in(Language.EN), "mobility", 7))
                .isEqualTo("for reason 7 of mobility");
    }

    @ParameterizedTest
    @CsvSource({
        "fr_FR.UTF-8, '', FR",
        "fr, '', FR",
        "en_GB.UTF-8, '', EN",
        "de_AT, '', EN",
        "'', '', EN",
        "fr_FR.UTF-8, C.UTF-8, FR",
        "fr_FR.UTF-8, POSIX, FR",
        "fr_FR.UTF-8, en_US, EN"
    })
    void theLanguageIsThatOfTheEnvironment(String lang, String lcAll, Language language) {
        assertThat(Language.ofEnvironment(Map.of("LANG", lang, "LC_ALL", lcAll)))
                .isEqualTo(language);
    }
}
