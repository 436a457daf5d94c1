package mitoyen.ledger.machine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// What a ledger begins with. Its hash is the ledger's name: every transaction states it, so that
/// none is valid on another ledger (LE-50, LE-150).
///
/// @param name what its founder calls it, at most 64 bytes of UTF-8
/// @param founder whose signature founding a community needs; from version 2 on the signer of the
///   founder's account
/// @param version the protocol version that it begins with, from 1 to the newest
/// @param parameters the limits that hold
/// @param assets that there are from the start, by rising code, at most 64; none in version 1
/// @param governance who orders it, where several nodes share it; none in version 1
public record Genesis(
        String name,
        SignerKey founder,
        int version,
        Parameters parameters,
        List<AssetTerms> assets,
        Optional<GovernanceTerms> governance) {
    /// The protocol version of ledgers that are settled from files.
    public static final int PROTOCOL_VERSION = 1;

    /// The newest protocol version.
    public static final int NEWEST_VERSION = 3;

    private static final int LONGEST_NAME = 64;
    private static final int MOST_ASSETS = 64;
    private static final int DEPTH = 5;

    public Genesis {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("a name of more than 64 bytes: " + name);
        }
        if (version < PROTOCOL_VERSION || version > NEWEST_VERSION) {
            throw new IllegalArgumentException("protocol version " + version + " is not known");
        }
        if (founder.isP256()) {
            throw new IllegalArgumentException("a founder whose key is not of Ed25519");
        }
        assets = List.copyOf(assets);
        boolean first = version == PROTOCOL_VERSION;
        if (!areValid(assets) || (first && !assets.isEmpty())) {
            throw new IllegalArgumentException("assets out of order or range, or of version 1");
        }
        if (first && governance.isPresent()) {
            throw new IllegalArgumentException("validators of version 1");
        }
    }

    /// The genesis of a ledger of version 1.
    public Genesis(String name, SignerKey founder, Parameters parameters) {
        this(name, founder, PROTOCOL_VERSION, parameters, List.of(), Optional.empty());
    }

    /// The genesis of a ledger that one node orders.
    public Genesis(
            String name,
            SignerKey founder,
            int version,
            Parameters parameters,
            List<AssetTerms> assets) {
        this(name, founder, version, parameters, assets, Optional.empty());
    }

    /// The same, ordered by these.
    public Genesis sharedBy(GovernanceTerms validators) {
        return new Genesis(name, founder, version, parameters, assets, Optional.of(validators));
    }

    /// Whether several nodes order the ledger (LE-170).
    public boolean isShared() {
        return governance.isPresent();
    }

    /// The account of the founder, which opens accounts and creates assets.
    public AccountId founderAccount() {
        return AccountId.of(founder);
    }

    /// The bytes that are kept and hashed.
    public byte[] toBytes() {
        if (version == PROTOCOL_VERSION) {
            CborWriter writer = new CborWriter().map(4).key("name").text(name);
            writer.key("founder").bytes(founder.bytes());
            writer.key("version").integer(version);
            return parameters.write(writer.key("parameters")).toBytes();
        }
        CborWriter writer = new CborWriter().map(isShared() ? 7 : 5).key("name").text(name);
        Fields.writeList(writer.key("assets"), assets, (out, terms) -> terms.write(out));
        governance.ifPresent(each -> each.council().write(writer.key("council")));
        writer.key("founder").bytes(founder.bytes());
        writer.key("version").integer(version);
        parameters.writeAll(writer.key("parameters"));
        governance.ifPresent(each -> each.writeValidators(writer.key("validators")));
        return writer.toBytes();
    }

    /// The genesis that these bytes are.
    ///
    /// @throws CborException if they are none, or of another protocol version
    public static Genesis decode(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        String name = reader.key("name").text(LONGEST_NAME);
        boolean second = reader.optionalKey("assets");
        int assetsStart = reader.offset();
        List<AssetTerms> assets =
                second ? Fields.list(reader, MOST_ASSETS, AssetTerms::read) : List.of();
        if (!areValid(assets)) {
            throw new CborException(assetsStart, "assets out of order or range");
        }
        int governanceStart = reader.offset();
        Optional<SignerSet> council =
                second && reader.optionalKey("council")
                        ? Optional.of(SignerSet.read(reader, GovernanceTerms.MOST_SIGNERS))
                        : Optional.empty();
        SignerKey founder = new SignerKey(reader.key("founder").fixedBytes(SignerKey.LENGTH));
        int start = reader.key("version").offset();
        long version = reader.integer();
        if (second
                ? version <= PROTOCOL_VERSION || version > NEWEST_VERSION
                : version != PROTOCOL_VERSION) {
            throw new CborException(start, "protocol version " + version + " is not known");
        }
        reader.key("parameters");
        Parameters parameters = second ? Parameters.readAll(reader) : Parameters.read(reader);
        Optional<GovernanceTerms> governance =
                council.isPresent()
                        ? Optional.of(readGovernance(reader, council.get(), governanceStart))
                        : Optional.empty();
        reader.endMap();
        reader.end();
        return new Genesis(name, founder, (int) version, parameters, assets, governance);
    }

    /// The hash that names the ledger.
    public Digest hash() {
        return Sha256.of(toBytes());
    }

    private static GovernanceTerms readGovernance(CborReader reader, SignerSet council, int start)
            throws CborException {
        List<Validator> validators = GovernanceTerms.readValidators(reader.key("validators"));
        if (!GovernanceTerms.isValid(council, validators)) {
            throw new CborException(start, "a council or validators out of order or range");
        }
        return new GovernanceTerms(council, validators);
    }

    /// Whether each asset is there once, by rising code, and its numbers make sense (LE-150).
    private static boolean areValid(List<AssetTerms> assets) {
        for (int i = 1; i < assets.size(); i++) {
            if (assets.get(i - 1).asset().compareTo(assets.get(i).asset()) >= 0) {
                return false;
            }
        }
        return assets.size() <= MOST_ASSETS && assets.stream().allMatch(AssetTerms::isValid);
    }
}
