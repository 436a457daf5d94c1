package mitoyen.node.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a node does its part as one of several settlers.
///
/// @param community which one it settles, by its id
/// @param key the file of the key that signs for the settler's account
/// @param passphrase the file whose first line opens it; none where the key is bare
/// @param others the nodes of the other settlers
public record SettlerSettings(
        String community, Path key, Optional<Path> passphrase, List<URI> others) {
    public SettlerSettings {
        others = List.copyOf(others);
    }
}
