package mitoyen.node.cometbft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.node.input.JsonFailure;
import mitoyen.node.input.NamedFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// CometBFT's `genesis.json` of a shared ledger: who starts to order, and, as the state of the
/// application, the ledger's own genesis, so that this one file is all that a new node needs.
///
/// @param genesis of the ledger, a shared one
/// @param time from which blocks are made
public record CometGenesis(Genesis genesis, Instant time) {
    /// What a block of CometBFT has room for at least [bytes].
    private static final int BLOCK_BYTES = 4 << 20;

    /// By rising names: the same genesis is the same file on every machine, so that founders can
    /// compare its hash.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private static final int LARGEST = 8 << 20;
    private static final int CHAIN_DIGITS = 16;

    /// How long evidence counts: a light client's trust must not last longer.
    private static final String EVIDENCE_NANOS = "172800000000000";

    public CometGenesis {
        if (!genesis.isShared()) {
            throw new IllegalArgumentException("the genesis names no validators");
        }
    }

    /// What CometBFT calls the ledger.
    public String chain() {
        return "mitoyen-" + genesis.hash().toString().substring(0, CHAIN_DIGITS);
    }

    /// The most that a block of CometBFT has [bytes]: room for two of the largest bundles, and far
    /// below what a block of the ledger may have.
    private int blockBytes() {
        return Math.max(BLOCK_BYTES, 2 * genesis.parameters().bundleBytes());
    }

    /// The hash of the file, which `sha256sum` gives as well.
    public Digest fileHash() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Sha256.of(out.toByteArray());
    }

    /// Writes the file.
    public void write(OutputStream out) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("genesis_time", time.toString());
        root.put("chain_id", chain());
        root.put("initial_height", "1");
        root.put(
                "consensus_params",
                Map.of(
                        "block",
                        Map.of("max_bytes", Integer.toString(blockBytes()), "max_gas", "-1"),
                        "evidence",
                        Map.of(
                                "max_age_num_blocks",
                                "100000",
                                "max_age_duration",
                                EVIDENCE_NANOS,
                                "max_bytes",
                                Integer.toString(1 << 18)),
                        "validator",
                        Map.of("pub_key_types", List.of("ed25519")),
                        "version",
                        Map.of("app", "0"),
                        "abci",
                        Map.of("vote_extensions_enable_height", "0")));
        GovernanceTerms terms = genesis.governance().orElseThrow();
        root.put("validators", terms.validators().stream().map(CometGenesis::json).toList());
        root.put("app_hash", "");
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("ledger", genesis.hash().toString());
        state.put("genesis", Base64.getEncoder().encodeToString(genesis.toBytes()));
        root.put("app_state", state);
        out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    /// Reads the file.
    ///
    /// @throws IOException if it is none of a shared ledger, naming what is wrong
    public static CometGenesis read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = NamedFile.open(file)) {
            bytes = in.readNBytes(LARGEST);
        }
        try {
            JsonNode root = JSON.readTree(bytes);
            JsonNode state = root.path("app_state").path("genesis");
            if (!state.isString()) {
                throw new IOException(
                        file + ": holds no ledger; take the genesis.json that its founders gave");
            }
            return new CometGenesis(
                    Genesis.decode(Base64.getDecoder().decode(state.asString())),
                    Instant.parse(root.path("genesis_time").asString("")));
        } catch (JacksonException malformed) {
            throw malformed(file, JsonFailure.describe(malformed), malformed);
        } catch (CborException | IllegalArgumentException | DateTimeException malformed) {
            throw malformed(file, String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static IOException malformed(Path file, String what, Exception cause) {
        return new IOException(
                file
                        + ": not the genesis.json of a shared ledger: "
                        + what
                        + "; take the one that its founders gave",
                cause);
    }

    private static Map<String, Object> json(Validator validator) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "address",
                HexFormat.of()
                        .formatHex(validator.address().bytes().toBytes())
                        .toUpperCase(Locale.ROOT));
        json.put(
                "pub_key",
                Map.of(
                        "type",
                        "tendermint/PubKeyEd25519",
                        "value",
                        Base64.getEncoder().encodeToString(validator.key().bytes().toBytes())));
        json.put("power", Long.toString(validator.power()));
        json.put("name", validator.name());
        return json;
    }
}
