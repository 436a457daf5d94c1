package mitoyen.simulator.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Misconduct;
import mitoyen.consensus.SharedApplication;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.Misbehaviour;
import mitoyen.ledger.governance.ValidatorAddress;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.ledger.wire.SignatureRule;
import mitoyen.node.snapshot.StateFile;

/// A shared ledger as either engine drives it: the ledger's own rules, and a record of the receipts
/// of the blocks that it executed and committed.
final class SharedStreet implements SnapshotApplication, SharedApplication {
    private final Genesis genesis;
    private final BlockExecution execution;
    private final List<Receipt> receipts = new ArrayList<>();
    private State state;
    private Optional<Draft.Sealed> draft = Optional.empty();
    private int committed;

    SharedStreet(Genesis genesis, SignatureRule rule) {
        this.genesis = genesis;
        this.execution = new BlockExecution(genesis, rule);
        this.state = execution.initialState();
    }

    /// What every block that this one committed answered, in order.
    List<Receipt> receipts() {
        return List.copyOf(receipts);
    }

    /// How many blocks this one committed.
    int committed() {
        return committed;
    }

    @Override
    public Hash appHash() {
        return hash(state.root());
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        Draft.Sealed sealed = execution.execute(state, new Moment(height, timeMillis), bundles);
        draft = Optional.of(sealed);
        return new BlockResult(hash(sealed.stateRoot()), hash(sealed.receiptsRoot()));
    }

    @Override
    public void commit() {
        Draft.Sealed sealed = draft.orElseThrow();
        sealed.outcomes().forEach(outcome -> receipts.add(outcome.receipt()));
        state = sealed.state();
        draft = Optional.empty();
        committed++;
    }

    @Override
    public void writeSnapshot(OutputStream out) throws IOException {
        StateFile.write(state, out);
    }

    @Override
    public void readSnapshot(SnapshotContent content) throws IOException {
        StateFile.Opened opened = StateFile.open(content);
        opened.scan();
        state = opened.state();
    }

    @Override
    public String ledger() {
        return genesis.hash().toString();
    }

    @Override
    public SortedMap<String, Long> validators() {
        SortedMap<String, Long> powers = new TreeMap<>();
        draft.map(Draft.Sealed::state)
                .orElse(state)
                .governance()
                .validators()
                .forEach(each -> powers.put(each.key().bytes().toString(), each.power()));
        return powers;
    }

    @Override
    public CompletableFuture<Verdict> check(byte[] bundle, boolean again) {
        return CompletableFuture.completedFuture(Verdict.ADMITTED);
    }

    @Override
    public List<byte[]> select(
            long timeMillis, OptionalLong belowMillis, List<byte[]> waiting, long most) {
        return waiting;
    }

    @Override
    public boolean accepts(long timeMillis, List<byte[]> bundles) {
        return true;
    }

    @Override
    public byte[] notice(long engineHeight, List<Misconduct> misconduct) {
        List<Evidence> evidence = misconduct.stream().map(SharedStreet::evidence).toList();
        return new EngineNotice(evidence, engineHeight).toBytes();
    }

    @Override
    public long engineHeight(byte[] notice) {
        try {
            return EngineNotice.decode(notice).height();
        } catch (CborException malformed) {
            throw new IllegalArgumentException("no notice of an engine", malformed);
        }
    }

    @Override
    public byte[] anchor(Optional<BlockHeader> last) {
        ByteBuffer anchor = ByteBuffer.allocate(Long.BYTES + Hash.LENGTH);
        last.ifPresent(header -> anchor.putLong(header.height()).put(header.hash().toBytes()));
        return anchor.array();
    }

    private static Evidence evidence(Misconduct found) {
        byte[] address = HexFormat.of().parseHex(found.validator());
        return new Evidence(
                new ValidatorAddress(ByteString.of(address)),
                found.height(),
                Misbehaviour.DOUBLE_SIGNING,
                found.timeMillis());
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }
}
