package mitoyen.node.settlers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.DayLeaf;
import mitoyen.ledger.wire.DayTree;
import mitoyen.node.keys.MemberKeys;
import mitoyen.node.settlement.DayTrees;
import mitoyen.node.settlement.SettlersDesk;
import mitoyen.node.vault.SealedLeaf;

/// What a settler's node answers the nodes of the other settlers: the leaves that it came to, while
/// a proposal with their root waits on the ledger. To everybody else, and of any other day, there
/// is nothing here.
public final class LeafAnswers {
    private final SettlersDesk desk;

    public LeafAnswers(SettlersDesk desk) {
        this.desk = desk;
    }

    /// The hashes of a day's leaves, in order.
    ///
    /// @param token that the question was asked with
    /// @return empty where no settler asks, or this one did not come to that root
    public Optional<List<Digest>> findHashes(LeafQuestion question, String token)
            throws IOException {
        return find(question, token)
                .map(trees ->
                        tree(trees, question.kind()).leaves().stream().map(DayLeaf::hash).toList());
    }

    /// A leaf, [sealed][SealedLeaf] under its member's salt.
    ///
    /// @param index among the leaves, from 0
    /// @return empty as above, and where there is no such leaf
    public Optional<ByteString> findSealed(LeafQuestion question, String token, int index)
            throws IOException {
        Optional<DayTrees> trees = find(question, token);
        if (trees.isEmpty()) {
            return Optional.empty();
        }
        List<DayLeaf> leaves = tree(trees.get(), question.kind()).leaves();
        if (index >= leaves.size()) {
            return Optional.empty();
        }
        DayLeaf leaf = leaves.get(index);
        String id = trees.get().day().terms().members().get(leaf.member()).id();
        MemberKeys member = desk.keys().getMember(id);
        return Optional.of(
                ByteString.of(
                        SealedLeaf.seal(
                                member.salt(),
                                question.day(),
                                question.kind().toString(),
                                leaf.content().toBytes())));
    }

    static DayTree tree(DayTrees trees, SettledRoot kind) {
        return switch (kind) {
            case READINGS -> trees.readings();
            case ALLOCATIONS -> trees.allocations();
        };
    }

    /// Asked before the vault is: whoever has the salt gets no day that is not in question.
    private static boolean isProposed(EnergyState ledger, LeafQuestion question) {
        return ledger.findCommunity(question.community()).stream()
                .flatMap(community -> ledger.listProposals(community, question.day()).stream())
                .anyMatch(proposal -> proposal.root(question.kind()).equals(question.root()));
    }

    private Optional<DayTrees> find(LeafQuestion question, String token) throws IOException {
        if (!question.isAskedWith(token, desk.keys().community().salt())) {
            return Optional.empty();
        }
        return desk.at((ledger, vault) ->
                        isProposed(ledger.energy(), question)
                                ? vault.findTrees(question.day())
                                : Optional.<DayTrees>empty())
                .filter(trees -> trees.day().terms().community().equals(question.community()))
                .filter(trees -> tree(trees, question.kind()).root().equals(question.root()));
    }
}
