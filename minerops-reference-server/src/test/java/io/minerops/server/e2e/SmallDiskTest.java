package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import io.minerops.api.store.HistoryQuery;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose database is on a disk of a few megabytes, which becomes full, and read-only. The disk is a tmpfs in a mount
 * namespace of a process of its own, which needs no root where the kernel lets users make namespaces.
 */
class SmallDiskTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void polls_wait_while_the_disk_is_full_and_a_read_only_disk_is_refused_by_name() throws Exception {
        assumeTrue(run("unshare", "-rm", "true").equals("0 "), "this kernel lets no user make a mount namespace");
        Path disk = Files.createDirectory(folder.resolve("disk"));

        String ended = run(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=6m tmpfs \"$0\" && exec \"$@\"",
                disk.toString(),
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + disk,
                "-Dorg.sqlite.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                OnSmallDisk.class.getName(),
                disk.toString());

        assertThat(ended).startsWith("0 ").contains("all of it held");
    }

    /** The exit code and the output. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return e.toString();
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() + " " + output;
    }

    /** What happens in the process that has the disk. */
    static final class OnSmallDisk {
        private OnSmallDisk() {}

        public static void main(String[] args) throws Exception {
            Path disk = Path.of(args[0]);
            RunningServer server = RunningServer.of(2);
            server.start();
            server.awaitStart();
            becomesFull(disk, server);
            becomesReadOnly(disk, server);
            System.out.println("all of it held");
            System.exit(0);
        }

        private static void becomesFull(Path disk, RunningServer server) throws IOException {
            Path ballast = fill(disk);
            List<Instant> polls = new ArrayList<>();
            // the log has room for some polls more
            await().atMost(PATIENCE).until(() -> {
                polls.add(server.server().ops().pollNow().at());
                return server.client().get("/readyz").text().contains("poll-buffer");
            });
            assertThat(server.client().get("/readyz").status()).isEqualTo(503);
            assertThat(server.client().get("/readyz").text()).contains("the disk is full");
            polls.add(server.server().ops().pollNow().at());
            assertThat(server.server().ops().fleet().latest().epochMillis(0))
                    .isEqualTo(polls.get(polls.size() - 1).toEpochMilli());

            Files.delete(ballast);
            polls.add(server.server().ops().pollNow().at());

            List<Instant> stored = new ArrayList<>();
            HistoryQuery query =
                    new HistoryQuery(null, polls.get(0), Instant.now().plusSeconds(60), null, 10_000);
            server.server().ops().store().metrics().history(query, (at, sample) -> stored.add(at));
            assertThat(stored).containsAll(polls).isSorted();
            await().atMost(PATIENCE).until(() -> server.client().get("/readyz").status() == 200);
            await().atMost(PATIENCE)
                    .until(() ->
                            server.client().get("/api/events").text().contains("are stored; 0 samples were dropped"));
            assertThat(server.client().get("/api/events").text()).contains("the disk is full");
        }

        private static Path fill(Path disk) throws IOException {
            Path ballast = disk.resolve("ballast");
            byte[] page = new byte[4_096];
            try {
                while (true) {
                    Files.write(ballast, page, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
            return ballast;
        }

        private static void becomesReadOnly(Path disk, RunningServer server) throws Exception {
            server.stopServer();
            assertThat(run("mount", "-o", "remount,ro", disk.toString())).startsWith("0 ");

            StoreException failure = catchThrowableOfType(StoreException.class, server::startServer);

            assertThat(failure).hasMessageContaining("Read-only file system");
            assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
            assertThat(run("mount", "-o", "remount,rw", disk.toString())).startsWith("0 ");
            server.startServer();
            server.awaitStart();
            assertThat(server.client().get("/readyz").status()).isEqualTo(200);
            server.stopServer();
        }
    }
}
