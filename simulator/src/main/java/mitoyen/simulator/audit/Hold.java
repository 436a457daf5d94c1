package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;

/// What is reserved (LE-103).
///
/// @param expires from when on it can no longer be posted [ms since 1970]
public record Hold(
        Asset asset,
        AccountId from,
        AccountId to,
        BigInteger amount,
        long expires,
        Optional<AccountId> arbiter) {}
