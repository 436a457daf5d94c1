package mitoyen.node.settlers;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Sha256;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.running.Answer;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.transaction.Signable;

/// A settler's voice: signs what he says, sends it, and waits for the answer. What was said twice
/// is refused the second time and does no harm: he looks at the ledger before he speaks.
final class Speech {
    /// The lane of the settler's account that his node uses.
    static final int LANE = 1;

    /// How long what he says may come onto the ledger [ms].
    static final long VALID_MILLIS = 600_000;

    private static final long VALID_BLOCKS = 10_000;
    private static final long LOOK_MILLIS = 200;

    private final Genesis genesis;
    private final AccountId settler;
    private final SigningKey key;
    private final Function<byte[], Taken> ledger;
    private final InstantSource clock;
    private final BooleanSupplier stop;

    /// @param settler in whose name it is sent
    /// @param key that signs for him
    /// @param ledger takes what is sent
    /// @param stop asked while an answer is waited for
    Speech(
            Genesis genesis,
            AccountId settler,
            SigningKey key,
            Function<byte[], Taken> ledger,
            InstantSource clock,
            BooleanSupplier stop) {
        this.genesis = genesis;
        this.settler = settler;
        this.key = key;
        this.ledger = ledger;
        this.clock = clock;
        this.stop = stop;
    }

    /// What came of something that was said.
    sealed interface Heard {
        /// It is on the ledger.
        record Accepted(long height) implements Heard {}

        /// The ledger refuses it, for this reason.
        record Refused(String reason) implements Heard {}

        /// It was not taken, or nothing is known of it: to be said again if it is still to be said.
        record NotHeard(String why) implements Heard {}
    }

    /// Says something.
    ///
    /// @param steps all of it or nothing
    /// @param version the protocol version whose rules hold
    /// @param last the block that it was decided after
    /// @param number above those that the settler used in the lane before
    Heard say(List<EnergyTransaction> steps, int version, Moment last, long number)
            throws InterruptedException {
        return switch (ledger.apply(sign(steps, version, last, number))) {
            case Taken.In(Future<Answer> answer) -> await(answer);
            case Taken.NotNow(var why) -> new Heard.NotHeard(why.toString());
            case Taken.Behind() -> new Heard.NotHeard("the node does not know yet what others do");
        };
    }

    private byte[] sign(List<EnergyTransaction> steps, int version, Moment last, long number) {
        Transaction.Version2 unnamed =
                new Transaction.Version2(
                        version,
                        new TransactionId(ByteString.of(new byte[TransactionId.LENGTH])),
                        genesis.hash(),
                        settler,
                        LANE,
                        number,
                        new Transaction.Expiry(
                                last.height() + VALID_BLOCKS,
                                Math.max(clock.millis(), last.timeMillis()) + VALID_MILLIS),
                        steps.stream().<Step>map(Step.Energy::new).toList());
        try {
            byte[] name = Sha256.of(Signable.of(unnamed).body().toBytes()).toBytes();
            Transaction.Version2 named =
                    new Transaction.Version2(
                            version,
                            new TransactionId(ByteString.of(name, 0, TransactionId.LENGTH)),
                            unnamed.ledger(),
                            settler,
                            LANE,
                            number,
                            unnamed.expiry(),
                            unnamed.steps());
            return Signable.of(named).signedBy(List.of(key)).toBytes();
        } catch (CborException tooLarge) {
            throw new IllegalStateException("more than a ledger takes", tooLarge);
        }
    }

    private Heard await(Future<Answer> answer) throws InterruptedException {
        while (!stop.getAsBoolean()) {
            if (isThere(answer)) {
                return heard(answer.resultNow());
            }
        }
        return new Heard.NotHeard("the node stops");
    }

    private static boolean isThere(Future<Answer> answer) throws InterruptedException {
        try {
            answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Heard heard(Answer answer) {
        return switch (answer) {
            case Answer.InBlock(long height, int _, var entry) ->
                    switch (entry.outcome()) {
                        case Outcome.Accepted(), Outcome.Exists() -> new Heard.Accepted(height);
                        case Outcome.Rejected(var refusal, var _) ->
                                new Heard.Refused(refusal.name());
                    };
            case Answer.Exists _ -> new Heard.NotHeard("it was said before");
            case Answer.NotOrdered(var refusal) -> new Heard.Refused(refusal.name());
            case Answer.Unknown() -> new Heard.NotHeard("nothing is known of it");
        };
    }
}
