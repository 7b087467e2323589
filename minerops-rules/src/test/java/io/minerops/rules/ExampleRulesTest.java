package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.rules.junit.RuleTests;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files that the documentation shows. */
class ExampleRulesTest {
    static final Path EXAMPLES = Path.of("..", "docs", "examples");

    @TestFactory
    Stream<DynamicTest> the_tests_of_the_documentation_pass() {
        return RuleTests.in(EXAMPLES.resolve("rules-test.yaml"));
    }

    @Test
    void the_rules_of_the_documentation_read_back_from_their_export() {
        RuleFile rules = RuleFile.read(EXAMPLES.resolve("rules.yaml"));

        String exported = RuleExport.masked().toYaml(rules.rules());

        assertThat(RuleFile.parse("export", exported).rules()).isEqualTo(rules.rules());
    }
}
