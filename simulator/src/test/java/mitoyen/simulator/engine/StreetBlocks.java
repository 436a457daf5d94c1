package mitoyen.simulator.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mitoyen.consensus.Misconduct;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.ledger.wire.Wake;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Sent;
import mitoyen.simulator.model.Chance;
import mitoyen.simulator.workload.CheapSigning;
import mitoyen.simulator.workload.Parcel;
import mitoyen.simulator.workload.Workload;

/// The blocks of a street that several nodes order, always the same from one seed: what people send
/// of every kind and much that is refused, empty blocks between, a validator that signs twice, one
/// that the council seats, and wakes.
final class StreetBlocks {
    private static final long NEW_YEAR_MILLIS = 1_767_225_600_000L;
    private static final int FIRST_VALIDATOR = 7;
    private static final int VALIDATORS = 3;

    private final CheapSigning signing = new CheapSigning();
    private final Chance chance;
    private final Genesis genesis;
    private final Auditor books;
    private final Workload workload;
    private final List<EngineBlock> blocks = new ArrayList<>();
    private long timeMillis = NEW_YEAR_MILLIS;
    private long ledgerHeight;

    StreetBlocks(long seed) {
        chance = Chance.of(seed);
        genesis =
                Workload.genesis("shared street", Genesis.NEWEST_VERSION, chance, signing)
                        .sharedBy(terms());
        books = new Auditor(genesis);
        workload = new Workload(chance, signing, genesis, books);
    }

    Genesis genesis() {
        return genesis;
    }

    /// An application before the first block.
    SharedStreet begin() {
        return new SharedStreet(genesis, signing.rule());
    }

    /// The first blocks of the engine, some of which leave no trace.
    List<EngineBlock> first(int count) {
        while (blocks.size() < count) {
            blocks.add(next(blocks.size() + 1L));
        }
        return List.copyOf(blocks.subList(0, count));
    }

    private EngineBlock next(long height) {
        timeMillis += chance.from(1, 20_000);
        List<ByteString> bundles = new ArrayList<>();
        List<Sent> sent = new ArrayList<>();
        List<Misconduct> misconduct = new ArrayList<>();
        if (height % 4 != 0) {
            for (int count = chance.from(1, 2); count > 0; count--) {
                Parcel parcel = workload.next(timeMillis);
                bundles.add(parcel.bundle());
                sent.addAll(parcel.sent());
            }
        }
        if (height % 5 == 2) {
            // Sent twice, as by somebody who lost the answer.
            bundles.add(
                    ByteString.of(new Bundle(Collections.nCopies(2, seating(height))).toBytes()));
        }
        if (height % 5 == 3) {
            bundles.add(ByteString.of(new Wake(timeMillis, ledgerHeight).toBytes()));
        }
        if (height == 8) {
            misconduct.add(doubleSigning(height));
        }
        EngineBlock block = new EngineBlock(height, timeMillis, bundles, misconduct);
        if (block.leavesATrace()) {
            ledgerHeight++;
            books.enter(timeMillis, Optional.empty(), bundles.isEmpty(), sent);
        }
        return block;
    }

    /// The council seats one more validator, or gives it another power.
    private ByteString seating(long height) {
        byte[] id = new byte[TransactionId.LENGTH];
        id[0] = (byte) height;
        Transaction.Version2 transaction =
                new Transaction.Version2(
                        Genesis.NEWEST_VERSION,
                        new TransactionId(ByteString.of(id)),
                        genesis.hash(),
                        terms().councilAccount(),
                        0,
                        height,
                        new Transaction.Expiry(height + 9, timeMillis + 60_000),
                        List.of(
                                new Step.Governance(
                                        new SetValidator(
                                                signing.key(FIRST_VALIDATOR + VALIDATORS),
                                                height,
                                                "seated"))));
        byte[] message = SignedTransaction.message(transaction);
        List<SignedTransaction.Signature> signatures =
                IntStream.of(1, 2)
                        .mapToObj(number ->
                                SignedTransaction.Signature.plain(
                                        signing.key(number), signing.sign(number, message)))
                        .sorted(Comparator.comparing(SignedTransaction.Signature::key))
                        .toList();
        return ByteString.of(
                new SignedTransaction(
                                ByteString.of(TransactionCodec.encode(transaction)), signatures)
                        .toBytes());
    }

    private Misconduct doubleSigning(long height) {
        return new Misconduct(
                Misconduct.Kind.DOUBLE_SIGNING,
                validators().getFirst().address().toString(),
                height - 1,
                timeMillis - 1);
    }

    private GovernanceTerms terms() {
        List<Signer> council =
                IntStream.of(1, 2, 3)
                        .mapToObj(number -> Signer.plain(signing.key(number), 1))
                        .sorted(Comparator.comparing(Signer::key))
                        .toList();
        return new GovernanceTerms(new SignerSet(council, 2), validators());
    }

    private List<Validator> validators() {
        return IntStream.range(FIRST_VALIDATOR, FIRST_VALIDATOR + VALIDATORS)
                .mapToObj(number -> new Validator(signing.key(number), 10, "node " + number))
                .sorted(Comparator.comparing(Validator::key))
                .toList();
    }
}
