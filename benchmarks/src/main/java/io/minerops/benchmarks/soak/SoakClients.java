package io.minerops.benchmarks.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients with the valid requests of pages and programs; some of them listen for changes. */
final class SoakClients implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 100;
    private static final int LISTENERS_IN_TEN = 1;
    private static final Pattern ACTIVE_ALERT = Pattern.compile("\"id\":(\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ExecutorService threads;
    private final SoakedServer server;
    private final List<String> miners;
    private final Tally tally;
    private volatile boolean over;

    SoakClients(SoakedServer server, List<String> miners, int clients, Tally tally) {
        this.server = server;
        this.miners = miners;
        this.tally = tally;
        threads = Executors.newFixedThreadPool(clients);
        int listeners = clients * LISTENERS_IN_TEN / 10;
        for (int i = 0; i < clients; i++) {
            threads.execute(i < listeners ? this::listen : this::exchange);
        }
    }

    private void exchange() {
        while (!over) {
            try {
                step(ThreadLocalRandom.current().nextInt(100));
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(2 * PAUSE_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void step(int dice) throws InterruptedException {
        String miner = miners.get(ThreadLocalRandom.current().nextInt(miners.size()));
        if (dice < 20) {
            get("/api/summary");
        } else if (dice < 45) {
            get("/api/miners/current");
        } else if (dice < 50) {
            get("/api/miners/trend");
        } else if (dice < 60) {
            get("/api/miners/" + miner);
        } else if (dice < 70) {
            get("/api/metrics?ip=" + miner + "&step=60&limit=500");
        } else if (dice < 80) {
            get("/api/alerts?limit=50");
        } else if (dice < 85) {
            get("/api/profitability/current");
        } else if (dice < 88) {
            get("/api/profitability/history?days=1");
        } else if (dice < 92) {
            get("/api/profitability/btc-price");
        } else if (dice < 95) {
            get("/api/alerts/rules");
        } else if (dice < 98) {
            get("/api/events?limit=50");
        } else {
            acknowledgeOne();
        }
    }

    private String get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(server.uri(path)).timeout(TIMEOUT).build(), 200, 200);
    }

    /** Another client may have been faster, which is answered 409. */
    private void acknowledgeOne() throws InterruptedException {
        Matcher alert = ACTIVE_ALERT.matcher(get("/api/alerts?status=active&limit=1"));
        if (alert.find()) {
            send(
                    HttpRequest.newBuilder(server.uri("/api/alerts/" + alert.group(1) + "/acknowledge"))
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"user\": \"soak\"}"))
                            .build(),
                    200,
                    409);
        }
    }

    private String send(HttpRequest request, int good, int alsoGood) throws InterruptedException {
        long began = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            tally.answered(answer.statusCode(), Duration.ofNanos(System.nanoTime() - began));
            if (answer.statusCode() != good && answer.statusCode() != alsoGood) {
                tally.wrong(request.method() + " " + request.uri().getPath() + " was answered " + answer.statusCode()
                        + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            if (!over) {
                tally.wrong(request.method() + " " + request.uri().getPath() + " got no answer: " + e);
            }
            return "";
        }
    }

    private void listen() {
        byte[] buffer = new byte[8 * 1024];
        while (!over) {
            try (InputStream events = http.send(
                            HttpRequest.newBuilder(server.uri("/api/events/stream"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                while (!over && events.read(buffer) >= 0) {
                    // only that the stream goes on is looked at
                }
                if (!over) {
                    tally.wrong("an event stream ended");
                }
            } catch (IOException e) {
                if (!over) {
                    tally.wrong("an event stream broke: " + e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
