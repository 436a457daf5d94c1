package mitoyen.node.page;

import java.util.List;

/// A block in the words of its reader.
///
/// @param instant its time in ISO 8601
/// @param time its time by the community's clock
/// @param hash in hexadecimal
/// @param header the parts of the header that its hash is taken over
/// @param deeds its transactions
public record BlockView(
        long height,
        String instant,
        String time,
        String hash,
        List<Fact> header,
        List<Deed> deeds) {
    public BlockView {
        header = List.copyOf(header);
        deeds = List.copyOf(deeds);
    }

    /// What a transaction did.
    ///
    /// @param title in two or three words
    /// @param sentence all of it that matters to a resident
    /// @param facts the rest
    public record Deed(String title, String sentence, List<Fact> facts) {
        public Deed {
            facts = List.copyOf(facts);
        }
    }

    /// A named value.
    ///
    /// @param code whether it is for machines
    public record Fact(String name, String value, boolean code) {}
}
