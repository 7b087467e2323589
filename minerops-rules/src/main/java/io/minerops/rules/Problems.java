package io.minerops.rules;

import io.minerops.api.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with one file, so that its author sees all of it at once. */
public final class Problems {
    /** Maximum number reported per file; the rest appear once these are fixed. */
    private static final int MOST = 100;

    private final String file;
    private final List<FileProblem> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    public void add(DocumentNode at, String message) {
        add(at, null, message);
    }

    public void add(DocumentNode at, @Nullable String field, String message) {
        found.add(new FileProblem(file, at.line(), at.column(), field, message));
    }

    public void add(int line, int column, String message) {
        found.add(new FileProblem(file, line, column, null, message));
    }

    /** Notes a refusal of what stands there. */
    public void add(DocumentNode at, InvalidArgumentException refusal) {
        add(at, String.valueOf(refusal.getMessage()));
    }

    /** Notes what is wrong with another file that this one names. */
    public void addAll(RuleFileException other) {
        found.addAll(other.problems());
    }

    /** How many there are so far. */
    int count() {
        return found.size();
    }

    /**
     * Ends the reading.
     *
     * @throws RuleFileException if anything was wrong
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(FileProblem::line).thenComparingInt(FileProblem::column));
            throw new RuleFileException(found.subList(0, Math.min(MOST, found.size())));
        }
    }
}
