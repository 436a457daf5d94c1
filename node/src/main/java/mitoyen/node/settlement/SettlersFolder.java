package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.community.Community;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.SharedSalts;
import mitoyen.node.vault.Vault;

/// The folder of one of several settlers, before it has any readings.
public final class SettlersFolder {
    private SettlersFolder() {}

    /// Puts into it what the settlers share: keys first, then the community into the vault. Done
    /// again, it adds what is new.
    ///
    /// @param chance where this folder's own keys come from
    /// @throws IOException if it has the keys of another community, or cannot be written
    public static void take(Path folder, SharedSalts salts, Disk disk, SecureRandom chance)
            throws IOException {
        byte[] founded = salts.founded();
        Community community = CommunityCodec.decode(founded);
        Keys keys = Keys.adopt(Archive.keys(folder), salts.salt(), salts.members(), disk, chance);
        try (Vault vault = Vault.open(Archive.vault(folder), disk)) {
            vault.putTerms(
                    CommunityCodec.commitment(community.terms(), salts.salt()),
                    founded,
                    keys.community().vault());
            vault.commit();
        }
    }
}
