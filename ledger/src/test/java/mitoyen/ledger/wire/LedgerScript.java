package mitoyen.ledger.wire;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.SettlementCodec;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.Rejection;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// A ledger driven by a table of lines, one block a line, through real bytes and signatures.
///
/// A line is `who verb community [words] [key=value...]`; its answer is `accepted`, `exists` or the
/// name of a rejection. Names stand for keys, accounts and roots that are hashed from them.
///
/// ```
/// founder founds solaire
/// settler settles solaire 2025-10-01 allocations=a1 totals=12,900,500,500,500
/// settler claims solaire 2025-10 number=1 through=2 ana=12.30 bea=-12.30
/// ```
final class LedgerScript {
    static final Asset EUR = new Asset("EUR");

    private static final long MINUTE_MILLIS = 60_000;

    final Genesis genesis =
            new Genesis("test", Ed25519.keyOf(seed("founder")), Parameters.STANDARD);
    private final BlockExecution execution = new BlockExecution(genesis);
    private State state = State.INITIAL;
    private long height;
    private int sent;

    static byte[] seed(String name) {
        return digest(name).toBytes();
    }

    static Digest digest(String name) {
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    }

    static AccountId account(String name) {
        if (name.equals("founder")) {
            return AccountId.of(Ed25519.keyOf(seed(name)));
        }
        if (name.equals("council")) {
            return SharedLedger.TERMS.councilAccount();
        }
        if (name.startsWith("issuance/")) {
            return AccountId.issuance(new Asset(name.substring(name.indexOf('/') + 1)));
        }
        return new AccountId(ByteString.of(digest(name).toBytes(), 0, AccountId.LENGTH));
    }

    State state() {
        return state;
    }

    /// The answer to a line, executed as the only transaction of the next block.
    String run(String line) {
        return answer(execute(List.of(Bundle.of(List.of(signed(line))).toBytes())));
    }

    /// What comes of a block of these bundles, which is adopted.
    Draft.Sealed execute(List<byte[]> bundles) {
        Draft.Sealed sealed = execution.execute(state, new Moment(++height, height), bundles);
        state = sealed.state();
        return sealed;
    }

    /// The transaction that a line stands for, signed by who it says, under an id of its own unless
    /// it says `id=`.
    SignedTransaction signed(String line) {
        Words words = new Words(line);
        TransactionId id = id(words.option("id", "transaction " + ++sent));
        return SignedTransaction.sign(
                new Transaction.Version1(
                        id,
                        genesis.hash(),
                        Genesis.PROTOCOL_VERSION,
                        new Step.Energy(transaction(words))),
                seed(words.at(0)));
    }

    static String answer(Draft.Sealed sealed) {
        return switch (sealed.outcomes().getFirst().receipt()) {
            case Receipt.Accepted _ -> "accepted";
            case Receipt.Exists _ -> "exists";
            case Receipt.Rejected(_, Rejection rejection, _) -> rejection.name();
            case Receipt.Fired _ -> "fired";
            case Receipt.Noticed _ -> "noticed";
        };
    }

    /// What a receipt is an answer to.
    static Digest sent(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted(var sent) -> sent;
            case Receipt.Exists(var sent) -> sent;
            case Receipt.Rejected(var sent, _, _) -> sent;
            case Receipt.Fired(var timer) -> throw new IllegalArgumentException("timer " + timer);
            case Receipt.Noticed(var evidence) ->
                    throw new IllegalArgumentException(evidence.toString());
        };
    }

    static EnergyTransaction transaction(String line) {
        return transaction(new Words(line));
    }

    private static TransactionId id(String name) {
        return new TransactionId(ByteString.of(digest(name).toBytes(), 0, TransactionId.LENGTH));
    }

    private static EnergyTransaction transaction(Words words) {
        return switch (words.at(1)) {
            case "founds" ->
                    new FoundCommunity(
                            words.at(2),
                            Ed25519.keyOf(seed(words.option("settler", "settler"))),
                            EUR,
                            digest("terms"),
                            account(words.option("clearing", "clearing")),
                            account(words.option("community-account", "community")),
                            account(words.option("operator", "operator")),
                            words.settlers());
            case "settles" -> settlement(words);
            case "claims" -> claim(words);
            case "attests" ->
                    new AttestDay(
                            words.at(2),
                            LocalDate.parse(words.at(3)),
                            account(words.option("of", words.at(0))),
                            SettlementCodec.digest(settlement(words)),
                            SettledRoot.find(words.option("on", "readings")).orElseThrow());
            case "dissents" ->
                    new DissentDay(
                            words.at(2),
                            LocalDate.parse(words.at(3)),
                            account(words.option("of", words.at(0))),
                            SettlementCodec.digest(settlement(words)),
                            SettledRoot.find(words.option("on", "readings")).orElseThrow(),
                            digest(words.option("root", "other")),
                            words.index());
            case "confirms" ->
                    new AttestClaim(
                            words.at(2),
                            words.at(3),
                            account(words.option("of", words.at(0))),
                            SettlementCodec.digest(claim(words)));
            case "disputes" ->
                    new ObjectClaim(
                            words.at(2),
                            words.at(3),
                            account(words.option("of", words.at(0))),
                            SettlementCodec.digest(claim(words)),
                            words.plain.contains("agreeing")
                                    ? SettlementCodec.digest(claim(words))
                                    : digest(words.option("root", "other")),
                            words.index());
            default -> throw new IllegalArgumentException(words.at(1));
        };
    }

    private static ClaimMonth claim(Words words) {
        return new ClaimMonth(
                words.at(2),
                words.at(3),
                Integer.parseInt(words.option("number", "1")),
                Long.parseLong(words.option("through", "2")),
                words.claims());
    }

    private static SettleDay settlement(Words words) {
        LocalDate day = LocalDate.parse(words.at(3));
        long midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long start = midnight + Long.parseLong(words.option("start", "0")) * MINUTE_MILLIS;
        long end = midnight + Long.parseLong(words.option("end", "1440")) * MINUTE_MILLIS;
        return new SettleDay(
                words.at(2),
                day,
                start,
                end,
                Integer.parseInt(words.option("intervals", "96")),
                Optional.of(words.option("supersedes", ""))
                        .filter(name -> !name.isEmpty())
                        .map(LedgerScript::digest),
                digest(words.option("readings", "r1")),
                digest(words.option("allocations", "a1")),
                digest(words.option("terms", "terms")),
                totals(words.option("totals", "12,900,500,500,500")));
    }

    private static Totals totals(String text) {
        if (text.equals("committed")) {
            return new Totals.Committed(digest("totals"));
        }
        List<String> parts = List.of(text.split(",", -1));
        return new Totals.Published(
                Integer.parseInt(parts.get(0)),
                new Energy(Long.parseLong(parts.get(1))),
                new Energy(Long.parseLong(parts.get(2))),
                new Energy(Long.parseLong(parts.get(3))),
                new Energy(Long.parseLong(parts.get(4))),
                parts.contains("agreed"));
    }

    /// The words of a line, and its `key=value` options.
    private static final class Words {
        private final List<String> plain = new ArrayList<>();
        private final Map<String, String> options = new TreeMap<>();
        private final List<Claim> claims = new ArrayList<>();

        private Words(String line) {
            for (String word : new Scanner(line).tokens().toList()) {
                int equals = word.indexOf('=');
                if (equals < 0) {
                    plain.add(word);
                } else {
                    add(word.substring(0, equals), word.substring(equals + 1));
                }
            }
        }

        private void add(String key, String value) {
            options.put(key, value);
            if (value.contains(".")) {
                boolean negative = value.startsWith("-");
                long micros = Decimals.parseMillionths(negative ? value.substring(1) : value);
                claims.add(new Claim(account(key), new Money(negative ? -micros : micros)));
            }
        }

        private String at(int index) {
            return plain.get(index);
        }

        private String option(String key, String otherwise) {
            return options.getOrDefault(key, otherwise);
        }

        private OptionalInt index() {
            return options.containsKey("index")
                    ? OptionalInt.of(Integer.parseInt(option("index", "")))
                    : OptionalInt.empty();
        }

        /// `settlers=s1,s2 quorum=2 objection=60000`, sorted unless the words say `unsorted`.
        private Optional<Settlers> settlers() {
            if (!options.containsKey("settlers")) {
                return Optional.empty();
            }
            List<AccountId> accounts =
                    Stream.of(option("settlers", "").split(",", -1))
                            .filter(name -> !name.isEmpty())
                            .map(LedgerScript::account)
                            .toList();
            return Optional.of(
                    new Settlers(
                            plain.contains("unsorted")
                                    ? accounts.stream().sorted(Comparator.reverseOrder()).toList()
                                    : accounts.stream().sorted().toList(),
                            Integer.parseInt(option("quorum", "1")),
                            Long.parseLong(option("objection", "0"))));
        }

        private List<Claim> claims() {
            return plain.contains("unsorted")
                    ? List.copyOf(claims)
                    : claims.stream().sorted(Comparator.comparing(Claim::account)).toList();
        }
    }
}
