package mitoyen.ledger.wire;

import org.junit.jupiter.api.Test;

/// Who signs for an account, and how that changes, as tables (LE-101, LE-120 to LE-126).
final class SignerRulesTest {
    /// LE-120, LE-121 and LE-126: weights, a threshold, passkeys of one site, and rotation from the
    /// next transaction on.
    @Test
    void signersReachAThreshold() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana with=a:2,b:1,c:1 threshold=3; opens bea with=pk@site,plain threshold=2 | accepted
                ana transfers 10000 EUR to bea signed by a                                     | NOT_AUTHORISED at step 0
                ana transfers 10000 EUR to bea signed by b,c                                   | NOT_AUTHORISED at step 0
                ana transfers 10000 EUR to bea signed by a,c                                   | accepted
                bea transfers 10000 EUR to ana signed by plain                                 | NOT_AUTHORISED at step 0
                bea transfers 10000 EUR to ana signed by pk@other,plain                        | NOT_AUTHORISED at step 0
                bea transfers 10000 EUR to ana signed by pk@site,plain                         | accepted
                ana gives ana with=d; transfers 10000 EUR to bea signed by a,b                 | NOT_AUTHORISED at step 1
                ana gives ana with=d; transfers 10000 EUR to bea signed by a,b,d               | accepted
                ana transfers 10000 EUR to bea signed by a,b,c                                 | NOT_SIGNED_BY_SENDER
                ana gives ana with= signed by d                                                | SIGNERS_INVALID at step 0
                ana transfers 10000 EUR to bea signed by d                                     | accepted
                founder opens cyr signed by ana                                                | NOT_SIGNED_BY_SENDER
                """);
    }

    /// LE-123: what a delegated key may, and that it may no more from the next transaction on.
    @Test
    void aDelegatedKeyDoesALittle() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana; opens bea; opens cyr; opens judge                                 | accepted
                founder creates TOKEN owing=900000                                              | accepted
                at 9:00 ana delegates car kinds=reserve,post assets=TOKEN:30 period=3600000 until=12:00 | accepted
                at 9:01 ana reserves 20 TOKEN to bea as a; reserves 10 TOKEN to cyr arbiter=judge as b signed by car | accepted
                at 9:59:59 ana reserves 1 TOKEN  to bea signed by car                          | DELEGATION_EXHAUSTED at step 0
                ana posts a signed by car                                                      | NOT_AUTHORISED at step 0
                bea delegates till kinds=post,void assets=TOKEN:0 counterparties=ana           | accepted
                bea posts a 5 signed by till                                                   | accepted
                bea voids b signed by till                                                     | NOT_AUTHORISED at step 0
                judge delegates desk kinds=void assets=TOKEN:0 counterparties=bea              | accepted
                judge voids b signed by desk                                                   | NOT_AUTHORISED at step 0
                judge delegates desk kinds=post assets=TOKEN:0 counterparties=ana              | accepted
                judge voids b signed by desk                                                   | NOT_AUTHORISED at step 0
                judge posts b signed by desk                                                   | accepted
                at 10:02 ana reserves 30 TOKEN to bea as c signed by car                       | accepted
                bea voids c signed by till                                                     | accepted
                ana reserves 1 TOKEN to bea signed by car                                      | DELEGATION_EXHAUSTED at step 0
                ana delegates car kinds=reserve,post assets=TOKEN:30 until=12:00               | accepted
                ana reserves 30 TOKEN to bea as d signed by car                                | accepted
                at 12:00 ana reserves 1 TOKEN to bea signed by car                             | NOT_SIGNED_BY_SENDER
                ana delegates car assets=TOKEN:5; revokes car; transfers 1 TOKEN to bea        | accepted
                ana transfers 1 TOKEN to bea signed by car                                     | NOT_SIGNED_BY_SENDER
                ana delegates car assets=TOKEN:5; delegates bus assets=TOKEN:9                 | accepted
                ana transfers 9 TOKEN to bea signed by car,bus                                 | accepted
                ana transfers 5 TOKEN to bea signed by car,bus                                 | accepted
                ana transfers 1 TOKEN to bea signed by car,bus                                 | DELEGATION_EXHAUSTED at step 0
                at 13:00 founder delegates clerk kinds=transfer; delegates opener kinds=open-account | accepted
                founder opens dan signed by clerk                                              | BEYOND_DELEGATION at step 0
                founder opens dan signed by opener                                             | accepted
                founder creates MORE signed by opener                                          | NOT_AUTHORISED at step 0
                founder closes founder                                                         | accepted
                founder opens eva                                                              | ACCOUNT_CLOSED at step 0
                founder creates MORE                                                           | ACCOUNT_CLOSED at step 0
                balance ana TOKEN                                                              | 30 30 0 0
                """);
    }

    /// LE-122: a delegated plain key needs no user to be verified.
    @Test
    void aDelegatedKeyConsentsBesideAPasskeyThatDoesNot() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana with=pk@site; opens bea; creates TOKEN owing=900 verify=10   | accepted
                ana delegates car assets=TOKEN:50 signed by pk@site                            | accepted
                ana transfers 20 TOKEN to bea signed by pk@site                                | VERIFICATION_REQUIRED at step 0
                ana transfers 20 TOKEN to bea signed by pk@site,car                            | accepted
                ana transfers 40 TOKEN to bea signed by pk@site,car                            | VERIFICATION_REQUIRED at step 0
                ana transfers 10 TOKEN to bea signed by pk@site                                | accepted
                ana reserves 11 TOKEN to bea signed by pk@site                                 | VERIFICATION_REQUIRED at step 0
                ana reserves 11 TOKEN to bea as a signed by pk@site+                           | accepted
                ana posts a signed by pk@site                                                  | accepted
                """);
    }

    /// LE-124 and LE-125: one key that is not lost objects; lost keys count for nothing at once and
    /// for good, also as delegated ones; everything else stays.
    @Test
    void guardiansGiveAnAccountNewSigners() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana with=a,b threshold=2; opens g1; opens g2; creates TOKEN owing=90 | accepted
                ana guards ana by=g1,g2 threshold=2 delay=3600000 signed by a,b                | accepted
                ana delegates phone assets=TOKEN:9; delegates car assets=TOKEN:9 signed by a,b | accepted
                at 9:00 g1 recovers ana with=new lost=a,phone signed by g1                     | NOT_AUTHORISED at step 0
                g1 recovers ana with=new lost=a,phone signed by g1,g2                          | accepted
                ana transfers 1 TOKEN to g1 signed by a,b                                      | NOT_AUTHORISED at step 0
                ana transfers 1 TOKEN to g1 signed by phone                                    | NOT_SIGNED_BY_SENDER
                ana transfers 1 TOKEN to g1 signed by car                                      | accepted
                ana objects ana signed by a                                                    | NOT_SIGNED_BY_SENDER
                ana objects ana signed by car                                                  | NOT_AUTHORISED at step 0
                ana objects ana signed by b                                                    | accepted
                ana transfers 1 TOKEN to g1 signed by a,b                                      | accepted
                ana objects ana signed by b                                                    | NO_RECOVERY at step 0
                at 9:30 g1 recovers ana with=new lost=a,phone signed by g1,g2                  | accepted
                at 10:29:59 ana transfers 1 TOKEN to g1 signed by new                          | NOT_SIGNED_BY_SENDER
                at 10:30 ana transfers 1 TOKEN to g1 signed by new                             | fires recovery, accepted
                ana transfers 1 TOKEN to g1 signed by a,b                                      | NOT_SIGNED_BY_SENDER
                ana transfers 1 TOKEN to g1 signed by phone                                    | NOT_SIGNED_BY_SENDER
                ana transfers 1 TOKEN to g1 signed by car                                      | accepted
                ana objects ana signed by new                                                  | NO_RECOVERY at step 0
                ana delegates phone assets=TOKEN:9 signed by new                               | accepted
                ana guards ana signed by new                                                   | accepted
                g1 recovers ana with=more signed by g1,g2                                      | NOT_AUTHORISED at step 0
                ana closes ana signed by new                                                   | accepted
                ana guards ana by=g1 signed by new                                             | ACCOUNT_CLOSED at step 0
                balance ana TOKEN                                                              | 0 4 0 0
                """);
    }
}
