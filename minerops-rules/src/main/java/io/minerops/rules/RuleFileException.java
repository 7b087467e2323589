package io.minerops.rules;

import java.util.List;
import java.util.stream.Collectors;

/** A rule file or rule test file with errors; lists all of them. */
public final class RuleFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<FileProblem> problems;

    /**
     * A refusal.
     *
     * @param problems what is wrong, in the order of the file; at least one
     */
    public RuleFileException(List<FileProblem> problems) {
        super(problems.stream().map(FileProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file. */
    public List<FileProblem> problems() {
        return problems;
    }
}
