package mitoyen.node.settlement;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.proof.Commitment;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.TermsCodec;
import mitoyen.node.community.Community;
import mitoyen.node.community.MemberDetails;
import mitoyen.node.keys.Secret;

/// A community as the vault keeps it: the terms, whose commitment is on the ledger, and the names,
/// of which nothing is.
public final class CommunityCodec {
    private static final int DEPTH = 3;
    private static final int MAX_BYTES = 1 << 24;
    private static final int MAX_MEMBERS = 1 << 16;
    private static final int MAX_TEXT = 1 << 12;

    private CommunityCodec() {}

    /// The commitment to the terms, salted with the community's key: a hash of its own would let
    /// anyone try out meters and prices until one fits.
    ///
    /// @param salt the community's
    public static Digest commitment(Terms terms, Secret salt) {
        Digest salted = Digest.of(salt.derive("mitoyen salt terms"));
        return Commitment.of(salted, TermsCodec.encode(terms));
    }

    /// The bytes of a community.
    public static byte[] encode(Community community) {
        CborWriter writer = new CborWriter().map(2);
        writer.key("terms").bytes(ByteString.of(TermsCodec.encode(community.terms())));
        writer.key("details").array(community.details().size());
        community
                .details()
                .forEach((id, details) -> {
                    writer.array(3).text(id).text(details.name());
                    writer.text(details.vatNote().orElse(""));
                });
        return writer.toBytes();
    }

    /// The community of these bytes.
    ///
    /// @throws IOException if the bytes are not what [#encode] makes
    public static Community decode(byte[] bytes) throws IOException {
        try {
            CborReader reader = new CborReader(bytes, DEPTH);
            reader.beginMap();
            Terms terms = TermsCodec.decode(reader.key("terms").bytes(MAX_BYTES).toBytes());
            int count = reader.key("details").beginArray(MAX_MEMBERS);
            SortedMap<String, MemberDetails> details = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                reader.beginArray(3);
                String id = reader.text(MAX_TEXT);
                String name = reader.text(MAX_TEXT);
                String note = reader.text(MAX_TEXT);
                reader.endArray();
                details.put(
                        id,
                        new MemberDetails(
                                name, note.isEmpty() ? Optional.empty() : Optional.of(note)));
            }
            reader.endArray();
            reader.endMap();
            reader.end();
            return new Community(terms, details);
        } catch (CborException malformed) {
            throw new IOException("the terms in the vault are damaged", malformed);
        }
    }
}
