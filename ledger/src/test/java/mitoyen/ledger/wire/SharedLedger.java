package mitoyen.ledger.wire;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Misbehaviour;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.governance.ValidatorAddress;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;

/// A ledger that four nodes share: validators `v1` to `v4`, and a council of which two of `c1`,
/// `c2` and `c3` sign.
final class SharedLedger {
    static final GovernanceTerms TERMS =
            new GovernanceTerms(council("c1", "c2", "c3"), validators("v1", "v2", "v3", "v4"));

    private SharedLedger() {}

    static Genesis genesis(Parameters parameters) {
        return AccountLine.genesis(parameters).sharedBy(TERMS);
    }

    /// With these validators alone.
    static Genesis genesis(String... names) {
        return AccountLine.genesis(AccountScript.SMALL)
                .sharedBy(new GovernanceTerms(TERMS.council(), validators(names)));
    }

    /// Of these keys any two.
    static SignerSet council(String... names) {
        return new SignerSet(
                Stream.of(names)
                        .map(name -> Signer.plain(AccountLine.key(name), 1))
                        .sorted(Comparator.comparing(Signer::key))
                        .toList(),
                2);
    }

    static List<Validator> validators(String... names) {
        return Stream.of(names)
                .map(name -> new Validator(AccountLine.key(name), 10, name))
                .sorted(Comparator.comparing(Validator::key))
                .toList();
    }

    static ValidatorAddress address(String name) {
        return ValidatorAddress.of(AccountLine.key(name));
    }

    /// That a validator signed twice.
    static Evidence evidence(String name, long height) {
        return new Evidence(address(name), height, Misbehaviour.DOUBLE_SIGNING, height * 1_000);
    }

    /// That a validator signed a false header for light clients.
    static Evidence lightClientAttack(String name, long height) {
        return new Evidence(
                address(name), height, Misbehaviour.LIGHT_CLIENT_ATTACK, height * 1_000);
    }

    static byte[] notice(long height, Evidence... evidence) {
        return new EngineNotice(List.of(evidence), height).toBytes();
    }
}
