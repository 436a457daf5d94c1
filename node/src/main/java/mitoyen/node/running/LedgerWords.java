package mitoyen.node.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.Rejection;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.Examined;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.ledger.wire.Verifier.Verification;
import mitoyen.node.running.CommittedBlock.Entry;
import mitoyen.node.running.CommittedBlock.Outcome;

/// The ledger's answers and events in the plain words of [CommittedBlock].
final class LedgerWords {
    private LedgerWords() {}

    static Refusal refusal(TransactionRejection reason) {
        return refusal(new Rejection.OfTransaction(reason));
    }

    /// A block that was made of checked transactions, and what came of them.
    static CommittedBlock block(
            Block block, List<Checked.Valid> transactions, List<Draft.Outcome> outcomes) {
        return words(
                block,
                transactions.stream()
                        .map(each -> new Sent(Optional.of(each.id()), each.sent(), each.bytes()))
                        .toList(),
                outcomes);
    }

    /// A block that was ordered elsewhere or read back, and what came of it. A bundle that is
    /// malformed counts as one transaction, as its receipts have it.
    ///
    /// @param ordered what it is made of
    /// @param limits of the rules that held for it
    static CommittedBlock block(
            Block block, List<Examined> ordered, Parameters limits, List<Draft.Outcome> outcomes) {
        List<Sent> sent = new ArrayList<>();
        for (Examined each : ordered) {
            switch (each) {
                case Examined.Transactions(var all) ->
                        all.forEach(one ->
                                sent.add(new Sent(findId(one, limits), one.sent(), one.bytes())));
                case Examined.Malformed(ByteString bytes, Digest hash) ->
                        sent.add(new Sent(Optional.empty(), hash, bytes));
                case Examined.Woken _ -> {}
            }
        }
        return words(block, sent, outcomes);
    }

    /// Timers and evidence come first among the outcomes, and are nobody's.
    private static CommittedBlock words(
            Block block, List<Sent> sent, List<Draft.Outcome> outcomes) {
        List<Happened> first = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        List<ByteString> receipts = new ArrayList<>();
        for (Draft.Outcome came : outcomes) {
            List<Happened> happened =
                    came.events().stream()
                            .flatMap(event -> EventWords.happened(event).stream())
                            .toList();
            receipts.add(came.bytes());
            Optional<Outcome> outcome = outcome(came.receipt());
            if (outcome.isEmpty()) {
                first.addAll(happened);
            } else {
                Sent of = sent.get(entries.size());
                entries.add(new Entry(of.id, of.hash, of.bytes, outcome.get(), happened));
            }
        }
        return new CommittedBlock(block, first, entries, receipts);
    }

    private static Optional<String> findId(Examined.One one, Parameters limits) {
        if (one.verification() instanceof Verification.Verified(var verified)) {
            return Optional.of(verified.transaction().id().toString());
        }
        try {
            byte[] bytes = one.bytes().toBytes();
            byte[] body = SignedTransaction.decode(bytes, limits).body().toBytes();
            return Optional.of(TransactionCodec.decode(body, limits).id().toString());
        } catch (CborException malformed) {
            return Optional.empty();
        }
    }

    /// The answer to a transaction; nothing where a timer fired.
    private static Optional<Outcome> outcome(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _ -> Optional.of(new Outcome.Accepted());
            case Receipt.Exists _ -> Optional.of(new Outcome.Exists());
            case Receipt.Rejected rejected ->
                    Optional.of(
                            new Outcome.Rejected(refusal(rejected.rejection()), rejected.step()));
            case Receipt.Fired _, Receipt.Noticed _ -> Optional.empty();
        };
    }

    static Refusal refusal(Rejection rejection) {
        return new Refusal(
                rejection.module(), rejection.number(), rejection.name(), rejection.mayPassLater());
    }

    /// What was sent, and its SHA-256.
    private record Sent(Optional<String> id, Digest hash, ByteString bytes) {}
}
