package mitoyen.node.settlers;

import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;

/// What a settler said, for the log: days, months and roots, and nothing of anyone's energy.
final class SettlerWords {
    private SettlerWords() {}

    /// A line of the log.
    ///
    /// @param height the block that it is in
    static String said(EnergyTransaction step, long height) {
        return what(step) + ", block " + height;
    }

    private static String what(EnergyTransaction step) {
        return switch (step) {
            case SettleDay day -> "proposed " + day.day() + " of " + day.community();
            case AttestDay attest ->
                    "attested the %s of %s, proposed by %s"
                            .formatted(attest.kind(), attest.day(), attest.proposer());
            case DissentDay dissent ->
                    "dissented from the %s of %s, proposed by %s%s"
                            .formatted(
                                    dissent.kind(),
                                    dissent.day(),
                                    dissent.proposer(),
                                    dissent.index().isPresent()
                                            ? ": they differ from leaf "
                                                    + dissent.index().getAsInt()
                                                    + " on"
                                            : "; nobody showed the other leaves");
            case ClaimMonth claim -> "claimed " + claim.month() + " of " + claim.community();
            case AttestClaim attest ->
                    "attested the claims of %s, made by %s"
                            .formatted(attest.month(), attest.proposer());
            case ObjectClaim objection ->
                    "objected to the claims of %s, made by %s"
                            .formatted(objection.month(), objection.proposer());
            case FoundCommunity founded -> "founded " + founded.community();
        };
    }
}
