package io.minerops.server.e2e.instances;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.FreePort;
import io.minerops.server.support.ServerProcess;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes of the server on one database. Closing them kills them. */
final class ThreeServers implements AutoCloseable {
    static final int SERVERS = 3;
    private static final Pattern SELF = Pattern.compile("this is (\\S+), one of (\\d+);");

    private final Path folder;
    private final FleetSimulator fleet;
    private final FakeMarket market;
    private final Map<String, String> settings;
    private final ServerProcess[] processes = new ServerProcess[SERVERS];

    ThreeServers(Path folder, FleetSimulator fleet, FakeMarket market, Map<String, String> settings) {
        this.folder = folder;
        this.fleet = fleet;
        this.market = market;
        this.settings = new HashMap<>(settings);
        this.settings.put("JAVA_TOOL_OPTIONS", "-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    }

    void start(int server) throws IOException {
        processes[server] =
                ServerProcess.start(Files.createDirectories(folder(server)), FreePort.find(), fleet, market, settings);
    }

    ServerProcess at(int server) {
        return processes[server];
    }

    /** Waits until a server answers and knows so many instances. */
    void awaitMembers(int server, int members) {
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            Matcher self = self(server);
            return Integer.parseInt(self.group(2)) == members;
        });
    }

    /** The name of a server among the instances. */
    String name(int server) {
        return self(server).group(1);
    }

    private Matcher self(int server) {
        for (JsonNode component : at(server).client().get("/readyz").json().path("components")) {
            if (component.path("name").textValue().equals("instances")) {
                Matcher found = SELF.matcher(component.path("detail").textValue());
                if (found.find()) {
                    return found;
                }
            }
        }
        throw new IllegalStateException("server " + server + " shows no instances");
    }

    /** The server that holds a lease. */
    int holder(SharedDatabase database, String job) throws Exception {
        String name = database.column("SELECT holder FROM leases WHERE job = '" + job + "'")
                .get(0);
        for (int server = 0; server < SERVERS; server++) {
            if (name(server).equals(name)) {
                return server;
            }
        }
        throw new AssertionError("the lease of " + job + " is held by " + name + ", which is no server");
    }

    void kill(int server) {
        at(server).close();
    }

    void freeze(int server) throws Exception {
        signal(server, "STOP");
    }

    void wake(int server) throws Exception {
        signal(server, "CONT");
    }

    private void signal(int server, String signal) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-" + signal, Long.toString(at(server).process().pid()))
                .inheritIO()
                .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill -" + signal + " failed");
        }
    }

    /** The lines of a server's log that contain a text. */
    List<String> logged(int server, String text) throws IOException {
        return Files.readString(folder(server).resolve("server.log"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(text))
                .toList();
    }

    private Path folder(int server) {
        return folder.resolve("server-" + server);
    }

    @Override
    public void close() {
        for (ServerProcess process : processes) {
            if (process != null) {
                process.close();
            }
        }
    }
}
