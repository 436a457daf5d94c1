package mitoyen.ledger.energy;

/// Sums of the days of one billing period under the same terms and price line [mWh], dense by index
/// of member: adding a day to it costs no look-up.
final class BillingSheet {
    private final String period;
    private final Terms terms;
    private final PriceLine prices;
    private final int members;
    private final long[] trades;
    private final long[] consumption;
    private final long[] allocated;
    private final long[] production;
    private final long[] sold;

    BillingSheet(String period, Terms terms, PriceLine prices) {
        this.period = period;
        this.terms = terms;
        this.prices = prices;
        members = terms.members().size();
        trades = new long[Math.multiplyExact(members + 1, members)];
        consumption = new long[members];
        allocated = new long[members];
        production = new long[members];
        sold = new long[members];
    }

    /// Whether a day belongs on this sheet.
    boolean takes(String period, Terms terms, PriceLine prices) {
        return this.period.equals(period) && this.prices.equals(prices) && this.terms.equals(terms);
    }

    void add(Roster roster, DayReadings readings, DayAllocation allocation, DayTrades dayTrades) {
        int size = Math.multiplyExact(readings.intervals(), roster.meterCount());
        if (roster.memberCount() != members
                || dayTrades.members() != members
                || readings.consumption().length != size
                || allocation.allocated().length != size) {
            throw new IllegalArgumentException("a day's parts are of different sizes");
        }
        int[] owners = roster.places().stream().mapToInt(Roster.Place::member).toArray();
        addByOwner(consumption, readings.consumption(), owners);
        addByOwner(allocated, allocation.allocated(), owners);
        addByOwner(production, readings.production(), owners);
        addByOwner(sold, allocation.sold(), owners);
        for (int seller = 0; seller <= members; seller++) {
            for (int buyer = 0; buyer < members; buyer++) {
                int i = seller * members + buyer;
                trades[i] = Math.addExact(trades[i], dayTrades.mWh(seller, buyer));
            }
        }
    }

    String period() {
        return period;
    }

    PriceLine prices() {
        return prices;
    }

    Terms terms() {
        return terms;
    }

    int members() {
        return members;
    }

    /// What a buyer received from a seller [mWh]; the community's account sells as index
    /// [#members()].
    long tradedMwh(int seller, int buyer) {
        return trades[seller * members + buyer];
    }

    EnergyUse use(int member) {
        return new EnergyUse(
                consumption[member], allocated[member], production[member], sold[member]);
    }

    private static void addByOwner(long[] sums, long[] values, int[] owners) {
        int meters = owners.length;
        for (int from = 0; from < values.length; from += meters) {
            for (int place = 0; place < meters; place++) {
                int owner = owners[place];
                sums[owner] = Math.addExact(sums[owner], values[from + place]);
            }
        }
    }
}
