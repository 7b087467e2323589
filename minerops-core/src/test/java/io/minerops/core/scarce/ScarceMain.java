package io.minerops.core.scarce;

import io.minerops.api.event.Event;
import io.minerops.api.store.EventQuery;
import io.minerops.core.MinerOps;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.core.job.PollReport;
import io.minerops.testkit.memory.InMemoryStore;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Polls a range so many times, and prints a line for each poll and one for what the job says. */
final class ScarceMain {
    private ScarceMain() {}

    /**
     * Polls, and prints.
     *
     * @param args the range, the number of polls, and how many files may still be opened after the first poll; 0 for any
     *     number; and the deadline of a reading, seconds
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<FileInputStream> open = new ArrayList<>();
        InMemoryStore store = new InMemoryStore();
        // the other ports of loopback are not those of the devices of a test
        CgminerClient client = CgminerClient.builder()
                .webPort(1)
                .whatsminerPort(1)
                .auradinePort(1)
                .exchangeTimeout(Duration.ofSeconds(Integer.parseInt(args[3]) / 3))
                .build();
        try (MinerOps ops = MinerOps.builder()
                .store(store)
                .minerClient(client)
                .miners(MinerRange.parse(args[0]))
                .pollInterval(Duration.ofMinutes(2))
                .minerDeadline(Duration.ofSeconds(Integer.parseInt(args[3])))
                .build()) {
            for (int poll = Integer.parseInt(args[1]); poll > 0; poll--) {
                PollReport report = ops.pollNow();
                out.println("poll answered=" + report.answered() + " failures=" + new TreeMap<>(report.failures()));
                System.in.read();
                if (open.isEmpty()) {
                    leave(Integer.parseInt(args[2]), open);
                }
            }
            JobStatus job = ops.jobs().stream()
                    .filter(status -> status.name().equals(Job.POLL_METRICS.key()))
                    .findFirst()
                    .orElseThrow();
            out.println("job failures=" + job.failures() + " error=" + job.lastError());
            for (Event event : store.events()
                    .find(new EventQuery(Event.Level.ERROR, null, null, 100, null))
                    .items()) {
                out.println("event " + event.message());
            }
        } finally {
            for (FileInputStream file : open) {
                file.close();
            }
        }
    }

    private static void leave(int left, List<FileInputStream> open) throws IOException {
        if (left == 0) {
            return;
        }
        try {
            while (true) {
                open.add(new FileInputStream("/dev/null"));
            }
        } catch (FileNotFoundException e) {
            for (int file = 0; file < left; file++) {
                open.remove(open.size() - 1).close();
            }
        }
    }
}
