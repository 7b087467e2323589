package io.minerops.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own that must end with exit code 1. */
public final class FailingCommand {
    private FailingCommand() {}

    /**
     * Runs the command; what it printed.
     *
     * @param folder where it runs
     * @param main the class that is run
     */
    public static String run(Path folder, String main, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("it ends, rather than listening elsewhere")
                    .isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as(said).isEqualTo(1);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
