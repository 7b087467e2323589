package io.minerops.core;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.event.Event;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerControl;
import io.minerops.api.store.EventStore;
import io.minerops.core.internal.fact.Announcements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A control whose every attempt is stored as an event. */
final class AuditedControl {
    /** The source of its events. */
    static final String SOURCE = Announcements.CONTROL_SOURCE;

    private static final Logger log = LoggerFactory.getLogger(AuditedControl.class);
    private static final int MAX_NAME = 200;

    private final MinerControl control;
    private final EventStore events;
    private final InstantSource clock;

    AuditedControl(MinerControl control, EventStore events, InstantSource clock) {
        this.control = control;
        this.events = events;
        this.clock = clock;
    }

    /** Controls a miner, and stores the user, the action and the result. */
    CompletionStage<ControlResult> perform(MinerAddress miner, ControlAction action, String who, Duration deadline) {
        Check.text("who", who, MAX_NAME);
        if (who.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidArgumentException("who", "who must not hold control characters");
        }
        String command = who + " commanded " + miner + " to " + action.describe();
        // the log has it even where the process ends before the result is there
        log.info("{}", command);
        return control.perform(miner, action, deadline)
                .whenComplete((result, fault) -> store(miner, command, result, fault));
    }

    private void store(MinerAddress miner, String command, @Nullable ControlResult result, @Nullable Throwable fault) {
        boolean done = result instanceof ControlResult.Done;
        String outcome = result != null ? result.describe() : "failed by a fault of the control: " + fault;
        String message = command + "; " + outcome;
        try {
            events.record(
                    Event.of(clock.instant(), done ? Event.Level.INFO : Event.Level.WARNING, SOURCE, miner, message));
        } catch (RuntimeException e) {
            log.error("not stored as an event: {}", message, e);
        }
    }
}
