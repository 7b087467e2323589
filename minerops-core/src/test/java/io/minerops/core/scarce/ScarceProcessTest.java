package io.minerops.core.scarce;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.testkit.fleet.FleetSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that is short of memory or of file descriptors makes of its miners. */
@Timeout(120)
class ScarceProcessTest {
    private static final int HOSTILE = 510;
    private static final int GOOD = 5;
    private static final int MEGABYTE = 1_000_000;
    private static final String REPLY =
            "{\"STATUS\":[{\"STATUS\":\"S\",\"Msg\":\"Summary\"}],\"SUMMARY\":[{\"Elapsed\":100,"
                    + "\"GHS 5s\":90000,\"GHS av\":90000,\"Accepted\":1,\"Rejected\":0,\"Hardware Errors\":0}],\"id\":1}";

    @TempDir
    private Path folder;

    /** Runs another process of this Java, lets it go on after each line of a poll, and gives what it printed. */
    private List<String> run(String shell, List<String> options, String... args) throws Exception {
        Path errors = folder.resolve("errors.log");
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        java.addAll(options);
        java.add(ScarceMain.class.getName());
        java.addAll(List.of(args));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", shell + " exec \"$@\"", "sh"));
        command.addAll(java);
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.startsWith("poll ")) {
                    process.getOutputStream().write('\n');
                    process.getOutputStream().flush();
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return lines;
    }

    private static byte[] filled(String start, String filling) {
        StringBuilder reply = new StringBuilder(start);
        while (reply.length() < MEGABYTE) {
            reply.append(filling);
        }
        return reply.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.77.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{},", "\"a\":1,", " ", "[1,2,3],"})
    void long_replies_of_many_devices_end_neither_the_process_nor_the_readings_of_others(String filling)
            throws Exception {
        int port = freePort();
        byte[] good = REPLY.getBytes(StandardCharsets.US_ASCII);
        try (LoopbackFleet hostile =
                        new LoopbackFleet(0, HOSTILE, port, filled("{\"STATUS\":[", filling), filling.equals(" "));
                LoopbackFleet well = new LoopbackFleet(9, GOOD, port, good, true)) {
            assertThat(hostile).isNotEqualTo(well);

            List<String> lines = run(
                    "",
                    List.of("-Xmx48m", "-XX:+ExitOnOutOfMemoryError"),
                    "127.77.0.1-127.77.0.250:" + port + ",127.77.1.1-127.77.1.250:" + port + ",127.77.2.1-127.77.2.10:"
                            + port + ",127.77.9.1-127.77.9.5:" + port,
                    "2",
                    "0",
                    "6");

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("poll "))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("answered=" + GOOD + " "));
        }
    }

    @Test
    void miners_wait_for_their_turn_where_no_more_files_can_be_opened() throws Exception {
        int miners = 600;
        try (FleetSimulator fleet = FleetSimulator.builder()
                .miners(miners)
                .onPorts(InetAddress.getLoopbackAddress(), 0)
                .build()) {
            fleet.start();

            List<String> lines = run("ulimit -n 256;", List.of(), fleet.range(), "3", "12", "40");

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("poll "))
                    .hasSize(3)
                    .containsOnly("poll answered=" + miners + " failures={}");
            assertThat(lines).contains("job failures=0 error=null");
        }
    }
}
