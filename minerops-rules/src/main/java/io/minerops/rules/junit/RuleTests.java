package io.minerops.rules.junit;

import io.minerops.rules.RuleContext;
import io.minerops.rules.test.RuleTestFile;
import io.minerops.rules.test.RuleTestFile.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the tests of a {@link RuleTestFile} under JUnit, each as a test of its own:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> rules() {
 *     return RuleTests.in(Path.of("rules-test.yaml"));
 * }
 * }</pre>
 */
public final class RuleTests {
    private RuleTests() {}

    /**
     * The tests of a file.
     *
     * @throws io.minerops.rules.RuleFileException with everything that is wrong with the file
     */
    public static Stream<DynamicTest> in(Path file) {
        return in(file, RuleContext.standard());
    }

    /**
     * The tests of a file whose rules may be of other types than the standard ones.
     *
     * @throws io.minerops.rules.RuleFileException with everything that is wrong with the file
     */
    public static Stream<DynamicTest> in(Path file, RuleContext context) {
        RuleTestFile tests = RuleTestFile.read(file, context);
        List<String> names = tests.testNames();
        return IntStream.range(0, names.size())
                .mapToObj(test -> DynamicTest.dynamicTest(names.get(test), () -> requirePassed(tests.run(test))));
    }

    private static void requirePassed(Result result) {
        if (!result.passed()) {
            throw new AssertionError(String.join(System.lineSeparator(), result.failures()));
        }
    }
}
