package com.example;

import io.minerops.api.alert.Alert;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends each message as one line of text over TCP. */
public final class LineNotifier implements Notifier {
    /** The channel's name, which rules and destinations use. */
    public static final String CHANNEL = "line";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final InetSocketAddress service;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "line-notifier");
        thread.setDaemon(true);
        return thread;
    });

    public LineNotifier(InetSocketAddress service) {
        this.service = service;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public CompletionStage<Delivery> deliver(Notification notification) {
        return CompletableFuture.supplyAsync(() -> send(line(notification)), sender);
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }

    /** A refusal is a result; the dispatcher retries later. */
    private Delivery send(String line) {
        try (Socket socket = new Socket()) {
            socket.connect(service, (int) TIMEOUT.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new Delivery.Sent(null);
        } catch (IOException e) {
            return new Delivery.RetryAfter(null, "the line service does not accept connections: " + e.getMessage());
        }
    }

    private static String line(Notification notification) {
        if (notification instanceof Notification.OfAlerts event) {
            String what =
                    switch (event.kind()) {
                        case FIRING -> "RAISED";
                        case REMINDER -> "STILL OPEN";
                        case ESCALATED -> "ESCALATED";
                        case RESOLVED -> "RESOLVED";
                    };
            return what + " " + (event.alerts().size() == 1 ? text(event.alerts().get(0)) : all(event.alerts()));
        }
        return "TEST";
    }

    private static String all(List<Alert> alerts) {
        return alerts.size() + " alerts, first: " + text(alerts.get(0));
    }

    private static String text(Alert alert) {
        return (alert.miner() + ": " + alert.message()).replaceAll("\\R", " ");
    }
}
