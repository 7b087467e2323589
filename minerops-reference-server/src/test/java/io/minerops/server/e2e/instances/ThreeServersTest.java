package io.minerops.server.e2e.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.support.FreePort;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.market.FakeMarket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes of the server share one PostgreSQL and one fleet: one is killed, one frozen until its leases have run
 * out, and the database restarted. {@code -Dminerops.instances.miners=3000} for a larger fleet, {@code
 * -Dminerops.instances.seconds=10} for another interval.
 */
@Timeout(900)
class ThreeServersTest {
    private static final int MINERS = Integer.getInteger("minerops.instances.miners", 300);
    private static final Duration INTERVAL =
            Duration.ofSeconds(Integer.getInteger("minerops.instances.seconds", MINERS > 1_000 ? 10 : 3));

    /** Miners beside the others that do not answer while a server is frozen, so that its poll is under way. */
    private static final int SILENT = 20;

    /** Miners that become hot in each phase: more than are reported one by one. */
    private static final int HOT = 5;

    @TempDir
    private Path folder;

    private final PollCounts polls = new PollCounts(MINERS, INTERVAL);
    private final FleetSimulator fleet = FleetSimulator.builder()
            .miners(MINERS + SILENT)
            .models(Model.S9)
            .seed(17)
            .onAddresses("127.77.0.1", FreePort.find())
            .onRequest(polls::request)
            .build();
    private final WebhookTarget hook = WebhookTarget.start();
    private FakeMarket market;
    private SharedDatabase database;
    private ThreeServers servers;
    private int hot;

    @BeforeEach
    void startAll() throws Exception {
        fleet.start();
        market = FakeMarket.start();
        database = new SharedDatabase(folder);
        servers = new ThreeServers(
                folder,
                fleet,
                market,
                Map.of(
                        "MINEROPS_DB", database.url(),
                        "MINEROPS_DB_USER", "postgres",
                        "MINEROPS_DB_PASSWORD", "postgres",
                        "POLL_INTERVAL", Long.toString(INTERVAL.toSeconds()),
                        "ALERT_INTERVAL", "1",
                        "CGMINER_TIMEOUT", "2"));
        servers.start(0);
        servers.awaitMembers(0, 1);
        servers.at(0)
                .client()
                .put("/api/alerts/rules/1", "{\"notify_webhook\": true, \"webhook_url\": \"" + hook.url() + "\"}");
        servers.start(1);
        servers.start(2);
        for (int server = 0; server < ThreeServers.SERVERS; server++) {
            servers.awaitMembers(server, ThreeServers.SERVERS);
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        servers.close();
        database.close();
        market.close();
        fleet.close();
        hook.close();
    }

    @Test
    void
            three_servers_poll_each_miner_once_and_lose_and_repeat_nothing_when_one_dies_one_freezes_and_the_database_restarts()
                    throws Exception {
        awaitWholePolls("three servers");
        heat();
        awaitMessages("firing");

        int killed = servers.holder(database, "check-alerts");
        heat();
        servers.kill(killed);
        showWholePolls("server " + killed + " killed with -9", polls.now() + 2);
        awaitMessages("firing");
        servers.start(killed);
        servers.awaitMembers(killed, ThreeServers.SERVERS);
        awaitWholePolls("server " + killed + " started again");

        freezeAndWake();
        awaitMessages("firing");

        restartDatabase();
        awaitMessages("firing");

        IntStream.range(0, hot).forEach(fleet::heal);
        awaitMessages("resolved");
        showNothingLostOrRepeated();
    }

    /** Freezes the server that checks alerts in the middle of a poll, and wakes it when all its leases have run out. */
    private void freezeAndWake() throws Exception {
        int frozen = servers.holder(database, "check-alerts");
        String name = servers.name(frozen);
        IntStream.range(MINERS, MINERS + SILENT).forEach(miner -> fleet.trouble(miner, Trouble.SILENT));
        long interval = polls.now() + 1;
        await().atMost(INTERVAL.multipliedBy(3))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> polls.of(interval).isWhole());
        servers.freeze(frozen);
        long frozenIn = polls.now();
        heat();
        showWholePolls("server " + frozen + " frozen in the middle of a poll", frozenIn + 2);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> database.number("SELECT COUNT(*) FROM leases WHERE holder = '" + name
                                + "' AND until > clock_timestamp()")
                        == 0);
        List<String> stored = ticks(frozenIn);
        servers.wake(frozen);
        long woken = polls.now();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !servers.logged(frozen, "nothing was written: the lease of")
                        .isEmpty());
        print("its write after that: "
                + servers.logged(frozen, "nothing was written: the lease of").get(0));
        assertThat(ticks(frozenIn))
                .as("polls of the interval in which it froze")
                .isEqualTo(stored);
        IntStream.range(MINERS, MINERS + SILENT).forEach(fleet::heal);
        servers.awaitMembers(frozen, ThreeServers.SERVERS);
        showWholePolls("server " + frozen + " woken", woken);
    }

    private List<String> ticks(long interval) throws Exception {
        return database.column(
                "SELECT written FROM ticks WHERE at = " + interval * INTERVAL.toMillis() + " ORDER BY written");
    }

    private void restartDatabase() throws Exception {
        heat();
        database.stop();
        database.startAgain();
        showWholePolls("PostgreSQL restarted", polls.now() + 2);
    }

    /** Makes more miners hot. */
    private void heat() {
        IntStream.range(hot, hot + HOT).forEach(miner -> fleet.trouble(miner, Trouble.HOT));
        hot += HOT;
    }

    /** Waits for a message of each miner that was hot. */
    private void awaitMessages(String event) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> Messages.of(hook.bodies()).keySet().stream()
                                .filter(message -> message.startsWith(event))
                                .count()
                        >= hot);
    }

    /** Waits until each miner was polled once in each of three intervals in a row: processes that start slow down others. */
    private void awaitWholePolls(String state) {
        long from = polls.now() + 4;
        await().atMost(INTERVAL.multipliedBy(20))
                .until(() -> polls.now() >= from
                        && seen(polls.now() - 3, polls.now()).stream().allMatch(PollCounts.Seen::isWhole));
        print(state + ": " + seen(polls.now() - 3, polls.now()));
        assertThat(polls.repeated())
                .as("miners that were polled twice in an interval")
                .isZero();
    }

    private List<PollCounts.Seen> seen(long from, long until) {
        return LongStream.range(from, until).mapToObj(polls::of).toList();
    }

    /** Waits until three intervals from that one on are over, and checks that each miner was polled once in each. */
    private void showWholePolls(String fault, long from) {
        await().atMost(INTERVAL.multipliedBy(10)).until(() -> polls.now() > from + 2);
        List<PollCounts.Seen> before = seen(from - 2, from);
        List<PollCounts.Seen> after = seen(from, from + 3);
        print(fault + ": polls of the two intervals before: " + before + ", and then " + after);
        assertThat(after).as(fault).allMatch(PollCounts.Seen::isWhole);
        assertThat(polls.repeated())
                .as("miners that were polled twice in an interval")
                .isZero();
    }

    private void showNothingLostOrRepeated() throws Exception {
        Map<String, Integer> expected = new TreeMap<>();
        for (int miner = 0; miner < hot; miner++) {
            expected.put("firing " + fleet.addresses().get(miner), 1);
            expected.put("resolved " + fleet.addresses().get(miner), 1);
        }
        Map<String, Integer> got = Messages.of(hook.bodies());
        print(hot + " miners were hot; alerts "
                + database.column(
                        "SELECT type || ' ' || status || ' ' || COUNT(*)" + " FROM alerts GROUP BY type, status")
                + "; the receiver got " + got.size() + " events of alerts in "
                + hook.bodies().size() + " messages, "
                + got.values().stream().filter(count -> count > 1).count()
                + " of them more than once");
        assertThat(got).isEqualTo(expected);
        assertThat(database.number("SELECT COUNT(*) FROM alerts")).isEqualTo(hot);
        assertThat(database.number("SELECT COUNT(*) FROM outbox WHERE status <> 'sent'"))
                .isZero();
    }

    private static void print(String evidence) {
        System.out.println("instances: " + evidence);
    }
}
