package io.minerops.server.curtail;

import io.minerops.core.curtail.ShedCheck;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.http.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the file of a report. */
@Command(
        name = "verify",
        description = "Checks the hashes of a report of what was shed, and names the first interval that was changed.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the file is as it was written",
            "1:it was changed, or cannot be read",
            ExitCodes.UNUSABLE_WORDS
        })
final class CurtailVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the report")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private Path file;

    @Option(
            names = "--hash",
            paramLabel = "HEX",
            description = "the last hash, as it was kept elsewhere: shows also that all hashes were made again")
    private @Nullable String expected;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** The exit code: 0 where the file is as it was written, 1 where it is not. */
    @Override
    public Integer call() {
        ShedCheck check = ShedCheck.of(bytes());
        String fault = check.fault();
        if (fault == null
                && expected != null
                && !expected.toLowerCase(Locale.ROOT).equals(check.hash())) {
            fault = "the last hash is " + check.hash() + ": this is another report than the one with " + expected;
        }
        String text = fault == null
                ? check.intervals() + " intervals unchanged, last hash " + check.hash()
                : "changed: " + fault;
        json.write(
                spec,
                JsonObject.object()
                        .flag("ok", fault == null)
                        .whole("intervals", check.intervals())
                        .text("fault", fault)
                        .text("hash", check.hash()),
                text + System.lineSeparator());
        return fault == null ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
