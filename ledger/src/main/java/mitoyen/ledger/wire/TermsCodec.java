package mitoyen.ledger.wire;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.PriceLine;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.SharingKey.Rounding;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;

/// Terms as CBOR: what the commitment on the ledger binds, kept in the vault of each node (LE-85).
/// They hold meter ids and never go on the ledger themselves.
public final class TermsCodec {
    private static final int DEPTH = 5;
    private static final int LONGEST_TEXT = 1_000;

    private TermsCodec() {}

    /// The one encoding of terms.
    public static byte[] encode(Terms terms) {
        CborWriter writer = new CborWriter().map(terms.publishTotals().isPresent() ? 10 : 9);
        write(writer.key("key"), terms.key());
        writer.key("zone").text(terms.zone());
        writer.key("prices").array(terms.prices().size());
        terms.prices().forEach(line -> write(writer, line));
        writer.key("billing").text(word(terms.billing()));
        writer.key("members").array(terms.members().size());
        terms.members().forEach(member -> write(writer, member));
        writer.key("currency").text(terms.currency());
        writer.key("community").text(terms.community());
        writer.key("step-minutes").integer(terms.stepMinutes());
        terms.publishTotals().ifPresent(said -> writer.key("publish-totals").bool(said));
        writer.key("network-operator").text(terms.networkOperator());
        return writer.toBytes();
    }

    /// The terms that these bytes are.
    ///
    /// @throws CborException if they are none
    public static Terms decode(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        SharingKey key = readKey(reader.key("key"), bytes.length);
        String zone = reader.key("zone").text(LONGEST_TEXT);
        int lines = reader.key("prices").beginArray(bytes.length);
        List<PriceLine> prices = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            prices.add(readPrices(reader));
        }
        reader.endArray();
        BillingPeriod billing = readBilling(reader.key("billing"));
        int count = reader.key("members").beginArray(bytes.length);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(readMember(reader, bytes.length));
        }
        reader.endArray();
        String currency = reader.key("currency").text(LONGEST_TEXT);
        String community = reader.key("community").text(LONGEST_TEXT);
        int step = (int) reader.key("step-minutes").unsigned(Integer.MAX_VALUE);
        Optional<Boolean> publish =
                reader.optionalKey("publish-totals")
                        ? Optional.of(reader.bool())
                        : Optional.empty();
        String operator = reader.key("network-operator").text(LONGEST_TEXT);
        reader.endMap();
        reader.end();
        return new Terms(
                community, zone, step, currency, billing, publish, key, prices, operator, members);
    }

    private static void write(CborWriter writer, SharingKey key) {
        writer.map(1);
        switch (key) {
            case SharingKey.FromOperator() -> writer.key("from-operator").map(0);
            case SharingKey.ProRata(Rounding rounding) ->
                    writer.key("pro-rata").text(word(rounding));
            case SharingKey.Static(SortedMap<String, Share> coefficients) -> {
                writer.key("static").array(coefficients.size());
                coefficients.forEach(
                        (meter, share) -> writer.array(2).text(meter).integer(share.millionths()));
            }
        }
    }

    private static SharingKey readKey(CborReader reader, int limit) throws CborException {
        reader.beginMap();
        int start = reader.offset();
        String kind = reader.nextKey();
        SharingKey key =
                switch (kind) {
                    case "from-operator" -> {
                        reader.beginMap();
                        reader.endMap();
                        yield new SharingKey.FromOperator();
                    }
                    case "pro-rata" -> new SharingKey.ProRata(readRounding(reader));
                    case "static" -> new SharingKey.Static(readCoefficients(reader, limit));
                    default -> throw new CborException(start, "an unknown sharing key");
                };
        reader.endMap();
        return key;
    }

    private static SortedMap<String, Share> readCoefficients(CborReader reader, int limit)
            throws CborException {
        SortedMap<String, Share> coefficients = new TreeMap<>();
        int count = reader.beginArray(limit);
        for (int i = 0; i < count; i++) {
            int start = reader.offset();
            reader.beginArray(2);
            String meter = reader.text(LONGEST_TEXT);
            if (i > 0 && coefficients.lastKey().compareTo(meter) >= 0) {
                throw new CborException(start, "a meter twice or out of order");
            }
            coefficients.put(meter, new Share(reader.unsigned(Long.MAX_VALUE)));
            reader.endArray();
        }
        reader.endArray();
        return coefficients;
    }

    private static void write(CborWriter writer, PriceLine line) {
        writer.map(6);
        writer.key("from").text(line.from().toString());
        writer.key("local").integer(line.local().microsPerKwh());
        writer.key("feed-in").integer(line.feedIn().microsPerKwh());
        writer.key("supplier").integer(line.supplier().microsPerKwh());
        writer.key("network-fee").integer(line.networkFee().microsPerKwh());
        writer.key("community-fee").integer(line.communityFee().microsPerKwh());
    }

    private static PriceLine readPrices(CborReader reader) throws CborException {
        reader.beginMap();
        LocalDate from = Fields.day(reader.key("from"));
        Price local = readPrice(reader.key("local"));
        Price feedIn = readPrice(reader.key("feed-in"));
        Price supplier = readPrice(reader.key("supplier"));
        Price networkFee = readPrice(reader.key("network-fee"));
        Price communityFee = readPrice(reader.key("community-fee"));
        reader.endMap();
        return new PriceLine(from, local, supplier, feedIn, communityFee, networkFee);
    }

    private static void write(CborWriter writer, Member member) {
        writer.map(2 + (member.vat().isPresent() ? 1 : 0) + (member.price().isPresent() ? 1 : 0));
        writer.key("id").text(member.id());
        member.vat().ifPresent(vat -> writer.key("vat").integer(vat.millionths()));
        member.price().ifPresent(price -> writer.key("price").integer(price.microsPerKwh()));
        writer.key("meters").array(member.meters().size());
        member.meters().forEach(tenure -> write(writer, tenure));
    }

    private static Member readMember(CborReader reader, int limit) throws CborException {
        reader.beginMap();
        String id = reader.key("id").text(LONGEST_TEXT);
        Optional<Share> vat =
                reader.optionalKey("vat")
                        ? Optional.of(new Share(reader.unsigned(Long.MAX_VALUE)))
                        : Optional.empty();
        Optional<Price> price =
                reader.optionalKey("price") ? Optional.of(readPrice(reader)) : Optional.empty();
        int count = reader.key("meters").beginArray(limit);
        List<Tenure> meters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            meters.add(readTenure(reader));
        }
        reader.endArray();
        reader.endMap();
        return new Member(id, price, vat, meters);
    }

    private static void write(CborWriter writer, Tenure tenure) {
        writer.map(1 + (tenure.to().isPresent() ? 1 : 0) + (tenure.from().isPresent() ? 1 : 0));
        tenure.to().ifPresent(day -> writer.key("to").text(day.toString()));
        tenure.from().ifPresent(day -> writer.key("from").text(day.toString()));
        writer.key("meter").text(tenure.meter());
    }

    private static Tenure readTenure(CborReader reader) throws CborException {
        reader.beginMap();
        Optional<LocalDate> to =
                reader.optionalKey("to") ? Optional.of(Fields.day(reader)) : Optional.empty();
        Optional<LocalDate> from =
                reader.optionalKey("from") ? Optional.of(Fields.day(reader)) : Optional.empty();
        String meter = reader.key("meter").text(LONGEST_TEXT);
        reader.endMap();
        return new Tenure(meter, from, to);
    }

    private static Price readPrice(CborReader reader) throws CborException {
        return new Price(reader.unsigned(Long.MAX_VALUE));
    }

    private static String word(BillingPeriod billing) {
        return switch (billing) {
            case MONTH -> "month";
            case DAY -> "day";
        };
    }

    private static BillingPeriod readBilling(CborReader reader) throws CborException {
        int start = reader.offset();
        return switch (reader.text(LONGEST_TEXT)) {
            case "month" -> BillingPeriod.MONTH;
            case "day" -> BillingPeriod.DAY;
            default -> throw new CborException(start, "an unknown billing period");
        };
    }

    private static String word(Rounding rounding) {
        return switch (rounding) {
            case CONSERVING -> "conserving";
            case AT_DSO -> "at-dso";
        };
    }

    private static Rounding readRounding(CborReader reader) throws CborException {
        int start = reader.offset();
        return switch (reader.text(LONGEST_TEXT)) {
            case "conserving" -> Rounding.CONSERVING;
            case "at-dso" -> Rounding.AT_DSO;
            default -> throw new CborException(start, "an unknown rounding");
        };
    }
}
