package mitoyen.ledger.light;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.light.LightVerdict.Reason;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.signature.SignatureChecker;

/// Says of any bytes whether they are a header that the engine's validators signed, to somebody who
/// trusts an earlier one (`LI-5` to `LI-8`). It throws for none; the page's `light.js` gives the
/// same answers.
///
/// It has no clock: whoever asks says what time it is. Any thread may ask.
public final class LightClient {
    private final SignatureChecker checker;
    private final TrustPolicy policy;

    public LightClient(SignatureChecker checker, TrustPolicy policy) {
        this.checker = checker;
        this.policy = policy;
    }

    /// Whether bytes are the light block that somebody begins with, whose hash he has from
    /// elsewhere (`LI-5`).
    ///
    /// @param block any bytes
    /// @param hash of the header that is trusted
    public LightVerdict begin(byte[] block, Digest hash) {
        return decoded(
                block,
                decoded ->
                        first(
                                when(!decoded.header().hash().equals(hash), Reason.HASH),
                                findFaultOfValidators(decoded),
                                findLackOfPower(decoded, decoded.listSigners(checker))));
    }

    /// What a light block proves to somebody who trusts an earlier one (`LI-6`, `LI-7`).
    ///
    /// @param trusted what was proved before, or begun with
    /// @param block any bytes
    /// @param nowMillis the time that it is [ms since 1970-01-01T00:00Z]
    public LightVerdict verify(LightBlock trusted, byte[] block, long nowMillis) {
        return decoded(block, decoded -> findFault(trusted, decoded, nowMillis));
    }

    private static LightVerdict decoded(
            byte[] bytes, Function<LightBlock, Optional<Reason>> faults) {
        if (bytes.length > LightBlockCodec.MAX_LENGTH) {
            return new LightVerdict.Refused(Reason.TOO_LARGE);
        }
        try {
            LightBlock block = LightBlockCodec.decode(bytes);
            Optional<Reason> fault = faults.apply(block);
            return fault.<LightVerdict>map(LightVerdict.Refused::new)
                    .orElseGet(() -> new LightVerdict.Proved(block));
        } catch (CborException malformed) {
            return new LightVerdict.Refused(Reason.MALFORMED);
        }
    }

    private Optional<Reason> findFault(LightBlock trusted, LightBlock block, long nowMillis) {
        Optional<Reason> fault = findFaultOfHeader(trusted.header(), block.header(), nowMillis);
        if (fault.isEmpty()) {
            fault = findFaultOfValidators(block);
        }
        if (fault.isPresent()) {
            return fault;
        }
        boolean adjacent = block.header().height() == trusted.header().height() + 1;
        if (adjacent && !block.header().validators().equals(trusted.header().next())) {
            return Optional.of(Reason.NEXT_VALIDATORS);
        }
        List<LightValidator> signers = block.listSigners(checker);
        return !adjacent && !isVouchedFor(trusted, signers)
                ? Optional.of(Reason.TRUSTED_POWER)
                : findLackOfPower(block, signers);
    }

    private Optional<Reason> findFaultOfHeader(
            LightHeader trusted, LightHeader header, long nowMillis) {
        return first(
                when(trusted.time().millis() + policy.periodMillis() <= nowMillis, Reason.EXPIRED),
                when(!header.chain().equals(trusted.chain()), Reason.CHAIN),
                when(header.height() <= trusted.height(), Reason.HEIGHT),
                when(header.time().compareTo(trusted.time()) <= 0, Reason.TIME),
                when(header.time().millis() - policy.driftMillis() >= nowMillis, Reason.FUTURE));
    }

    private static Optional<Reason> findFaultOfValidators(LightBlock block) {
        return when(!block.validatorsHash().equals(block.header().validators()), Reason.VALIDATORS);
    }

    /// More than a third of the trusted power: at least one of them keeps to the rules.
    private static boolean isVouchedFor(LightBlock trusted, List<LightValidator> signers) {
        SortedMap<ByteString, Long> powers = new TreeMap<>();
        trusted.validators()
                .forEach(each -> powers.merge(each.key(), each.power(), Math::addExact));
        long signed = 0;
        for (LightValidator signer : signers) {
            // Once a key, however often it stands among them.
            signed += powers.getOrDefault(signer.key(), 0L);
            powers.remove(signer.key());
        }
        return 3 * signed > power(trusted.validators());
    }

    /// More than two thirds of the block's own power.
    private static Optional<Reason> findLackOfPower(
            LightBlock block, List<LightValidator> signers) {
        return when(3 * power(signers) <= 2 * power(block.validators()), Reason.POWER);
    }

    private static long power(List<LightValidator> validators) {
        return validators.stream().mapToLong(LightValidator::power).sum();
    }

    private static Optional<Reason> when(boolean holds, Reason reason) {
        return holds ? Optional.of(reason) : Optional.empty();
    }

    @SafeVarargs
    private static Optional<Reason> first(Optional<Reason>... reasons) {
        for (Optional<Reason> reason : reasons) {
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }
}
