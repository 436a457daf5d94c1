package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.Rejection;
import mitoyen.ledger.machine.Timer;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.wire.Verifier.Verification;
import org.junit.jupiter.api.Test;

/// LE-59: whatever kind of thing there is on a ledger is in one of the recorded ones, or nothing
/// would say that it stays as it is. Reasons of refusals are left to the tables of their rules.
final class EveryKindIsRecordedTest {
    /// Here bundles are only taken apart: their signatures were checked when they were executed.
    private static final Verification UNASKED =
            new Verification.Refused(TransactionRejection.MALFORMED);

    private final Set<String> found = new TreeSet<>();
    private final Set<String> signatures = new TreeSet<>();

    @Test
    void everyKindOfTransactionEventReceiptAndSignatureIsInARecord() throws Exception {
        for (String file : Recording.FILES) {
            Recording record = Recording.read(file);
            find(record.genesis());
            for (Draft.Sealed block : record.execute()) {
                find(block.events());
                for (var outcome : block.outcomes()) {
                    find(outcome.receipt());
                }
            }
            for (int height = 1; height <= record.height(); height++) {
                findSent(record.genesis(), height, record.bundles(height));
            }
        }
        Set<String> kinds = new TreeSet<>();
        List.of(Transaction.class, Event.class, Receipt.class, BlockContent.class)
                .forEach(type -> kindsOf(type, kinds));
        kinds.remove("Examined.Malformed");
        assertThat(kinds).as("not a walk over nothing").hasSizeGreaterThan(80);
        assertThat(found).containsAll(kinds);
        assertThat(signatures)
                .containsExactly("Ed25519", "P-256", "passkey", "passkey that verified its user");
    }

    private void findSent(Genesis genesis, int height, List<byte[]> bundles)
            throws CborException, ReflectiveOperationException {
        Parameters limits = Parameters.STANDARD.withOrigins(genesis.parameters().origins());
        BlockContent content =
                BlockContent.of(
                        genesis,
                        height,
                        bundles,
                        bundle ->
                                Examined.of(bundle, limits, genesis.isShared(), (_, _) -> UNASKED));
        find(content);
        for (Examined ordered : content.ordered()) {
            if (ordered instanceof Examined.Transactions(var all)) {
                for (Examined.One one : all) {
                    var signed = SignedTransaction.decode(one.bytes().toBytes(), limits);
                    find(TransactionCodec.decode(signed.body().toBytes(), limits));
                    signed.signatures().stream()
                            .map(EveryKindIsRecordedTest::kind)
                            .forEach(signatures::add);
                }
            }
        }
    }

    private static String kind(SignedTransaction.Signature signature) {
        if (signature.passkey().isPresent()) {
            byte[] data = signature.passkey().get().authenticatorData().toBytes();
            return data[32] == TestPasskey.VERIFIED ? "passkey that verified its user" : "passkey";
        }
        return signature.key().isP256() ? "P-256" : "Ed25519";
    }

    /// Notes the kinds of a thing and of all that it holds.
    private void find(Object thing) throws ReflectiveOperationException {
        switch (thing) {
            case Iterable<?> all -> {
                for (Object each : all) {
                    find(each);
                }
            }
            case Optional<?> maybe -> {
                if (maybe.isPresent()) {
                    find(maybe.get());
                }
            }
            case Enum<?> constant -> found.add(name(constant));
            case Record part -> {
                found.add(name(part.getClass()));
                for (RecordComponent component : part.getClass().getRecordComponents()) {
                    if (isOurs(component.getType()) || isGeneric(component)) {
                        find(component.getAccessor().invoke(part));
                    }
                }
                if (part instanceof Timer timer) {
                    find(timer.subject());
                }
            }
            default -> {}
        }
    }

    /// Adds the cases of sealed types and the constants that can be reached from a type.
    private static void kindsOf(Type type, Set<String> kinds) {
        switch (type) {
            case ParameterizedType generic ->
                    Arrays.stream(generic.getActualTypeArguments())
                            .forEach(each -> kindsOf(each, kinds));
            case Class<?> plain -> {
                if (!isOurs(plain) || plain == Rejection.class || plain == Verification.class) {
                    return;
                }
                if (plain.isSealed()) {
                    Arrays.stream(plain.getPermittedSubclasses())
                            .forEach(each -> kindsOf(each, kinds));
                } else if (plain.isEnum()) {
                    Arrays.stream(plain.getEnumConstants())
                            .forEach(each -> kinds.add(name((Enum<?>) each)));
                } else if (plain.isRecord() && kinds.add(name(plain))) {
                    Arrays.stream(plain.getRecordComponents())
                            .forEach(each -> kindsOf(each.getGenericType(), kinds));
                }
            }
            default -> {}
        }
    }

    private static boolean isGeneric(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("mitoyen.ledger.");
    }

    private static String name(Enum<?> constant) {
        return name(constant.getDeclaringClass()) + "." + constant.name();
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}
