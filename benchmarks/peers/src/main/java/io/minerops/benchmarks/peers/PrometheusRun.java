package io.minerops.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's Prometheus over the same miners and rules: it scrapes and evaluates each 15 s, and is queried for the time that
 * its rule group took. Arguments: how many miners, how many evaluations to take the median of, a folder to work in.
 */
final class PrometheusRun {
    private static final String ADDRESS = "127.0.0.1:19090";
    private static final Pattern DURATION =
            Pattern.compile("(?m)^prometheus_rule_group_last_duration_seconds\\{[^}]*} (\\S+)$");
    private static final Pattern EVALUATIONS =
            Pattern.compile("(?m)^prometheus_rule_group_iterations_total\\{[^}]*} (\\S+)$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^process_resident_memory_bytes (\\S+)$");
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** The first evaluations see a database that is still filling. */
    private static final int WARM_UP = 4;

    private PrometheusRun() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        int miners = Integer.parseInt(arguments[0]);
        int wanted = Integer.parseInt(arguments[1]);
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        try (Exporter exporter = new Exporter(miners)) {
            Path config = write(folder, exporter.address());
            Process prometheus = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data-" + miners),
                            "--web.listen-address=" + ADDRESS)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            try {
                measure(miners, wanted);
            } finally {
                prometheus.destroy();
                if (!prometheus.waitFor(20, TimeUnit.SECONDS)) {
                    prometheus.destroyForcibly();
                }
            }
        }
    }

    private static Path write(Path folder, String exporter) throws IOException {
        StringBuilder rules = new StringBuilder("groups:\n- name: ten\n  rules:\n");
        for (PeerRule rule : PeerRule.TEN) {
            rules.append("  - alert: ")
                    .append(rule.name())
                    .append("\n    expr: ")
                    .append(rule.promQl());
            rules.append(rule.forMinutes() == 0 ? "\n" : "\n    for: " + rule.forMinutes() + "m\n");
        }
        Files.writeString(folder.resolve("rules.yml"), rules);
        return Files.writeString(
                folder.resolve("prometheus.yml"),
                "global: {scrape_interval: 15s, scrape_timeout: 14s, evaluation_interval: 15s}\n"
                        + "rule_files: [rules.yml]\nscrape_configs:\n- job_name: miners\n"
                        + "  static_configs: [{targets: ['" + exporter + "']}]\n");
    }

    private static void measure(int miners, int wanted) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + ADDRESS + "/metrics"))
                .timeout(Duration.ofSeconds(14))
                .build();
        List<Double> durations = new ArrayList<>();
        double memory = 0;
        double seen = 0;
        long end = System.nanoTime() + LONGEST.toNanos();
        while (durations.size() < wanted && System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(2);
            String metrics = metrics(client, request);
            double evaluations = number(EVALUATIONS, metrics);
            if (evaluations > seen) {
                seen = evaluations;
                if (evaluations > WARM_UP) {
                    durations.add(number(DURATION, metrics));
                    memory = Math.max(memory, number(MEMORY, metrics));
                }
            }
        }
        Collections.sort(durations);
        double median = durations.isEmpty() ? Double.NaN : durations.get(durations.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "| Prometheus | %d | %.0f | %.0f MB resident |%n",
                miners,
                median * 1e9 / (miners * (double) PeerRule.TEN.size()),
                memory / 1e6);
    }

    /** Empty while it does not answer yet. */
    private static String metrics(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        }
    }

    private static double number(Pattern pattern, String metrics) {
        Matcher matcher = pattern.matcher(metrics);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }
}
