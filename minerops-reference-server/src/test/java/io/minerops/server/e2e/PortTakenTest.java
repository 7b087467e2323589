package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.FailingCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server, as a process of its own, at a port that is taken. */
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

    private String failureOf(Map<String, String> environment) throws Exception {
        return FailingCommand.run(folder, "io.minerops.server.Main", environment);
    }

    private String port() {
        return Integer.toString(taken.getLocalPort());
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
