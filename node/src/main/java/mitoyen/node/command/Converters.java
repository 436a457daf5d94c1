package mitoyen.node.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.client.LightSync;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The texts of options and what they stand for.
final class Converters {
    private Converters() {}

    /// An account's id.
    static final class Id implements ITypeConverter<AccountId> {
        @Override
        public AccountId convert(String text) {
            try {
                return AccountId.parse(text);
            } catch (IllegalArgumentException mistyped) {
                throw wrong(text + " " + mistyped.getMessage());
            }
        }
    }

    /// The address of a node.
    static final class Address implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException malformed) {
                throw wrong(text + " is not an address; it looks like http://127.0.0.1:8090");
            }
        }
    }

    /// A public key.
    static final class Key implements ITypeConverter<SignerKey> {
        @Override
        public SignerKey convert(String text) {
            try {
                return new SignerKey(ByteString.parseHex(text));
            } catch (IllegalArgumentException malformed) {
                throw wrong(text + " is not a public key of 64 or 66 hexadecimal digits");
            }
        }
    }

    /// A key that signs by plain signatures, and its weight behind a colon, 1 if there is none.
    static final class KeyAndWeight implements ITypeConverter<Signer> {
        @Override
        public Signer convert(String text) {
            String[] parts = text.split(":", 2);
            SignerKey key = new Key().convert(parts[0]);
            if (parts.length == 1) {
                return Signer.plain(key, 1);
            }
            if (!parts[1].matches("[0-9]{1,4}") || Integer.parseInt(parts[1]) > Signer.MAX_WEIGHT) {
                throw wrong(parts[1] + " is not a weight from 1 to " + Signer.MAX_WEIGHT);
            }
            return Signer.plain(key, Integer.parseInt(parts[1]));
        }
    }

    /// An asset.
    static final class Code implements ITypeConverter<Asset> {
        @Override
        public Asset convert(String text) {
            if (!Asset.isCode(text)) {
                throw wrong(text + " is not an asset of 1 to 16 letters, digits and hyphens");
            }
            return new Asset(text);
        }
    }

    /// A header of the engine that is trusted: its height and hash.
    static final class Header implements ITypeConverter<LightSync.Trust> {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,14}):([0-9a-f]{64})");

        @Override
        public LightSync.Trust convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw wrong(text + " is not a height, a colon and 64 hexadecimal digits");
            }
            return new LightSync.Trust(
                    Long.parseLong(parts.group(1)), Digest.parse(parts.group(2)));
        }
    }

    /// How many blocks a ledger has.
    static final class Height implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!text.matches("[0-9]{1,18}")) {
                throw wrong(text + " is not a number of blocks");
            }
            return Long.valueOf(text);
        }
    }

    /// A lane of a sender (LE-92).
    static final class Lane implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                return Math.toIntExact(new Height().convert(text));
            } catch (ArithmeticException | TypeConversionException outside) {
                throw wrong(text + " is not a lane from 0 to " + Integer.MAX_VALUE);
            }
        }
    }

    /// A hash, or a salt.
    static final class Hash implements ITypeConverter<Digest> {
        @Override
        public Digest convert(String text) {
            try {
                return Digest.parse(text);
            } catch (IllegalArgumentException malformed) {
                throw wrong(text + " is not 64 hexadecimal digits");
            }
        }
    }

    /// A hold.
    static final class Hold implements ITypeConverter<PendingId> {
        @Override
        public PendingId convert(String text) {
            try {
                return new PendingId(ByteString.parseHex(text));
            } catch (IllegalArgumentException malformed) {
                throw wrong(text + " is not a hold of 32 hexadecimal digits");
            }
        }
    }

    /// Something that a delegated key may do.
    static final class Kind implements ITypeConverter<DelegatedKind> {
        @Override
        public DelegatedKind convert(String text) {
            return DelegatedKind.find(text)
                    .orElseThrow(() ->
                            wrong(
                                    text
                                            + " is not delegated; it may be transfer, reserve,"
                                            + " post, void, mint, open-account"));
        }
    }

    /// A span: `PT30M`, `P7D`.
    static final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration span = Duration.parse(text);
                if (span.isNegative() || span.isZero() || span.toDays() > 36_500) {
                    throw wrong(text + " is not a span above 0 and below a hundred years");
                }
                return span;
            } catch (DateTimeException malformed) {
                throw wrong(text + " is not a span such as PT30M or P7D");
            }
        }
    }

    /// An instant: a date and time with its offset, or a span from now.
    static final class Time implements ITypeConverter<Moment> {
        @Override
        public Moment convert(String text) {
            if (text.startsWith("P")) {
                return new Moment.In(new Span().convert(text));
            }
            try {
                return new Moment.At(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException malformed) {
                throw wrong(
                        text + " is neither such as 2026-12-01T12:00+01:00 nor a span as PT30M");
            }
        }
    }

    /// When something is to be.
    sealed interface Moment {
        /// The instant.
        ///
        /// @param now [ms since 1970]
        long millis(long now);

        /// At an instant.
        record At(Instant instant) implements Moment {
            @Override
            public long millis(long now) {
                return instant.toEpochMilli();
            }
        }

        /// After a span.
        record In(Duration span) implements Moment {
            @Override
            public long millis(long now) {
                return now + span.toMillis();
            }
        }
    }

    private static TypeConversionException wrong(String line) {
        return new TypeConversionException(line);
    }
}
