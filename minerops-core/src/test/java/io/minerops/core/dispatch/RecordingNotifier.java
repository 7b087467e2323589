package io.minerops.core.dispatch;

import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A channel that answers as a test says and writes down what it was given. */
public final class RecordingNotifier implements Notifier {
    public final List<Notification> delivered = new ArrayList<>();
    public boolean closed;
    private final String channel;
    private Function<Notification, CompletionStage<Delivery>> answer;

    public RecordingNotifier(String channel) {
        this.channel = channel;
        answer = notification -> CompletableFuture.completedFuture(new Delivery.Sent("id"));
    }

    public void answers(Function<Notification, CompletionStage<Delivery>> value) {
        answer = value;
    }

    public void answers(Delivery delivery) {
        answers(notification -> CompletableFuture.completedFuture(delivery));
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public CompletionStage<Delivery> deliver(Notification notification) {
        delivered.add(notification);
        return answer.apply(notification);
    }

    @Override
    public void close() {
        closed = true;
    }
}
