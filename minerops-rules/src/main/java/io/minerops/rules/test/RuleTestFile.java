package io.minerops.rules.test;

import io.minerops.api.alert.AlertRule;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A file of tests of rules, YAML 1.2 or JSON: rules by {@code rule_files} and inline, and tests that say what miners
 * report over time and which alerts are to be open when. The tests run on the engine itself, without a clock or a store.
 */
public final class RuleTestFile {
    private final String name;
    private final List<AlertRule> rules;
    private final Duration checkEvery;
    private final List<RuleTest> tests;
    private final RuleContext context;

    RuleTestFile(String name, List<AlertRule> rules, Duration checkEvery, List<RuleTest> tests, RuleContext context) {
        this.name = name;
        this.rules = List.copyOf(rules);
        this.checkEvery = checkEvery;
        this.tests = List.copyOf(tests);
        this.context = context;
    }

    /**
     * Reads a file with {@link RuleContext#standard()}; the rule files that it names are looked for beside it.
     *
     * @throws RuleFileException with everything that is wrong with it and with the files that it names
     */
    public static RuleTestFile read(Path file) {
        return read(file, RuleContext.standard());
    }

    /**
     * Reads a file as {@link #read(Path)} does.
     *
     * @throws RuleFileException with everything that is wrong with it and with the files that it names
     */
    public static RuleTestFile read(Path file, RuleContext context) {
        return RuleTestReader.read(file, context);
    }

    /** The file as it was named. */
    public String name() {
        return name;
    }

    /** The names of the tests, in their order. */
    public List<String> testNames() {
        return tests.stream().map(RuleTest::name).toList();
    }

    /** Runs one test. */
    public Result run(int test) {
        RuleTest one = tests.get(test);
        return new Result(one.name(), one.line(), new RuleTestRun(one, rules, checkEvery, context.types()).failures());
    }

    /** Runs every test, in their order; none changes anything for another. */
    public List<Result> run() {
        return IntStream.range(0, tests.size()).mapToObj(this::run).toList();
    }

    /**
     * What came of one test of rules.
     *
     * @param name what it shows
     * @param line the line of its file in which it begins
     * @param failures what was expected and did not come, and what came unexpected, a line each; empty where it passed
     */
    public record Result(String name, int line, List<String> failures) {
        public Result {
            failures = List.copyOf(failures);
        }

        /** Whether all was as expected. */
        public boolean passed() {
            return failures.isEmpty();
        }
    }
}
