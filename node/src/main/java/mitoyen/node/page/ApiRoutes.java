package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mitoyen.ledger.quantity.Decimals;
import tools.jackson.databind.json.JsonMapper;

/// The same facts for programs, as JSON: energy in kWh with six decimals and money with two, both
/// as strings. Documented in `docs/api.md`.
final class ApiRoutes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> KINDS = List.of("readings", "allocations");

    private final Supplier<Records> records;

    ApiRoutes(Supplier<Records> records) {
        this.records = records;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get("/api/street", this::street)
                .get("/api/days", this::days)
                .get("/api/days/{date}", this::day)
                .get("/api/members", this::members)
                .get("/api/members/{id}/days/{date}/proof", this::proof);
    }

    /// Energies in kWh, by name.
    static SequencedMap<String, Object> energies(Use use) {
        SequencedMap<String, Object> energies = new LinkedHashMap<>();
        energies.put("consumptionKwh", Decimals.formatMillionths(use.consumption()));
        energies.put("allocatedKwh", Decimals.formatMillionths(use.allocated()));
        energies.put("ownKwh", Decimals.formatMillionths(use.own()));
        energies.put("productionKwh", Decimals.formatMillionths(use.production()));
        energies.put("soldKwh", Decimals.formatMillionths(use.sold()));
        return energies;
    }

    private void street(ServerRequest request, ServerResponse response) {
        Street street = records.get().street();
        SequencedMap<String, Object> root = new LinkedHashMap<>();
        root.put("community", street.community());
        root.put("zone", street.zone().getId());
        root.put("currency", street.currency());
        root.put("periods", street.listPeriods());
        root.put("height", street.anchor().height());
        root.put("root", street.anchor().root());
        root.putAll(energies(street.total()));
        root.putAll(money(street.account()));
        send(response, root);
    }

    private void days(ServerRequest request, ServerResponse response) {
        send(response, records.get().street().days().stream().map(ApiRoutes::dayRow).toList());
    }

    private void day(ServerRequest request, ServerResponse response) throws IOException {
        Records now = records.get();
        Optional<Street.Day> day =
                findDate(request.path().pathParameters().get("date"))
                        .flatMap(now.street()::findDay);
        if (day.isEmpty()) {
            notFound(response);
            return;
        }
        DayCurve curve = now.curve(day.get().date());
        SequencedMap<String, Object> root = dayRow(day.get());
        root.put("missing", curve.missing());
        root.put("outside", curve.outside());
        root.put(
                "intervals",
                IntStream.range(0, curve.uses().size()).mapToObj(i -> interval(curve, i)).toList());
        send(response, root);
    }

    private void members(ServerRequest request, ServerResponse response) {
        Street all = records.get().street();
        Optional<String> period = Reader.query(request, "period");
        if (period.isPresent() && !all.listPeriods().contains(period.get())) {
            notFound(response);
            return;
        }
        Street street = period.map(all::during).orElse(all);
        send(
                response,
                IntStream.range(0, street.residents().size())
                        .mapToObj(place -> member(street, place))
                        .toList());
    }

    private void proof(ServerRequest request, ServerResponse response) throws IOException {
        String kind = Reader.query(request, "kind").orElse("");
        Optional<LocalDate> date = findDate(request.path().pathParameters().get("date"));
        Optional<DayProof> proof =
                date.isEmpty() || !KINDS.contains(kind)
                        ? Optional.empty()
                        : records.get()
                                .findProof(
                                        request.path().pathParameters().get("id"),
                                        date.get(),
                                        kind,
                                        Reader.query(request, "root").orElse(""));
        if (proof.isEmpty()) {
            notFound(response);
        } else {
            send(response, proof.get());
        }
    }

    private static SequencedMap<String, Object> dayRow(Street.Day day) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("date", day.date().toString());
        row.put("period", day.period());
        row.put("corrections", day.revision());
        row.put("height", day.height());
        row.put("readingsRoot", day.readingsRoot());
        row.put("allocationsRoot", day.allocationsRoot());
        row.putAll(energies(day.total()));
        return row;
    }

    private static Map<String, Object> interval(DayCurve curve, int index) {
        Use use = curve.uses().get(index);
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("start", curve.start().plus(curve.step().multipliedBy(index)).toString());
        row.putAll(energies(use));
        row.remove("ownKwh");
        return row;
    }

    private static Map<String, Object> member(Street street, int place) {
        Street.Resident resident = street.residents().get(place);
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("id", resident.id());
        row.put("name", resident.name());
        row.putAll(energies(street.useOf(place)));
        row.putAll(money(street.accountOf(resident.id())));
        return row;
    }

    private static Map<String, Object> money(Street.Account account) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("paid", Decimals.formatCents(account.paid()));
        row.put("earned", Decimals.formatCents(account.earned()));
        row.put("fees", Decimals.formatCents(account.fees()));
        row.put("saved", Decimals.formatCents(account.saved()));
        row.put("gained", Decimals.formatCents(account.gained()));
        row.put("balance", Decimals.formatCents(account.balance()));
        return row;
    }

    private static Optional<LocalDate> findDate(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    private static void notFound(ServerResponse response) {
        response.status(Status.NOT_FOUND_404);
        send(response, Map.of("error", "not found"));
    }

    private static void send(ServerResponse response, Object value) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(JSON.writeValueAsBytes(value));
    }
}
