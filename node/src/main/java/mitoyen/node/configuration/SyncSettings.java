package mitoyen.node.configuration;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.ledger.proof.Digest;

/// Where a node that has no ledger yet learns what it begins with, from a snapshot of others: it
/// trusts one header of the engine and nobody's word.
///
/// @param from two nodes at least that show it the engine's headers
/// @param trust the header that it trusts
public record SyncSettings(List<URI> from, Trusted trust) {
    private static final Pattern NODE =
            Pattern.compile("https?://[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?");
    private static final int LAST_PORT = 65_535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public SyncSettings {
        from = List.copyOf(from);
    }

    /// A header of the engine.
    ///
    /// @param height of the engine's block, from 1
    /// @param hash of its header
    public record Trusted(long height, Digest hash) {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,14}):([0-9a-f]{64})");

        /// The header that is written as `14:ec10...`; empty where this is none.
        public static Optional<Trusted> parse(String text) {
            Matcher parts = FORM.matcher(text);
            return parts.matches()
                    ? Optional.of(
                            new Trusted(
                                    Long.parseLong(parts.group(1)), Digest.parse(parts.group(2))))
                    : Optional.empty();
        }

        /// As people write it.
        @Override
        public String toString() {
            return height + ":" + hash;
        }
    }

    /// The nodes in a list with commas; empty where one of them is no address of a node, one comes
    /// twice, or there are not two.
    public static Optional<List<URI>> parseNodes(String text) {
        List<String> nodes = List.of(text.split(",", -1));
        return nodes.size() >= 2
                        && nodes.stream().allMatch(SyncSettings::isNode)
                        && nodes.stream().map(SyncSettings::place).distinct().count()
                                == nodes.size()
                ? Optional.of(nodes.stream().map(URI::create).toList())
                : Optional.empty();
    }

    /// Where a node is, however its address is written.
    private static String place(String text) {
        URI node = URI.create(text);
        int usual = node.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
        return Optional.ofNullable(node.getHost())
                        .orElse(node.getAuthority())
                        .toLowerCase(Locale.ROOT)
                + ":"
                + (node.getPort() < 0 ? usual : node.getPort())
                + node.getPath().replaceAll("/+$", "");
    }

    private static boolean isNode(String text) {
        return NODE.matcher(text).matches() && URI.create(text).getPort() <= LAST_PORT;
    }
}
