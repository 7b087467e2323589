package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs a simulated fleet from the shell; {@code --help} tells how. */
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
            err.println(e.getMessage() + " (--help tells more)");
            return MISUSED;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Starts what the options ask for and tells where it answers. */
    static SimulatorMain start(SimulatorOptions options, PrintStream out) {
        FleetSimulator fleet = FleetSimulator.builder()
                .miners(options.miners())
                .seed(options.seed())
                .layout(options.layout())
                .troubleScript(
                        options.demo() ? TroubleScript.demo(options.miners(), options.seed()) : TroubleScript.none())
                .build();
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
        out.println("simulating " + options.miners() + " miners; MINER_IP_RANGE=" + fleet.range());
        if (control != null) {
            out.println("control: POST " + control.url() + "/trouble?miner=INDEX&kind=KIND, /heal?miner=INDEX");
        }
        out.flush();
        return new SimulatorMain(fleet, control);
    }

    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        fleet.close();
    }
}
