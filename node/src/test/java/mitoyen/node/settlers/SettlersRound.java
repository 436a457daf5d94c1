package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import mitoyen.consensus.Block;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.founding.Founding;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.inbox.Treatment;
import mitoyen.node.keys.Secret;
import mitoyen.node.keys.SharedSalts;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.readings.Progress;
import mitoyen.node.running.Answer;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.running.Sequencer;
import mitoyen.node.settlement.CommunityCodec;
import mitoyen.node.settlement.LedgerBlocks;
import mitoyen.node.settlement.Recomputation;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.node.settlement.SettlersDesk;
import mitoyen.node.settlement.SettlersFolder;
import mitoyen.node.threads.FairQueue;
import mitoyen.node.verify.Verification;

/// Four settlers of a community, of whom three must agree, around one ledger in this process.
final class SettlersRound implements AutoCloseable {
    static final int SETTLERS = 4;
    private static final int QUORUM = 3;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Disk DISK = new RealDisk();

    /// Whatever the time is: two hours later ids are forgotten (LE-94).
    private static final Instant EVENING = Instant.parse("2025-07-10T22:00:00Z");

    private final Path folder;
    private final Community community;
    private final AtomicLong aheadMillis = new AtomicLong();
    private final long startNanos = System.nanoTime();
    private final InstantSource clock =
            () -> EVENING.plusNanos(System.nanoTime() - startNanos).plusMillis(aheadMillis.get());
    private final SigningKey founder = key(0);
    private final Genesis genesis =
            new Genesis(
                    "round",
                    founder.key(),
                    Genesis.NEWEST_VERSION,
                    Parameters.STANDARD,
                    List.of(Founding.claims("EUR", founder.key())));
    private final RunningLedger ledger;
    private final Sequencer<ByteString> sequencer;
    private final List<CommittedBlock> blocks = Collections.synchronizedList(new ArrayList<>());
    private final List<Optional<Seat>> seats = new CopyOnWriteArrayList<>();
    private long number;

    SettlersRound(Path folder) throws Exception {
        this.folder = folder;
        Path terms = Files.writeString(folder.resolve("community.yaml"), InboxFolder.COMMUNITY);
        this.community = CommunityFile.read(terms);
        this.ledger =
                RunningLedger.open(
                        DISK,
                        folder.resolve("ledger"),
                        folder.resolve("snapshots"),
                        1_000,
                        genesis);
        this.sequencer =
                new Sequencer<>(
                        ledger,
                        ledger::senderOf,
                        new FairQueue.Bounds(1_000, 500, 1 << 20),
                        clock,
                        (block, _) -> {
                            blocks.add(block);
                            seats.forEach(seat -> seat.ifPresent(at -> at.settler.committed()));
                        });
        found();
    }

    /// Whose account is whose, from 1.
    static AccountId account(int settler) {
        return AccountId.of(key(settler).key());
    }

    Community community() {
        return community;
    }

    Genesis genesis() {
        return genesis;
    }

    InstantSource clock() {
        return clock;
    }

    /// The folder of a settler.
    Path folder(int settler) {
        return folder.resolve("settler" + settler);
    }

    Path ledgerFolder() {
        return folder.resolve("ledger");
    }

    List<CommittedBlock> blocks() {
        synchronized (blocks) {
            return List.copyOf(blocks);
        }
    }

    EnergyState energy() {
        return ledger.proofs().standing().state().energy();
    }

    Moment last() {
        return ledger.findLastBlock()
                .map(block -> new Moment(block.height(), block.timeMillis()))
                .orElseThrow();
    }

    /// The desk of a settler who is not at work.
    SettlersDesk desk(int settler) throws IOException {
        return SettlersDesk.find(folder(settler), new Blocks(ledger), genesis, DISK).orElseThrow();
    }

    /// Lets a settler begin, or go on.
    void start(int settler) throws Exception {
        SettlersDesk desk = desk(settler);
        Settler at =
                Settler.start(
                        desk,
                        genesis,
                        account(settler),
                        key(settler),
                        List.of(),
                        sequencer::submit,
                        clock);
        seats.set(settler - 1, Optional.of(new Seat(desk, at)));
    }

    /// Ends a settler, wherever he is.
    void stop(int settler) throws IOException {
        Optional<Seat> seat = seats.set(settler - 1, Optional.empty());
        if (seat.isPresent()) {
            seat.get().settler.close();
        }
    }

    /// Looks at what a settler has before him.
    <T> T at(int settler, SettlersDesk.Work<T> work) throws IOException {
        return seats.get(settler - 1).orElseThrow().desk.at(work);
    }

    /// The community as a settler's desk has it.
    Community community(int settler) throws IOException {
        return seats.get(settler - 1).orElseThrow().desk.findCommunity().orElseThrow();
    }

    /// Which settler an account is of.
    static int number(AccountId account) {
        return IntStream.rangeClosed(1, SETTLERS)
                .filter(settler -> account(settler).equals(account))
                .findFirst()
                .orElseThrow();
    }

    /// Gives a settler readings.
    Treatment.Outcome give(int settler, String csv, boolean correct) throws Exception {
        return give(settler, community, csv, correct);
    }

    /// Gives a settler readings of a community whose file says other names.
    Treatment.Outcome give(int settler, Community community, String csv, boolean correct)
            throws Exception {
        Seat seat = seats.get(settler - 1).orElseThrow();
        Path file = Files.createTempFile(folder, "readings", ".csv");
        Files.writeString(file, csv);
        return new SettlerInbox(seat.desk, seat.settler)
                .take(
                        community,
                        new SettlementRequest(
                                folder.resolve("community.yaml"),
                                List.of(file),
                                folder(settler),
                                false,
                                false,
                                correct,
                                250));
    }

    /// Says something in a settler's name that his node would not.
    Outcome say(int settler, EnergyTransaction... steps) throws Exception {
        return send(
                account(settler),
                key(settler),
                Arrays.stream(steps).<Step>map(Step.Energy::new).toArray(Step[]::new));
    }

    /// Sets the clock forward and tells nobody: a machine that slept, or whose clock was set.
    void jump(long hours) {
        aheadMillis.addAndGet(hours * HOUR_MILLIS);
    }

    /// Lets time pass, and fires what is due.
    void pass(long hours) throws Exception {
        aheadMillis.addAndGet(hours * HOUR_MILLIS);
        int another = 100 + (int) number;
        send(
                AccountId.of(founder.key()),
                founder,
                new Step.Account(
                        new AccountTransaction.OpenAccount(
                                account(another), SignerSet.single(key(another).key()))));
    }

    void await(String what, InboxFolder.Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// What `verify` says of a settler's folder with the ledger in it, once the round is closed.
    ///
    /// @param folder of the round
    static String verified(Path folder, int settler) throws IOException {
        Path own = folder.resolve("settler" + settler);
        Path copy = Files.createDirectories(own.resolve("ledger"));
        try (var files = Files.list(folder.resolve("ledger"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return String.join(
                "\n", Verification.run(own, Optional.empty(), DISK, Progress.NONE).lines());
    }

    @Override
    public void close() throws IOException {
        for (int settler = 1; settler <= SETTLERS; settler++) {
            stop(settler);
        }
        sequencer.close();
    }

    private void found() throws Exception {
        SecureRandom chance = new SecureRandom();
        SharedSalts salts =
                SharedSalts.fresh(
                        community.terms().community(),
                        community.details().keySet(),
                        CommunityCodec.encode(community),
                        chance);
        List<AccountId> accounts = new ArrayList<>();
        for (int settler = 1; settler <= SETTLERS; settler++) {
            seats.add(Optional.empty());
            accounts.add(account(settler));
            SettlersFolder.take(folder(settler), salts, DISK, chance);
            open(settler);
        }
        accounts.sort(AccountId::compareTo);
        assertThat(
                        send(
                                AccountId.of(founder.key()),
                                founder,
                                new Step.Energy(
                                        Recomputation.founding(
                                                community.terms(),
                                                salts.salt(),
                                                new Settlers(accounts, QUORUM, HOUR_MILLIS)))))
                .isEqualTo(new Outcome.Accepted());
    }

    private void open(int settler) throws Exception {
        send(
                AccountId.of(founder.key()),
                founder,
                new Step.Account(
                        new AccountTransaction.OpenAccount(
                                account(settler), SignerSet.single(key(settler).key()))));
    }

    private Outcome send(AccountId sender, SigningKey key, Step... steps) throws Exception {
        number++;
        byte[] id = Sha256.of(("sent " + number).getBytes(StandardCharsets.UTF_8)).toBytes();
        Transaction transaction =
                new Transaction.Version2(
                        genesis.version(),
                        new TransactionId(ByteString.of(id, 0, TransactionId.LENGTH)),
                        genesis.hash(),
                        sender,
                        7,
                        number,
                        new Transaction.Expiry(100_000, clock.millis() + HOUR_MILLIS),
                        List.of(steps));
        byte[] bytes = SignedTransaction.sign(transaction, seed(key)).toBytes();
        Future<Answer> answer = ((Taken.In) sequencer.submit(bytes)).answer();
        return ((Answer.InBlock) answer.get(30, TimeUnit.SECONDS)).entry().outcome();
    }

    private byte[] seed(SigningKey key) {
        for (int number = 0; number <= SETTLERS; number++) {
            if (key(number).key().equals(key.key())) {
                return secret(number).toBytes();
            }
        }
        throw new IllegalArgumentException("nobody's key");
    }

    private static SigningKey key(int number) {
        return new SigningKey(secret(number));
    }

    private static Secret secret(int number) {
        return new Secret(Sha256.of(("key " + number).getBytes(StandardCharsets.UTF_8)).toBytes());
    }

    private record Seat(SettlersDesk desk, Settler settler) {}

    private record Blocks(RunningLedger ledger) implements LedgerBlocks {
        @Override
        public long height() {
            return ledger.durableHeight();
        }

        @Override
        public Optional<Block> findBlock(long height) throws IOException {
            return ledger.findBlock(height);
        }
    }
}
