package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.testkit.fixture.RecordedDevice;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a simulated fleet from the shell; see {@code --help}. */
public final class SimulatorMain implements AutoCloseable {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final FleetSimulator fleet;
    private final @Nullable TroubleControl control;

    private SimulatorMain(FleetSimulator fleet, @Nullable TroubleControl control) {
        this.fleet = fleet;
        this.control = control;
    }

    /** Runs until the process is ended; ends with status 1 where it cannot listen, 2 where the arguments are wrong. */
    public static void main(String... arguments) {
        int status = run(List.of(arguments), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            SimulatorOptions options = SimulatorOptions.parse(arguments);
            if (options.help()) {
                out.print(SimulatorOptions.USAGE);
                return 0;
            }
            SimulatorMain running = start(options, out);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            new CountDownLatch(1).await();
            return 0;
        } catch (InvalidArgumentException e) {
            err.println(e.getMessage() + " (--help shows more)");
            return MISUSED;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Starts the simulator by its options and prints its addresses. */
    static SimulatorMain start(SimulatorOptions options, PrintStream out) {
        FleetSimulator fleet = fleet(options);
        TroubleControl control = null;
        try {
            fleet.start();
            options.troubles().forEach(fleet::trouble);
            Integer port = options.controlPort();
            control = port == null ? null : TroubleControl.start(fleet, port);
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
        out.println("simulating " + fleet.addresses().size() + " miners; MINER_IP_RANGE=" + fleet.range());
        for (int index = options.miners(); index < fleet.addresses().size(); index++) {
            out.println("  " + recorded(fleet, index));
        }
        if (control != null) {
            out.println("control: POST " + control.url() + "/trouble?miner=INDEX&kind=KIND, /heal?miner=INDEX");
        }
        out.flush();
        return new SimulatorMain(fleet, control);
    }

    private static FleetSimulator fleet(SimulatorOptions options) {
        FleetSimulator.Builder builder = FleetSimulator.builder()
                .miners(options.miners())
                .seed(options.seed())
                .layout(options.layout())
                .troubleScript(
                        options.demo() && options.miners() > 0
                                ? TroubleScript.demo(options.miners(), options.seed())
                                : TroubleScript.none());
        options.endpointPorts().forEach(builder::endpointPort);
        for (Path folder : options.replays()) {
            for (RecordedDevice device : RecordedDevice.loadAll(folder)) {
                for (int copy = 0; copy < options.copies(); copy++) {
                    builder.replay(device);
                }
            }
        }
        return builder.build();
    }

    private static String recorded(FleetSimulator fleet, int index) {
        String name = fleet.recorded(index).map(RecordedDevice::name).orElseThrow();
        String endpoints = fleet.endpoints(index).entrySet().stream()
                .map(endpoint ->
                        endpoint.getKey().key() + " at " + endpoint.getValue().toString(0))
                .collect(Collectors.joining(", "));
        return index + ": " + name + ", " + endpoints;
    }

    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        fleet.close();
    }
}
