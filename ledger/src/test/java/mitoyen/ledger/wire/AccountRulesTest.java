package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountRejection;
import mitoyen.ledger.proof.Digest;
import org.junit.jupiter.api.Test;

/// The rules of accounts as tables, one line a transaction (LE-90, LE-100 to LE-130).
final class AccountRulesTest {
    /// LE-130: each reason, by precedence; a line that breaks two rules gets the first. What is
    /// refused moves nothing.
    private static final String REASONS =
            """
            founder opens ana; opens bea; opens cyr; opens bank                         | accepted
            founder creates TOKEN issuer=bank cap=1000 step=5 owing=10                  | accepted
            bank mints 100 TOKEN to ana; mints 50 TOKEN to bea                          | accepted
            ana transfers 0 TOKEN to ana                                                | SAME_ACCOUNT at step 0
            ana reserves 0 TOKEN to bea arbiter=ana                                     | SAME_ACCOUNT at step 0
            ana reserves 0 TOKEN to bea arbiter=bea                                     | SAME_ACCOUNT at step 0
            ana transfers -5 TOKEN to nobody                                            | AMOUNT_NOT_POSITIVE at step 0
            ana reserves 0 NONE to nobody                                               | AMOUNT_NOT_POSITIVE at step 0
            ana mints 0 NONE to nobody                                                  | AMOUNT_NOT_POSITIVE at step 0
            ana burns -1 NONE                                                           | AMOUNT_NOT_POSITIVE at step 0
            ana posts nothing 0                                                         | AMOUNT_NOT_POSITIVE at step 0
            at 10:00 ana opens nobody threshold=2                                       | SIGNERS_INVALID at step 0
            ana opens nobody with=a:1,b:1,c:1,d:1                                       | SIGNERS_INVALID at step 0
            ana opens nobody with=a,a                                                   | SIGNERS_INVALID at step 0
            ana opens nobody with=                                                      | SIGNERS_INVALID at step 0
            ana opens nobody threshold=0                                                | SIGNERS_INVALID at step 0
            ana opens nobody with=a:0,b:1                                               | SIGNERS_INVALID at step 0
            ana opens nobody with=a:1001                                                | SIGNERS_INVALID at step 0
            ana opens nobody with=a:1:bound                                             | SIGNERS_INVALID at step 0
            ana gives nobody threshold=2                                                | SIGNERS_INVALID at step 0
            ana recovers nobody threshold=2                                             | SIGNERS_INVALID at step 0
            ana recovers nobody lost=a,a                                                | SIGNERS_INVALID at step 0
            ana recovers nobody lost=a,b,c,d                                            | SIGNERS_INVALID at step 0
            at 10:10 ana delegates car of=nobody kinds=                                 | DELEGATION_INVALID at step 0
            ana delegates car of=nobody kinds=transfer,transfer                         | DELEGATION_INVALID at step 0
            ana delegates car of=nobody assets=A:1,B:1,C:1                              | DELEGATION_INVALID at step 0
            ana delegates car of=nobody assets=A:1,A:1                                  | DELEGATION_INVALID at step 0
            ana delegates car of=nobody assets=A:-1                                     | DELEGATION_INVALID at step 0
            ana delegates car of=nobody counterparties=ana,bea,cyr                      | DELEGATION_INVALID at step 0
            ana delegates car of=nobody counterparties=ana,ana                          | DELEGATION_INVALID at step 0
            ana delegates car of=nobody period=0                                        | DELEGATION_INVALID at step 0
            ana delegates car of=nobody until=10:09                                     | DELEGATION_INVALID at step 0
            ana guards ana by=ana,bea                                                   | GUARDIANS_INVALID at step 0
            ana guards nobody by=                                                       | GUARDIANS_INVALID at step 0
            ana guards nobody by=a,b,c,d                                                | GUARDIANS_INVALID at step 0
            ana guards nobody by=bea,bea                                                | GUARDIANS_INVALID at step 0
            ana guards nobody by=bea threshold=2                                        | GUARDIANS_INVALID at step 0
            ana guards nobody by=bea threshold=0                                        | GUARDIANS_INVALID at step 0
            ana guards nobody by=bea delay=59999                                        | GUARDIANS_INVALID at step 0
            ana guards nobody by=bea delay=7200001                                      | GUARDIANS_INVALID at step 0
            ana creates TOKEN issuer=nobody step=0                                      | ASSET_INVALID at step 0
            at 10:20 ana creates TOKEN issuer=nobody cap=-1                             | ASSET_INVALID at step 0
            ana creates TOKEN issuer=nobody owing=-1                                    | ASSET_INVALID at step 0
            ana creates TOKEN issuer=nobody verify=-1                                   | ASSET_INVALID at step 0
            ana limits nobody NONE owing=-1                                             | LIMIT_INVALID at step 0
            cyr transfers 5 NONE to nobody                                              | ACCOUNT_NOT_FOUND at step 0
            cyr transfers 5 NONE to bea from nobody                                     | ACCOUNT_NOT_FOUND at step 0
            cyr transfers 5 TOKEN to issuance/TOKEN                                     | ACCOUNT_NOT_FOUND at step 0
            cyr reserves 5 NONE to bea arbiter=nobody                                   | ACCOUNT_NOT_FOUND at step 0
            cyr mints 5 NONE to nobody                                                  | ACCOUNT_NOT_FOUND at step 0
            cyr mints 5 TOKEN to issuance/TOKEN                                         | ACCOUNT_NOT_FOUND at step 0
            cyr gives nobody                                                            | ACCOUNT_NOT_FOUND at step 0
            cyr delegates car of=nobody                                                 | ACCOUNT_NOT_FOUND at step 0
            cyr revokes car of=nobody                                                   | ACCOUNT_NOT_FOUND at step 0
            cyr guards ana by=nobody                                                    | ACCOUNT_NOT_FOUND at step 0
            at 10:30 cyr guards nobody by=ana                                           | ACCOUNT_NOT_FOUND at step 0
            cyr recovers nobody                                                         | ACCOUNT_NOT_FOUND at step 0
            cyr objects nobody                                                          | ACCOUNT_NOT_FOUND at step 0
            cyr closes nobody                                                           | ACCOUNT_NOT_FOUND at step 0
            cyr creates TOKEN issuer=nobody                                             | ACCOUNT_NOT_FOUND at step 0
            cyr limits nobody NONE                                                      | ACCOUNT_NOT_FOUND at step 0
            cyr transfers 5 NONE to bea from ana                                        | ASSET_NOT_FOUND at step 0
            cyr mints 5 NONE to ana                                                     | ASSET_NOT_FOUND at step 0
            cyr burns 5 NONE                                                            | ASSET_NOT_FOUND at step 0
            cyr limits ana NONE                                                         | ASSET_NOT_FOUND at step 0
            cyr posts nothing                                                           | PENDING_NOT_FOUND at step 0
            cyr voids nothing                                                           | PENDING_NOT_FOUND at step 0
            at 10:40 cyr transfers 1 TOKEN to bea from ana                              | NOT_AUTHORISED at step 0
            cyr reserves 1 TOKEN to bea from ana until=0:00                             | NOT_AUTHORISED at step 0
            cyr mints 1 TOKEN to ana                                                    | NOT_AUTHORISED at step 0
            cyr burns 1 TOKEN                                                           | NOT_AUTHORISED at step 0
            cyr opens ana                                                               | NOT_AUTHORISED at step 0
            cyr creates TOKEN                                                           | NOT_AUTHORISED at step 0
            cyr limits ana TOKEN                                                        | NOT_AUTHORISED at step 0
            cyr gives ana                                                               | NOT_AUTHORISED at step 0
            cyr revokes car of=ana                                                      | NOT_AUTHORISED at step 0
            cyr recovers ana                                                            | NOT_AUTHORISED at step 0
            cyr objects ana                                                             | NOT_AUTHORISED at step 0
            ana delegates car assets=TOKEN:20 counterparties=bea period=600000          | accepted
            at 10:50 ana transfers 25 TOKEN to cyr signed by car                        | BEYOND_DELEGATION at step 0
            ana transfers 10000 EUR to bea signed by car                                | BEYOND_DELEGATION at step 0
            ana reserves 25 TOKEN to bea signed by car                                  | BEYOND_DELEGATION at step 0
            ana transfers 25 TOKEN to bea signed by car                                 | DELEGATION_EXHAUSTED at step 0
            ana transfers 15 TOKEN to bea signed by car                                 | accepted
            ana transfers 10 TOKEN to bea signed by car                                 | DELEGATION_EXHAUSTED at step 0
            ana transfers 5 TOKEN to bea; transfers 5 TOKEN to bea signed by car        | DELEGATION_EXHAUSTED at step 1
            ana gives ana signed by car                                                 | NOT_AUTHORISED at step 0
            ana delegates car signed by car                                             | NOT_AUTHORISED at step 0
            at 11:00:01 ana transfers 20 TOKEN to bea signed by car                     | accepted
            founder opens key with=pk@site:1; creates DEED issuer=key verify=7 cap=1000 | accepted
            key mints 8 DEED to ana signed by pk@site                                   | VERIFICATION_REQUIRED at step 0
            key mints 7 DEED to key signed by pk@site                                   | accepted
            key mints 8 DEED to key signed by pk@site+                                  | accepted
            key burns 8 DEED signed by pk@site                                          | VERIFICATION_REQUIRED at step 0
            key transfers 8 DEED to ana signed by pk@site                               | VERIFICATION_REQUIRED at step 0
            key transfers 8 DEED to ana signed by pk@elsewhere+                         | NOT_SIGNED_BY_SENDER
            key transfers 8 DEED to ana signed by pk@site+                              | accepted
            at 11:10 ana transfers 1001 TOKEN to bea                                    | AMOUNT_NOT_WHOLE at step 0
            bank mints 9999 TOKEN to ana                                                | AMOUNT_NOT_WHOLE at step 0
            bank burns 9999 TOKEN                                                       | AMOUNT_NOT_WHOLE at step 0
            founder opens ana                                                           | ACCOUNT_EXISTS at step 0
            founder creates TOKEN                                                       | ASSET_EXISTS at step 0
            founder opens old; creates GONE issuer=old cap=5                            | accepted
            old mints 5 GONE to old; closes old                                         | accepted
            ana transfers 1000 TOKEN to old                                             | ACCOUNT_CLOSED at step 0
            old transfers 5 GONE to ana                                                 | ACCOUNT_CLOSED at step 0
            old mints 5 GONE to ana                                                     | ACCOUNT_CLOSED at step 0
            old burns 5 GONE                                                            | ACCOUNT_CLOSED at step 0
            old limits ana GONE                                                         | ACCOUNT_CLOSED at step 0
            bank limits old TOKEN                                                       | ACCOUNT_CLOSED at step 0
            bank mints 1000 TOKEN to old                                                | ACCOUNT_CLOSED at step 0
            founder creates MORE issuer=old                                             | ACCOUNT_CLOSED at step 0
            old gives old                                                               | ACCOUNT_CLOSED at step 0
            old revokes car                                                             | ACCOUNT_CLOSED at step 0
            at 11:20 ana revokes bus                                                    | DELEGATION_NOT_FOUND at step 0
            ana delegates bus; delegates bike                                           | TOO_MANY_DELEGATIONS at step 1
            ana delegates bus; delegates bus                                            | accepted
            ana guards ana by=bea,cyr threshold=2 delay=60000                           | accepted
            bea recovers ana with=ana2 lost=ana                                         | NOT_AUTHORISED at step 0
            bea objects ana signed by bea,ana                                           | NO_RECOVERY at step 0
            bea recovers ana with=ana2 lost=ana signed by bea,cyr                       | accepted
            bea recovers ana with=ana3 signed by bea,cyr                                | RECOVERY_UNDER_WAY at step 0
            bea objects ana signed by bea,ana                                           | NOT_AUTHORISED at step 0
            ana transfers 5 TOKEN to bea                                                | NOT_SIGNED_BY_SENDER
            at 11:30 cyr gives cyr signed by cyr                                        | fires recovery, accepted
            ana transfers 5 TOKEN to bea signed by ana                                  | NOT_SIGNED_BY_SENDER
            ana transfers 5 TOKEN to bea signed by ana2                                 | accepted
            bea reserves 1000 TOKEN to cyr until=11:29                                  | EXPIRY_OUT_OF_RANGE at step 0
            bea reserves 1000 TOKEN to cyr until=1d11:31                                | EXPIRY_OUT_OF_RANGE at step 0
            bea reserves 5 TOKEN to cyr as a; reserves 5 TOKEN to cyr as b              | accepted
            bea reserves 5 TOKEN to cyr arbiter=bank as c; reserves 1000 TOKEN to cyr   | TOO_MANY_PENDING at step 1
            bea reserves 15 TOKEN to cyr arbiter=bank as c                              | accepted
            cyr posts c 21                                                              | AMOUNT_NOT_WHOLE at step 0
            cyr posts c 20                                                              | AMOUNT_EXCEEDS_PENDING at step 0
            bea posts c 10                                                              | NOT_AUTHORISED at step 0
            bank limits bea TOKEN owing=0 receives                                      | accepted
            bea transfers most TOKEN to cyr                                             | AMOUNT_NOT_WHOLE at step 0
            bea transfers 9223372036854775805 TOKEN to cyr                              | ONLY_RECEIVES at step 0
            bank limits bank TOKEN receives                                             | accepted
            bank burns 1000 TOKEN                                                       | ONLY_RECEIVES at step 0
            bank limits bank TOKEN owing=20                                             | accepted
            cyr transfers 9223372036854775805 TOKEN to bea                              | AMOUNT_OVERFLOW at step 0
            bank mints 9223372036854775805 TOKEN to bea                                 | AMOUNT_OVERFLOW at step 0
            bank burns 9223372036854775805 TOKEN                                        | AMOUNT_OVERFLOW at step 0
            at 11:40 bank mints 855 TOKEN to bea                                        | CAP_EXCEEDED at step 0
            ana mints 1 EUR to ana signed by ana2,founder                               | AMOUNT_NOT_WHOLE at step 0
            ana mints 10000 EUR to ana signed by ana2,founder                           | CAP_EXCEEDED at step 0
            cyr transfers 15 TOKEN to bank                                              | FUNDS_INSUFFICIENT at step 0
            cyr transfers 10 TOKEN to bank                                              | accepted
            cyr reserves 5 TOKEN to bank                                                | FUNDS_INSUFFICIENT at step 0
            bank burns 15 TOKEN                                                         | FUNDS_INSUFFICIENT at step 0
            bank burns 10 TOKEN                                                         | accepted
            balance ana TOKEN                                                           | 0 40 0 100
            balance bea TOKEN                                                           | 25 0 0 90
            balance cyr TOKEN                                                           | 0 10 25 0
            balance bank TOKEN                                                          | 0 10 0 10
            balance issuance/TOKEN TOKEN                                                | 0 150 0 10
            """;

    @Test
    void eachReasonHasItsRowByPrecedence() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        Set<AccountRejection> seen = EnumSet.noneOf(AccountRejection.class);
        List<String> rows = REASONS.lines().toList();
        List<String> played = new ArrayList<>();
        for (String row : rows) {
            Digest before = ledger.state().accounts().root();
            String answer = ledger.run(AccountScript.line(row));
            played.add(AccountScript.answered(row, answer));
            if (answer.contains(" at step ")) {
                seen.add(AccountRejection.valueOf(answer.split(" ", -1)[0]));
                assertThat(ledger.state().accounts().root()).as(row).isEqualTo(before);
            }
        }
        assertThat(played).isEqualTo(rows);
        assertThat(seen).isEqualTo(EnumSet.allOf(AccountRejection.class));
    }

    @Test
    void reasonsAreListedByNumberWithoutGaps() {
        assertThat(EnumSet.allOf(AccountRejection.class))
                .extracting(AccountRejection::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, AccountRejection.values().length)
                                .boxed()
                                .toList());
    }

    /// LE-90: an exchange with its fee; what is refused at the last step moves nothing.
    @Test
    void stepsStandOrFallTogether() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana; opens bea; opens pool; creates TOKEN                     | accepted
                founder mints 40 TOKEN to ana                                               | accepted
                ana transfers 30 TOKEN to bea; transfers 20000 EUR to ana from bea; transfers 1 TOKEN to pool signed by ana,bea | accepted
                ana transfers 5 TOKEN to bea; transfers 5 TOKEN to pool                     | FUNDS_INSUFFICIENT at step 1
                ana transfers 5 TOKEN to bea; transfers 2000000 EUR to ana from bea signed by ana,bea | FUNDS_INSUFFICIENT at step 1
                ana transfers 5 TOKEN to bea; transfers 10000 EUR to ana from bea           | NOT_AUTHORISED at step 1
                bea transfers 30 TOKEN to ana; transfers 39 TOKEN to pool from ana signed by ana,bea | accepted
                balance ana TOKEN                                                           | 0 70 0 70
                balance bea TOKEN                                                           | 0 30 0 30
                balance pool TOKEN                                                          | 0 0 0 40
                balance ana EUR                                                             | 0 0 0 20000
                balance bea EUR                                                             | 0 20000 0 0
                """);
    }

    /// LE-103: posted in whole or in part, voided, expired: one of these, once.
    @Test
    void whatIsReservedEndsOnce() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana; opens bea; opens judge; creates TOKEN                    | accepted
                founder mints 100 TOKEN to ana                                              | accepted
                at 9:00 ana reserves 30 TOKEN to bea until=10:00 as a; reserves 30 TOKEN to bea until=10:00 arbiter=judge as b; reserves 30 TOKEN to bea until=10:01 as c | accepted
                balance ana TOKEN                                                           | 90 0 0 100
                balance bea TOKEN                                                           | 0 0 90 0
                ana transfers 11 TOKEN to bea                                               | FUNDS_INSUFFICIENT at step 0
                bea transfers 1 TOKEN to ana                                                | FUNDS_INSUFFICIENT at step 0
                ana voids a                                                                 | NOT_AUTHORISED at step 0
                judge posts a                                                               | NOT_AUTHORISED at step 0
                judge posts b 12                                                            | accepted
                judge posts b                                                               | PENDING_NOT_FOUND at step 0
                judge voids b                                                               | PENDING_NOT_FOUND at step 0
                balance ana TOKEN                                                           | 60 12 0 100
                ana posts a                                                                 | accepted
                pending c                                                                   | 30 TOKEN
                at 10:00 bea posts c 1; transfers 1 TOKEN to ana                            | accepted
                at 10:01 founder tick                                                       |
                balance ana TOKEN                                                           | 0 43 0 101
                balance bea TOKEN                                                           | 0 1 0 43
                ana reserves 5 TOKEN to bea until=10:02 as d; reserves 6 TOKEN to bea until=10:02 as e; closes ana | accepted
                bea posts d                                                                 | accepted
                at 10:02 bea posts e                                                        | fires e, PENDING_NOT_FOUND at step 0
                pending e                                                                   | none
                balance ana TOKEN                                                           | 0 48 0 101
                """);
    }

    /// LE-111: what others owe the issuer cannot be burnt, and an account of the issuance account's
    /// name is none for its asset.
    @Test
    void whatIsOutWasMintedAndNotBurnt() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana; opens bank; opens issuance/TOKEN; creates TOKEN issuer=bank owing=50 cap=100 | accepted
                ana transfers 50 TOKEN to bank                                              | accepted
                bank burns 1 TOKEN                                                          | FUNDS_INSUFFICIENT at step 0
                bank mints 20 TOKEN to ana                                                  | accepted
                bank burns 21 TOKEN                                                         | FUNDS_INSUFFICIENT at step 0
                ana transfers 1 TOKEN to issuance/TOKEN                                     | ACCOUNT_NOT_FOUND at step 0
                ana transfers 1 TOKEN to ana from issuance/TOKEN signed by ana,issuance/TOKEN | ACCOUNT_NOT_FOUND at step 0
                ana transfers 10000 EUR to issuance/TOKEN                                   | accepted
                bank burns 20 TOKEN; mints 100 TOKEN to bank                                | accepted
                bank mints 1 TOKEN to bank                                                  | CAP_EXCEEDED at step 0
                balance issuance/TOKEN TOKEN                                                | 0 120 0 20
                """);
    }

    /// LE-112 and LE-152: a limit that is lowered below what is owed takes nothing back, and does
    /// not stop what was reserved.
    @Test
    void aLoweredLimitHoldsForWhatComes() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana; opens bea; creates TOKEN owing=50                        | accepted
                ana reserves 20 TOKEN to bea as a; transfers 30 TOKEN to bea; limits ana TOKEN owing=0 signed by ana,founder | accepted
                ana transfers 1 TOKEN to bea                                                | FUNDS_INSUFFICIENT at step 0
                bea posts a                                                                 | accepted
                founder limits ana TOKEN owing=60 receives                                  | accepted
                ana transfers 1 TOKEN to bea                                                | ONLY_RECEIVES at step 0
                founder limits ana TOKEN owing=60                                           | accepted
                ana transfers 11 TOKEN to bea                                               | FUNDS_INSUFFICIENT at step 0
                ana transfers 10 TOKEN to bea                                               | accepted
                balance ana TOKEN                                                           | 0 60 0 0
                """);
    }
}
