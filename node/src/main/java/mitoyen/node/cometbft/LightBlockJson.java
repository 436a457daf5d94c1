package mitoyen.node.cometbft;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.light.BlockParts;
import mitoyen.ledger.light.EngineTime;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightHeader;
import mitoyen.ledger.light.LightValidator;
import mitoyen.ledger.light.LightValidator.Vote;
import mitoyen.ledger.light.PreviousBlock;
import mitoyen.ledger.proof.Digest;
import tools.jackson.databind.JsonNode;

/// What CometBFT answers of a block, made into a light block. Nothing in it is checked: whoever
/// gets the light block does.
final class LightBlockJson {
    private static final int VOTED_FOR_THE_BLOCK = 2;

    private LightBlockJson() {}

    /// The light block of an answer to `commit`, and of all validators that answers to `validators`
    /// list.
    ///
    /// @throws IllegalArgumentException if these are no such answers
    static LightBlock read(JsonNode commit, List<JsonNode> validators) {
        JsonNode header = commit.at("/signed_header/header");
        JsonNode signed = commit.at("/signed_header/commit");
        JsonNode votes = signed.path("signatures");
        if (votes.size() != validators.size()) {
            throw new IllegalArgumentException(
                    votes.size() + " votes of " + validators.size() + " validators");
        }
        List<LightValidator> all = new ArrayList<>();
        for (int i = 0; i < validators.size(); i++) {
            all.add(validator(validators.get(i), votes.get(i)));
        }
        return new LightBlock(
                header(header),
                signed.path("round").asInt(-1),
                parts(signed.at("/block_id/parts")),
                all);
    }

    private static LightHeader header(JsonNode header) {
        JsonNode version = header.path("version");
        JsonNode before = header.path("last_block_id");
        return new LightHeader(
                new LightHeader.Version(
                        Integer.parseInt(version.path("block").asString("0")),
                        Integer.parseInt(version.path("app").asString("0"))),
                header.path("chain_id").asString(""),
                Long.parseLong(header.path("height").asString("")),
                time(header.path("time")),
                before.path("hash").asString("").isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new PreviousBlock(
                                        digest(before.path("hash")), parts(before.path("parts")))),
                digest(header.path("last_commit_hash")),
                digest(header.path("data_hash")),
                digest(header.path("validators_hash")),
                digest(header.path("next_validators_hash")),
                digest(header.path("consensus_hash")),
                hex(header.path("app_hash")),
                digest(header.path("last_results_hash")),
                digest(header.path("evidence_hash")),
                hex(header.path("proposer_address")));
    }

    private static LightValidator validator(JsonNode validator, JsonNode vote) {
        return new LightValidator(
                base64(validator.at("/pub_key/value")),
                Long.parseLong(validator.path("voting_power").asString("")),
                vote.path("block_id_flag").asInt(0) == VOTED_FOR_THE_BLOCK
                        ? Optional.of(
                                new Vote(
                                        time(vote.path("timestamp")),
                                        base64(vote.path("signature"))))
                        : Optional.empty());
    }

    private static BlockParts parts(JsonNode parts) {
        return new BlockParts(parts.path("total").asInt(0), digest(parts.path("hash")));
    }

    private static EngineTime time(JsonNode text) {
        try {
            Instant time = Instant.parse(text.asString(""));
            return new EngineTime(time.getEpochSecond(), time.getNano());
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("no time: " + text, malformed);
        }
    }

    private static Digest digest(JsonNode hex) {
        return new Digest(hex(hex));
    }

    private static ByteString hex(JsonNode text) {
        return ByteString.parseHex(text.asString("").toLowerCase(Locale.ROOT));
    }

    private static ByteString base64(JsonNode text) {
        return ByteString.of(Base64.getDecoder().decode(text.asString("")));
    }
}
