package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// What may be asked of the energy contract (LE-30).
public sealed interface EnergyTransaction {
    /// The id of the community it is about, `[a-z0-9-]`, at most 40 characters.
    String community();

    /// Founds a community.
    ///
    /// @param settler whose signature its settlements need
    /// @param claims in which asset its members owe each other
    /// @param terms commitment to the terms it was founded with
    /// @param clearing the account between all claims, at 0 before and after each
    /// @param communityAccount what the community collects and pays
    /// @param networkOperatorAccount what the grid operator is owed
    /// @param settlers whose word settles its days and months, where it is not one key's
    record FoundCommunity(
            String community,
            SignerKey settler,
            Asset claims,
            Digest terms,
            AccountId clearing,
            AccountId communityAccount,
            AccountId networkOperatorAccount,
            Optional<Settlers> settlers)
            implements EnergyTransaction {
        /// Founds a community that one key settles.
        public FoundCommunity(
                String community,
                SignerKey settler,
                Asset claims,
                Digest terms,
                AccountId clearing,
                AccountId communityAccount,
                AccountId networkOperatorAccount) {
            this(
                    community,
                    settler,
                    claims,
                    terms,
                    clearing,
                    communityAccount,
                    networkOperatorAccount,
                    Optional.empty());
        }
    }

    /// Settles a local day, or settles it anew.
    ///
    /// @param day the local day, by which it is named
    /// @param startMillis when the settled span begins [ms since 1970]
    /// @param endMillis when it ends, excluded [ms since 1970]
    /// @param intervals how many intervals it has, at least 1
    /// @param supersedes the root of the allocations that it replaces; empty where the day was not
    ///   settled before
    /// @param readings the root over the leaves of the members' readings
    /// @param allocations the root over the leaves of what the members were allocated and sold
    /// @param terms commitment to the terms in force
    /// @param totals the sums over all meters
    record SettleDay(
            String community,
            LocalDate day,
            long startMillis,
            long endMillis,
            int intervals,
            Optional<Digest> supersedes,
            Digest readings,
            Digest allocations,
            Digest terms,
            Totals totals)
            implements EnergyTransaction {}

    /// Claims what a month's settled days made members owe each other, or the difference to what
    /// was claimed for it before.
    ///
    /// @param month in the local calendar, such as `2025-10`
    /// @param number which claim for this month it is: 1, 2, 3...
    /// @param through the height of the last block whose settlements it covers
    /// @param claims by rising account; their sum is 0
    record ClaimMonth(String community, String month, int number, long through, List<Claim> claims)
            implements EnergyTransaction {
        public ClaimMonth {
            claims = List.copyOf(claims);
        }
    }

    /// Attests a root of a day that a settler proposed (LE-183).
    ///
    /// @param proposer the settler who proposed it
    /// @param proposal the [hash][SettlementCodec#digest] of what he proposed
    /// @param kind which root
    record AttestDay(
            String community, LocalDate day, AccountId proposer, Digest proposal, SettledRoot kind)
            implements EnergyTransaction {}

    /// Says that a day comes to another root (LE-184).
    ///
    /// @param proposer the settler who proposed the day
    /// @param proposal the [hash][SettlementCodec#digest] of what he proposed
    /// @param kind which root
    /// @param root what it should be
    /// @param index of the first leaf that differs, from 0, if that is known
    record DissentDay(
            String community,
            LocalDate day,
            AccountId proposer,
            Digest proposal,
            SettledRoot kind,
            Digest root,
            OptionalInt index)
            implements EnergyTransaction {}

    /// Attests a month's claims (LE-186).
    ///
    /// @param proposer the settler who made them
    /// @param claim their [hash][SettlementCodec#digest]
    record AttestClaim(String community, String month, AccountId proposer, Digest claim)
            implements EnergyTransaction {}

    /// Objects to a month's claims (LE-187).
    ///
    /// @param proposer the settler who made them
    /// @param claim their [hash][SettlementCodec#digest]
    /// @param root the hash of what they should be
    /// @param index of the first claim that differs, from 0, if that is known
    record ObjectClaim(
            String community,
            String month,
            AccountId proposer,
            Digest claim,
            Digest root,
            OptionalInt index)
            implements EnergyTransaction {}

    /// A net claim.
    ///
    /// @param account a member's pseudonym, or the community's or the grid operator's account
    /// @param amount whole cents and not 0; positive is owed to the account, negative by it
    record Claim(AccountId account, Money amount) {}

    /// The sums of a day over all meters, said or only bound.
    sealed interface Totals {
        /// Sums that anyone may read.
        ///
        /// @param meters how many meters took part
        /// @param consumption [mWh]
        /// @param production [mWh]
        /// @param allocated what was received of the shared energy [mWh], at most the consumption
        /// @param sold what was given to it [mWh], at most the production
        /// @param agreed whether the terms in force publish totals although fewer meters take part
        ///   than make a crowd
        record Published(
                int meters,
                Energy consumption,
                Energy production,
                Energy allocated,
                Energy sold,
                boolean agreed)
                implements Totals {}

        /// A salted commitment to the sums.
        record Committed(Digest commitment) implements Totals {}
    }
}
