package mitoyen.node.input;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;

/// A request that was understood and refused: exit status 1.
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private static final Messages ENGLISH = Messages.in(Language.EN);

    private final transient Mistake reason;
    private final transient List<Phrase> details;

    /// @param reason what was refused, why, and what to do about it
    public Refused(Mistake reason) {
        this(reason, List.of());
    }

    /// @param details lines that follow
    public Refused(Mistake reason, List<Phrase> details) {
        super(
                Stream.concat(
                                Stream.of(reason.toString()),
                                details.stream().map(detail -> "  " + detail.in(ENGLISH)))
                        .collect(Collectors.joining("\n")));
        this.reason = reason;
        this.details = List.copyOf(details);
    }

    /// What was refused, why, and what to do about it.
    public Mistake reason() {
        return reason;
    }

    /// Lines that follow.
    public List<Phrase> details() {
        return details;
    }
}
