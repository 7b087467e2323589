package io.minerops.core.device.internal.net;

import io.minerops.core.device.internal.reading.ReadingPlan;
import java.net.InetAddress;

/** Has the loop go on with a reading whose host name was looked up. */
final class ReadingLookup implements HostLookup.Answer {
    private final ExchangeLoop loop;
    private final LoopTasks tasks;
    private final PendingReading reading;
    private final ReadingPlan plan;

    ReadingLookup(ExchangeLoop loop, LoopTasks tasks, PendingReading reading, ReadingPlan plan) {
        this.loop = loop;
        this.tasks = tasks;
        this.reading = reading;
        this.plan = plan;
    }

    @Override
    public boolean isWanted() {
        reading.waitsForLookup = false;
        return !reading.result.isDone();
    }

    @Override
    public void found(InetAddress address) {
        post(() -> loop.found(reading, plan, address));
    }

    @Override
    public void failed(String reason) {
        post(() -> loop.notFound(reading, plan, reason));
    }

    @Override
    public void notLookedUp(String reason) {
        post(() -> loop.notLookedUp(reading, reason));
    }

    private void post(Runnable step) {
        reading.waitsForLookup = false;
        tasks.post(current -> {
            // a loop that was started again since then has ended the reading
            if (current == loop) {
                loop.guarded(reading, step);
            }
        });
    }
}
