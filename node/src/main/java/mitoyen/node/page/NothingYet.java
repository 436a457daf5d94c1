package mitoyen.node.page;

import java.time.LocalDate;
import java.util.Optional;
import mitoyen.node.statement.Statement;

/// The records of a folder in which no community was founded.
final class NothingYet implements Records {
    private static final Street NOTHING = Street.empty("Mitoyen", new Statement.Anchor(0, ""));

    @Override
    public Street street() {
        return NOTHING;
    }

    @Override
    public DayCurve curve(LocalDate date) {
        throw new IllegalArgumentException(date + " is not settled");
    }

    @Override
    public Optional<Statement> findStatement(String member, String period) {
        return Optional.empty();
    }

    @Override
    public Optional<BlockView> findBlock(long height, Frame frame) {
        return Optional.empty();
    }

    @Override
    public Optional<DayProof> findProof(String member, LocalDate date, String kind, String root) {
        return Optional.empty();
    }
}
