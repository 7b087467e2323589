package io.minerops.server.reload;

import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.internal.Masked;
import io.minerops.api.notify.Notifier;
import io.minerops.core.MinerOps;
import io.minerops.rules.FileProblem;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RuleFileException;
import io.minerops.rules.RulePlan;
import io.minerops.server.access.FileFault;
import io.minerops.server.config.ConfigurationException;
import io.minerops.server.config.LoadedSettings;
import io.minerops.server.config.LogLevel;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.rules.RuleFiles;
import io.minerops.server.wiring.ChannelWiring;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads settings and rules, and applies what can be applied: rules first, in one transaction, then channels and
 * log level, which cannot fail. Anything that cannot be used leaves all as it was. One at a time.
 */
public final class Reload {
    /** The source of its events. */
    static final String SOURCE = "reload";

    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final MinerOps ops;
    private final Supplier<LoadedSettings> settings;
    private final LoadedSettings started;
    private final Consumer<LogLevel> logLevel;
    private final InstantSource clock;
    private final FileFault fault;
    private LoadedSettings inForce;

    /**
     * A reload for a server that has started.
     *
     * @param settings reads them again; throws a {@link ConfigurationException} where they cannot be used
     * @param started those that the server started with
     * @param logLevel changes the least level that is logged
     * @param fault is given why the files as they are now are not in use
     */
    public Reload(
            MinerOps ops,
            Supplier<LoadedSettings> settings,
            LoadedSettings started,
            Consumer<LogLevel> logLevel,
            FileFault fault,
            InstantSource clock) {
        this.ops = ops;
        this.settings = settings;
        this.started = started;
        this.logLevel = logLevel;
        this.fault = fault;
        this.clock = clock;
        inForce = started;
    }

    /** The file of rules that is in force; null where there is none. */
    synchronized @Nullable Path rulesFile() {
        return inForce.config().rulesFile();
    }

    /**
     * Reads and takes up.
     *
     * @throws ReloadException with every problem; then nothing was changed, and an event records it
     */
    public synchronized ReloadReport now() {
        try {
            ReloadReport report = takeUp();
            fault.cleared();
            log.info("reloaded: {}", report.summary());
            record(Event.Level.INFO, "reloaded: " + report.summary());
            return report;
        } catch (ConfigurationException e) {
            throw refused(e.problems(), e);
        } catch (RuleFileException e) {
            throw refused(e.problems().stream().map(FileProblem::toString).toList(), e);
        } catch (RuntimeException e) {
            throw refused(List.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()), e);
        }
    }

    private ReloadReport takeUp() {
        LoadedSettings next = settings.get();
        ServerConfig config = next.config();
        Path file = config.rulesFile();
        RuleContext context = RuleFiles.context(config);
        RuleFile rules = file == null ? null : RuleFile.read(file, context);
        List<Notifier> notifiers = ChannelWiring.notifiers(config, clock);
        RulePlan plan;
        try {
            plan = rules == null
                    ? null
                    : RulePlan.between(rules.rules(), ops.rules().all(), false);
            if (plan != null) {
                plan.apply(ops.rules());
            }
        } catch (RuntimeException e) {
            notifiers.forEach(Notifier::close);
            throw e;
        }
        ops.notifications().replaceChannels(notifiers, ChannelWiring.escalation(config));
        logLevel.accept(config.logs().level());
        ReloadReport report = new ReloadReport(
                plan,
                rules == null ? List.of() : rules.warnings(ops.rules().review()),
                ops.notifications().channels(),
                next.takenUpSince(inForce),
                next.waitingSince(started));
        inForce = next;
        return report;
    }

    /** Notes a fault of this process that kept changed files from being read. */
    void failed(Throwable cause) {
        fault.failed("the changed files could not be read: " + cause.getClass().getSimpleName());
    }

    private ReloadException refused(List<String> found, RuntimeException cause) {
        List<String> problems = found.stream().map(Masked::sentence).toList();
        fault.failed("the settings or rules as they are now are not in use: " + String.join("; ", problems));
        problems.forEach(problem -> log.error("not reloaded, all stays as it was: {}", problem));
        record(Event.Level.ERROR, "not reloaded, all stays as it was: " + String.join("; ", problems));
        return new ReloadException(problems, cause);
    }

    private void record(Event.Level level, String message) {
        try {
            ops.events().record(level, SOURCE, null, message);
        } catch (StoreException e) {
            log.warn("the event of a reload could not be kept", e);
        }
    }
}
