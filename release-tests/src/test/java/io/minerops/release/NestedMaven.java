package io.minerops.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of the Maven wrapper in a process of its own. */
record NestedMaven(int exitCode, String output) {
    private static final long MAX_MINUTES = 10;

    /**
     * Runs Maven and waits for its end.
     *
     * @param folder where it runs
     * @param log the file that takes its output
     */
    static NestedMaven run(Path folder, Path log, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", ReleaseTree.ROOT.resolve("mvnw").toString()));
        command.addAll(List.of("-B", "-ntp"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("Maven did not end within " + MAX_MINUTES + " minutes, see " + log);
        }
        return new NestedMaven(process.exitValue(), Files.readString(log));
    }
}
