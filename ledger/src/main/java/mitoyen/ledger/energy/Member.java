package mitoyen.ledger.energy;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;

/// A member's part of the terms: what the arithmetic needs of him, and no more.
///
/// @param id `[a-z0-9-]`, unique in the community
/// @param price what he asks of other members instead of the local price
/// @param vat his rate of value added tax as a seller; whoever produces states one, if only 0
/// @param meters his meters in the order of the file, each with the days on which it is his
public record Member(String id, Optional<Price> price, Optional<Share> vat, List<Tenure> meters) {
    public Member {
        meters = List.copyOf(meters);
    }
}
