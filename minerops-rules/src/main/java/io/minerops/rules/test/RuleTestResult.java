package io.minerops.rules.test;

import java.util.List;

/**
 * What came of one test of rules.
 *
 * @param name what it shows
 * @param line the line of its file in which it begins
 * @param failures what was expected and did not come, and what came unexpected, a line each; empty where it passed
 */
public record RuleTestResult(String name, int line, List<String> failures) {
    public RuleTestResult {
        failures = List.copyOf(failures);
    }

    /** Whether all was as expected. */
    public boolean passed() {
        return failures.isEmpty();
    }
}
