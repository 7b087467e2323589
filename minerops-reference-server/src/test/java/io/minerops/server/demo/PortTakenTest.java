package io.minerops.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command that listens, as a process of its own, at a port that is taken. */
class PortTakenTest {
    private final ServerSocket taken;

    @TempDir
    private Path folder;

    PortTakenTest() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void free() throws IOException {
        taken.close();
    }

    private String failureOf(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.minerops.server.Main"));
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

    private String port() {
        return Integer.toString(taken.getLocalPort());
    }

    @Test
    void the_demo_takes_the_port_of_the_environment_and_names_what_chooses_another() throws Exception {
        assertThat(failureOf(Map.of("MINEROPS_PORT", port()), "demo", "--miners", "7"))
                .contains("cannot listen on 127.0.0.1 port " + port())
                .contains("already in use")
                .contains("--port", "MINEROPS_PORT")
                .doesNotContain("\tat ");
    }

    @Test
    void the_option_of_the_demo_wins_over_the_environment() throws Exception {
        assertThat(failureOf(
                        Map.of("MINEROPS_PORT", Integer.toString(FreePort.find())),
                        "demo",
                        "--miners",
                        "7",
                        "--port",
                        port()))
                .contains("cannot listen on 127.0.0.1 port " + port());
    }

    @Test
    void the_server_names_the_setting_that_chooses_another() throws Exception {
        assertThat(failureOf(Map.of("MINEROPS_PORT", port())))
                .contains("cannot listen on 127.0.0.1 port " + port())
                .contains("already in use")
                .contains("MINEROPS_PORT")
                .doesNotContain("\tat ");
    }

    @Test
    void an_address_of_another_machine_is_named_with_its_setting() throws Exception {
        assertThat(failureOf(Map.of("MINEROPS_HOST", "192.0.2.1", "ALLOW_ANONYMOUS", "true", "MINEROPS_PORT", "0")))
                .contains("cannot listen on 192.0.2.1 port 0")
                .contains("MINEROPS_HOST")
                .doesNotContain("\tat ");
    }
}
