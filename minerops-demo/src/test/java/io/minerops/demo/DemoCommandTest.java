package io.minerops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.MainRun;
import io.minerops.server.support.FailingCommand;
import io.minerops.server.support.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    private final MainRun main = new MainRun(DemoCommand::commandLine);
    private final ServerSocket taken;

    @TempDir
    private Path folder;

    DemoCommandTest() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void free() throws IOException {
        taken.close();
    }

    private String failureOf(Map<String, String> environment, String... arguments) throws Exception {
        return FailingCommand.run(folder, DemoCommand.class.getName(), environment, arguments);
    }

    private String port() {
        return Integer.toString(taken.getLocalPort());
    }

    @Test
    void help_lists_the_options_and_the_command_that_records() {
        assertThat(main.run("--help")).isZero();
        assertThat(main.out()).contains("--port", "--miners", "--seed", "record");
    }

    @Test
    void a_demo_with_too_few_miners_is_refused() {
        assertThat(main.run("--port", "0", "--miners", "3")).isEqualTo(2);
        assertThat(main.err()).contains("miners must be between 7 and 5000, not 3");
    }

    @Test
    void the_demo_takes_the_port_of_the_environment_and_names_what_chooses_another() throws Exception {
        assertThat(failureOf(Map.of("MINEROPS_PORT", port()), "--miners", "7"))
                .contains("cannot listen on 127.0.0.1 port " + port())
                .contains("already in use")
                .contains("--port", "MINEROPS_PORT")
                .doesNotContain("\tat ");
    }

    @Test
    void the_option_of_the_demo_wins_over_the_environment() throws Exception {
        assertThat(failureOf(
                        Map.of("MINEROPS_PORT", Integer.toString(FreePort.find())), "--miners", "7", "--port", port()))
                .contains("cannot listen on 127.0.0.1 port " + port());
    }
}
