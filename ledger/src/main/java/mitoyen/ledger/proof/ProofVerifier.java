package mitoyen.ledger.proof;

import java.util.Optional;
import java.util.function.Function;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.proof.Verdict.Reason;

/// Says of any bytes what they prove to somebody who trusts a root (LE-164 to LE-169). It throws
/// for none; the page's `verify.js` gives the same answers.
public final class ProofVerifier {
    private ProofVerifier() {}

    /// What a proof of an entry, of its absence or of a receipt proves.
    ///
    /// @param proof any bytes
    public static Verdict verify(byte[] proof, LogRoot trusted) {
        return decoded(
                proof,
                decoded ->
                        switch (decoded) {
                            case Proof.Entry entry -> verify(entry, trusted);
                            case Proof.Receipt receipt -> verify(receipt, trusted);
                            case Proof.Growth _ -> new Verdict.Refused(Reason.OTHER_KIND);
                        });
    }

    /// Whether a proof proves that the ledger of the later root begins with that of the earlier.
    ///
    /// @param proof any bytes
    public static Verdict verifyGrowth(byte[] proof, LogRoot earlier, LogRoot later) {
        return decoded(
                proof,
                decoded ->
                        switch (decoded) {
                            case Proof.Growth growth -> verify(growth, earlier, later);
                            case Proof.Entry _ -> new Verdict.Refused(Reason.OTHER_KIND);
                            case Proof.Receipt _ -> new Verdict.Refused(Reason.OTHER_KIND);
                        });
    }

    private static Verdict decoded(byte[] proof, Function<Proof, Verdict> verifier) {
        if (proof.length > ProofCodec.MAX_LENGTH) {
            return new Verdict.Refused(Reason.TOO_LARGE);
        }
        try {
            return verifier.apply(ProofCodec.decode(proof));
        } catch (CborException malformed) {
            return new Verdict.Refused(Reason.MALFORMED);
        }
    }

    private static Verdict verify(Proof.Entry proof, LogRoot trusted) {
        BlockProof block = proof.block();
        if (!block.isWithin(trusted)) {
            return new Verdict.Refused(Reason.HEIGHT);
        }
        Optional<Reason> fault = findFault(proof);
        if (fault.isPresent()) {
            return new Verdict.Refused(fault.get());
        }
        if (!block.proves(trusted)) {
            return new Verdict.Refused(Reason.BLOCK);
        }
        Verdict absent = new Verdict.Absent(proof.part(), proof.key(), block.height());
        return proof.entry()
                .map(MapProof::end)
                .map(end ->
                        switch (end) {
                            case MapProof.Held(ByteString value) ->
                                    new Verdict.Held(
                                            proof.part(), proof.key(), value, block.height());
                            case MapProof.Nothing _ -> absent;
                            case MapProof.Other _ -> absent;
                        })
                .orElse(absent);
    }

    /// What is wrong with the two ways from an entry to the root that the header names.
    private static Optional<Reason> findFault(Proof.Entry proof) {
        Optional<ByteString> partRoot =
                proof.state().end() instanceof MapProof.Held(ByteString value)
                        ? Optional.of(value)
                        : Optional.empty();
        if (proof.entry().isPresent() != partRoot.isPresent()) {
            return Optional.of(Reason.PART);
        }
        Optional<ByteString> reached =
                proof.entry().flatMap(entry -> entry.findRoot(proof.key())).map(Digest::bytes);
        if (!reached.equals(partRoot)) {
            return Optional.of(Reason.ENTRY);
        }
        ByteString part = ByteString.utf8(proof.part());
        return proof.state().findRoot(part).equals(Optional.of(proof.block().stateRoot()))
                ? Optional.empty()
                : Optional.of(Reason.STATE);
    }

    private static Verdict verify(Proof.Receipt proof, LogRoot trusted) {
        BlockProof block = proof.block();
        if (!block.isWithin(trusted)) {
            return new Verdict.Refused(Reason.HEIGHT);
        }
        Digest leafHash = MerkleTree.leafHash(proof.receipt().toBytes());
        if (!proof.path().proves(leafHash, block.receiptsRoot())) {
            return new Verdict.Refused(Reason.RECEIPT);
        }
        return block.proves(trusted)
                ? new Verdict.Receipt(proof.receipt(), block.height())
                : new Verdict.Refused(Reason.BLOCK);
    }

    private static Verdict verify(Proof.Growth proof, LogRoot earlier, LogRoot later) {
        return new ConsistencyProof(earlier.size(), later.size(), proof.hashes())
                        .proves(earlier.root(), later.root())
                ? new Verdict.Grown(earlier.size(), later.size())
                : new Verdict.Refused(Reason.GROWTH);
    }
}
