package io.minerops.server.cli.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.rules.RuleFileException;
import io.minerops.rules.test.RuleTestFile;
import io.minerops.rules.test.RuleTestFile.Result;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests of files, without a database. */
@Command(
        name = "test",
        description = "Runs rule tests: what miners report, and which alerts are expected.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:every test passed", "1:a test failed, or a file has errors", ExitCodes.UNUSABLE_WORDS})
final class RulesTestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "the tests, YAML or JSON")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private List<Path> files;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        PrintWriter out = spec.commandLine().getOut();
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            try {
                for (Result result : RuleTestFile.read(file).run()) {
                    passed += result.passed() ? 1 : 0;
                    failed += result.passed() ? 0 : 1;
                    show(file, result, out, shown);
                }
            } catch (RuleFileException e) {
                failed++;
                if (json.isSet()) {
                    ArrayNode problems =
                            shown.addObject().put("file", file.toString()).putArray("problems");
                    e.problems().forEach(problem -> problems.add(problem.toString()));
                } else {
                    e.problems().forEach(out::println);
                }
            }
        }
        if (json.isSet()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.put("ok", failed == 0)
                    .put("passed", passed)
                    .put("failed", failed)
                    .set("results", shown);
            out.println(all.toPrettyString());
        } else {
            out.println(passed + " passed, " + failed + " failed");
        }
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private void show(Path file, Result result, PrintWriter out, ArrayNode shown) {
        if (json.isSet()) {
            ObjectNode one = shown.addObject()
                    .put("file", file.toString())
                    .put("line", result.line())
                    .put("name", result.name())
                    .put("passed", result.passed());
            ArrayNode failures = one.putArray("failures");
            result.failures().forEach(failures::add);
        } else if (result.passed()) {
            out.println("passed  " + result.name());
        } else {
            out.println("FAILED  " + result.name() + " (" + file + ":" + result.line() + ")");
            result.failures().forEach(failure -> out.println("        " + failure));
        }
    }
}
