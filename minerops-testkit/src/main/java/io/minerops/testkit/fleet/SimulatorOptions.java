package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.testkit.fixture.DeviceEndpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param miners how many are drawn
 * @param replays folders of fixtures, or of folders of these
 * @param copies how many miners replay each fixture
 * @param endpointPorts where endpoints are to be that were recorded elsewhere
 * @param layout where the miners are to listen
 * @param controlPort of the HTTP control, 0 for any that is free; null for none
 * @param troubles from the start on, by miner
 */
record SimulatorOptions(
        int miners,
        List<Path> replays,
        int copies,
        Map<DeviceEndpoint, Integer> endpointPorts,
        FleetLayout layout,
        long seed,
        boolean demo,
        Map<Integer, Trouble> troubles,
        @Nullable Integer controlPort,
        boolean help) {
    static final String USAGE = """
            Simulates miners that answer the CGMiner API, and replays recorded devices of any kind, until it is ended.

              --miners N            how many are drawn, 0 to 20000; 10 unless given, 0 with --replay
              --replay DIR          after these a miner that says what a device has said: a folder that minerops record
                                    wrote, or one of such folders; may be given more than once
              --copies N            how many miners replay each device, 1 to 20000; 1 unless given
              --web-port PORT, --whatsminer-port PORT, --auradine-port PORT
                                    with --replay and --address: where these endpoints are; default: where they were recorded
                                    given, which may take privileges
              --address IPV4        the first of consecutive addresses; 127.20.0.1 unless given
              --port PORT           the port at each of these addresses; 4028 unless given
              --host HOST           in place of --address: one address for all
              --first-port PORT     with --host: the first of consecutive ports; 0, any that are free, unless given
              --seed NUMBER         what the fleet is drawn from; 0 unless given
              --script NAME         demo: all kinds of trouble come and go; none: only those requested; default: none
              --trouble INDEX=KIND  a trouble of one miner, counted from 0; may be given more than once
              --control PORT        answers POST /trouble?miner=INDEX&kind=KIND and POST /heal?miner=INDEX on loopback
              --help                this text

            KIND is one of NONE, HOT, SLOW, ZERO, DEAD_FAN, OVER_POWER, SWAPPED_BOARD, HIJACKED_POOL, OLD_FIRMWARE, FAULT,
            PAUSED, ASLEEP, TUNING, OVERCLAIM, DEAD_BOARD, GONE, SILENT, GARBAGE, HALF_REPLY, SLOW_DRIP, ENDLESS, DEEP_NESTING, RESET,
            HTTP_SERVER, TLS_SERVER, TWO_REPLIES. Those before GONE do not show on a recorded device, FAULT shows only on an S21_PRO, PAUSED and TUNING
            on VNish, and ASLEEP on Bitmain's own firmware.
            """;

    private static final List<String> NAMES = List.of(
            "--miners",
            "--replay",
            "--copies",
            "--web-port",
            "--whatsminer-port",
            "--auradine-port",
            "--address",
            "--port",
            "--host",
            "--first-port",
            "--seed",
            "--script",
            "--trouble",
            "--control",
            "--help");
    private static final int DEFAULT_MINERS = 10;
    private static final int DEFAULT_PORT = 4028;
    private static final String DEFAULT_ADDRESS = "127.20.0.1";
    private static final String TROUBLE_FORM = "--trouble must be INDEX=KIND, such as 3=ZERO";

    SimulatorOptions {
        replays = List.copyOf(replays);
        endpointPorts = Map.copyOf(endpointPorts);
        troubles = Map.copyOf(troubles);
    }

    /**
     * Reads the arguments.
     *
     * @throws InvalidArgumentException naming the argument, what it was and what it may be
     */
    static SimulatorOptions parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<Integer, Trouble> troubles = new LinkedHashMap<>();
        List<Path> replays = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        boolean help = false;
        while (!rest.isEmpty()) {
            String name = rest.remove();
            if (!NAMES.contains(name)) {
                throw refused(name, "there is no option " + Check.quote(name) + "; the options are " + NAMES);
            }
            if (name.equals("--help")) {
                help = true;
                continue;
            }
            String value = rest.poll();
            if (value == null) {
                throw refused(name, name + " must be followed by a value");
            }
            if (name.equals("--trouble")) {
                addTrouble(troubles, value);
            } else if (name.equals("--replay")) {
                replays.add(path(value));
            } else if (values.put(name, value) != null) {
                throw refused(name, name + " may be given once only");
            }
        }
        return of(values, replays, troubles, help);
    }

    private static SimulatorOptions of(
            Map<String, String> values, List<Path> replays, Map<Integer, Trouble> troubles, boolean help) {
        int miners = number(values, "--miners", replays.isEmpty() ? DEFAULT_MINERS : 0, 0, FleetSimulator.MAX_MINERS);
        int copies = number(values, "--copies", 1, 1, FleetSimulator.MAX_MINERS);
        if (replays.isEmpty()) {
            Check.between("--miners", miners, 1, FleetSimulator.MAX_MINERS);
            for (Integer index : troubles.keySet()) {
                Check.between("--trouble's miner", index, 0, miners - 1);
            }
        }
        Integer control = values.containsKey("--control") ? number(values, "--control", 0, 0, 65_535) : null;
        return new SimulatorOptions(
                miners,
                replays,
                copies,
                endpointPorts(values, !replays.isEmpty()),
                layout(values),
                seed(values),
                demo(values),
                troubles,
                control,
                help);
    }

    private static Map<DeviceEndpoint, Integer> endpointPorts(Map<String, String> values, boolean replaying) {
        Map<DeviceEndpoint, Integer> ports = new EnumMap<>(DeviceEndpoint.class);
        for (DeviceEndpoint endpoint :
                List.of(DeviceEndpoint.WEB, DeviceEndpoint.WHATSMINER, DeviceEndpoint.AURADINE)) {
            String name = "--" + endpoint.key() + "-port";
            if (values.containsKey(name)) {
                if (!replaying || values.containsKey("--host")) {
                    throw refused(name, name + " goes with --replay, and with --address rather than --host");
                }
                ports.put(endpoint, number(values, name, 0, 1, 65_535));
            }
        }
        return ports;
    }

    private static FleetLayout layout(Map<String, String> values) {
        String host = values.get("--host");
        if (host == null) {
            if (values.containsKey("--first-port")) {
                throw refused("--first-port", "--first-port goes with --host, which is missing");
            }
            return new FleetLayout.Addresses(
                    values.getOrDefault("--address", DEFAULT_ADDRESS),
                    number(values, "--port", DEFAULT_PORT, 1, 65_535));
        }
        if (values.containsKey("--address") || values.containsKey("--port")) {
            throw refused("--host", "--host with --first-port, or --address with --port may be given, not both");
        }
        try {
            return new FleetLayout.Ports(InetAddress.getByName(host), number(values, "--first-port", 0, 0, 65_535));
        } catch (UnknownHostException e) {
            throw refused("--host", "--host must be an address or a name that is known, not " + Check.quote(host));
        }
    }

    private static boolean demo(Map<String, String> values) {
        String script = values.getOrDefault("--script", "none");
        return switch (script) {
            case "demo" -> true;
            case "none" -> false;
            default -> throw refused("--script", "--script must be demo or none, not " + Check.quote(script));
        };
    }

    private static void addTrouble(Map<Integer, Trouble> troubles, String text) {
        String[] parts = text.split("=", -1);
        if (parts.length != 2) {
            throw refused("--trouble", TROUBLE_FORM + ", not " + Check.quote(text));
        }
        troubles.put(integer("--trouble", TROUBLE_FORM, parts[0]), Trouble.parse(parts[1]));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw refused("--replay", "--replay must be a folder, not " + Check.quote(text));
        }
    }

    private static long seed(Map<String, String> values) {
        String text = values.getOrDefault("--seed", "0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refused("--seed", "--seed must be a whole number, not " + Check.quote(text));
        }
    }

    private static int number(Map<String, String> values, String name, int absent, int min, int max) {
        String text = values.get(name);
        if (text == null) {
            return absent;
        }
        return Check.between(name, integer(name, name + " must be between " + min + " and " + max, text), min, max);
    }

    private static int integer(String name, String accepted, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw refused(name, accepted + ", not " + Check.quote(text));
        }
    }

    private static InvalidArgumentException refused(String argument, String message) {
        return new InvalidArgumentException(argument, message);
    }
}
