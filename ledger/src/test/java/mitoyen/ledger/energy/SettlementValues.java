package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.RoundTrip.Codec;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// What the state holds of communities with settlers, as bytes (LE-180, LE-182, LE-185): examples
/// with all that may be left out, and codecs.
final class SettlementValues {
    static final Map<String, Codec> CODECS =
            new TreeMap<>(
                    Map.of(
                            "community",
                            input -> EnergyState.Community.fromCbor(input).toCbor(),
                            "proposal",
                            input -> DayProposal.fromCbor(input).toCbor(),
                            "open-claim",
                            input -> OpenClaim.fromCbor(input).toCbor()));

    private static final Digest DIGEST = Digest.of(new byte[Digest.LENGTH]);

    private SettlementValues() {}

    static Map<String, byte[]> examples() {
        EnergyState.Community community =
                new EnergyState.Community(
                        "a",
                        new SignerKey(ByteString.of(new byte[SignerKey.LENGTH])),
                        new Asset("EUR"),
                        account(1),
                        account(2),
                        account(3),
                        Optional.of(new Settlers(List.of(account(4), account(5)), 2, 70_000)));
        return new TreeMap<>(
                Map.of(
                        "community",
                        community.toCbor(),
                        "proposal",
                        proposal().toCbor(),
                        "open-claim",
                        openClaim().toCbor()));
    }

    static DayProposal proposal() {
        return new DayProposal(
                account(4),
                settlement(),
                List.of(account(4), account(5)),
                List.of(account(5)),
                List.of(
                        new Objection(
                                account(6),
                                Optional.of(SettledRoot.READINGS),
                                DIGEST,
                                OptionalInt.of(300)),
                        new Objection(
                                account(7),
                                Optional.of(SettledRoot.ALLOCATIONS),
                                DIGEST,
                                OptionalInt.empty())));
    }

    static OpenClaim openClaim() {
        return new OpenClaim(
                account(4),
                new ClaimMonth(
                        "a", "2025-10", 1, 9, List.of(new Claim(account(8), new Money(-70_000)))),
                Long.MAX_VALUE,
                true,
                List.of(account(4)),
                List.of(new Objection(account(5), Optional.empty(), DIGEST, OptionalInt.of(0))));
    }

    static SettleDay settlement() {
        return new SettleDay(
                "a",
                LocalDate.of(2025, 10, 1),
                0,
                86_400_000,
                96,
                Optional.of(DIGEST),
                DIGEST,
                DIGEST,
                DIGEST,
                new EnergyTransaction.Totals.Published(
                        12,
                        new Energy(900),
                        new Energy(500),
                        new Energy(400),
                        new Energy(400),
                        true));
    }

    static AccountId account(int number) {
        byte[] bytes = new byte[AccountId.LENGTH];
        bytes[0] = (byte) number;
        return new AccountId(ByteString.of(bytes));
    }
}
