package io.minerops.server.certify;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.certify.Certificate;
import io.minerops.core.certify.Certificate.Result;
import io.minerops.core.certify.Certificate.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A certificate as one page of HTML for screen and paper (A4), without scripts and without anything from elsewhere. */
final class CertificatePage {
    /** What fits on one page; the file has all. */
    private static final int MAX_BOARDS = 6;

    private static final int MAX_FAULTS = 3;
    private static final int MAX_NOTES = 3;
    private static final int MAX_NOTE_CHARACTERS = 120;
    private static final int MAX_NAME_CHARACTERS = 60;
    private static final int MAX_SERIAL_CHARACTERS = 32;
    private static final int FINGERPRINT_GROUP = 8;
    private static final double PERCENT = 100;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Certificate certificate;
    private final Issue issue;
    private final String fingerprint;

    private CertificatePage(Certificate certificate, Issue issue, String fingerprint) {
        this.certificate = certificate;
        this.issue = issue;
        this.fingerprint = fingerprint;
    }

    /**
     * The page.
     *
     * @param fingerprint that of the key that signed the certificate
     */
    static String of(Certificate certificate, Issue issue, String fingerprint) {
        return new CertificatePage(certificate, issue, fingerprint).page();
    }

    private String page() {
        MinerIdentity identity = certificate.identity();
        String title = "Burn-in certificate: "
                + name(identity.model(), certificate.miner().toString());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(
                        title, style(), head() + figures() + interval() + results() + boards() + remarks() + foot());
    }

    /** The source of the style for a content security policy. */
    static String styleHash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(("\n" + style()).getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String style() {
        try (InputStream css = CertificatePage.class.getResourceAsStream("certificate.css")) {
            return new String(Objects.requireNonNull(css, "certificate.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the style of a certificate", e);
        }
    }

    private String head() {
        MinerIdentity identity = certificate.identity();
        Certificate.Watch watch = certificate.watch();
        return """
                <header>
                <div>
                <p class="kind">Burn-in certificate</p>
                <h1>%s</h1>
                </div>
                <p class="verdict %s">%s</p>
                </header>
                <dl class="device">
                %s%s%s%s%s%s%s%s</dl>
                """.formatted(
                        name(identity.model(), "Miner " + certificate.miner()),
                        certificate.verdict().key(),
                        words(certificate.verdict()),
                        fact("Serial number", identity.serial()),
                        fact("MAC", identity.mac()),
                        fact("Address", certificate.miner().toString()),
                        fact("Host name", identity.hostname()),
                        fact("Firmware", identity.firmwareVersion()),
                        fact("Watched", TIME.format(watch.from()) + " to " + TIME.format(watch.until()) + " UTC"),
                        fact(
                                "Covered",
                                number(watch.coveredS() / SECONDS_PER_HOUR, 1) + " h of "
                                        + number(certificate.criteria().span().toSeconds() / SECONDS_PER_HOUR, 1)
                                        + " h, " + count(watch.gaps(), "gap")),
                        fact("Polls", watch.answered() + " of " + watch.polls() + " answered"));
    }

    private String figures() {
        Certificate.Work work = certificate.work();
        String power = Double.isNaN(work.powerW())
                ? "power not reported"
                : number(work.powerW(), 0) + " W" + (work.powerEstimated() ? ", not measured" : " mean");
        return """
                <section class="figures">
                %s%s%s%s</section>
                """.formatted(
                        figure(
                                "Proven by shares",
                                number(work.provenThs(), 1),
                                "TH/s",
                                Double.isNaN(work.provenThs())
                                        ? "no evidence"
                                        : number(work.lowerThs(), 1) + " to " + number(work.upperThs(), 1) + " at "
                                                + confidence()),
                        figure(
                                "Reported",
                                number(work.claimedThs(), 1),
                                "TH/s",
                                "nominal " + number(certificate.criteria().nominalThs(), 1) + " ("
                                        + Html.text(certificate.criteria().nominalSource()) + ")"),
                        figure("Energy", number(work.jPerTh(), 1), "J/TH", power),
                        figure(
                                "Highest temperature",
                                number(certificate.maxTempC(), 0),
                                "°C",
                                "limit " + number(certificate.criteria().maxTempC(), 0) + " °C"));
    }

    private String interval() {
        Certificate.Work work = certificate.work();
        return Double.isNaN(work.upperThs())
                ? ""
                : IntervalPicture.of(
                        work.lowerThs(),
                        work.provenThs(),
                        work.upperThs(),
                        work.claimedThs(),
                        certificate.criteria().minThs(),
                        certificate.criteria().nominalThs());
    }

    private String results() {
        return table(
                "Criteria",
                List.of("Criterion", "Measured", "Limit", "Verdict", "Finding"),
                certificate.results(),
                Integer.MAX_VALUE,
                CertificatePage::result);
    }

    private static String result(Result result) {
        int decimals = result.unit().isEmpty() || result.unit().equals("°C") ? 0 : 1;
        String unit = result.unit().isEmpty() ? "" : " " + result.unit();
        return "<tr><th scope=\"row\">" + capital(result.label()) + "</th><td class=\"n\">"
                + (Double.isNaN(result.measured()) ? "–" : number(result.measured(), decimals) + unit)
                + "</td><td class=\"n\">" + (result.atLeast() ? "≥ " : "≤ ") + number(result.limit(), decimals) + unit
                + "</td><td class=\"" + result.verdict().key() + "\">" + words(result.verdict()) + "</td><td>"
                + Html.text(result.finding()) + "</td></tr>\n";
    }

    private String boards() {
        return certificate.boards().isEmpty()
                ? ""
                : table(
                        "Hash boards",
                        List.of("Slot", "Serial number", "Chips", "Mean hashrate", "Highest temperature"),
                        certificate.boards(),
                        MAX_BOARDS,
                        CertificatePage::board);
    }

    private static String board(Certificate.Board board) {
        String serial = board.serial();
        String chips = number(board.chipsAlive(), 0)
                + (Double.isNaN(board.chipsExpected()) ? "" : " of " + number(board.chipsExpected(), 0));
        return "<tr><th scope=\"row\">" + board.slot() + "</th><td>"
                + (serial == null ? "–" : Html.text(serial, MAX_SERIAL_CHARACTERS)) + "</td><td class=\"n\">" + chips
                + "</td><td class=\"n\">" + unit(board.meanThs(), 1, "TH/s") + "</td><td class=\"n\">"
                + unit(board.maxTempC(), 0, "°C") + "</td></tr>\n";
    }

    private String remarks() {
        StringBuilder items = new StringBuilder();
        items(items, certificate.faults(), MAX_FAULTS, "faults", CertificatePage::fault);
        items(items, certificate.notes(), MAX_NOTES, "notes", Function.identity());
        return items.isEmpty() ? "" : "<section>\n<h2>Notes</h2>\n<ul>\n" + items + "</ul>\n</section>\n";
    }

    private static String fault(DeviceFault fault) {
        Instant since = fault.since();
        return "Fault " + fault.code() + (fault.message().isEmpty() ? "" : ": " + fault.message())
                + (since == null ? "" : ", since " + TIME.format(since) + " UTC");
    }

    private static <T> void items(StringBuilder list, List<T> items, int max, String plural, Function<T, String> text) {
        items.stream()
                .limit(max)
                .forEach(item -> list.append("<li>")
                        .append(Html.text(text.apply(item), MAX_NOTE_CHARACTERS))
                        .append("</li>\n"));
        if (items.size() > max) {
            list.append("<li>")
                    .append(items.size() - max)
                    .append(" more ")
                    .append(plural)
                    .append(" are in the file.</li>\n");
        }
    }

    private String foot() {
        return """
                <footer>
                <p>A share of difficulty d takes d × 2<sup>32</sup> hashes on average, and shares come by chance (Poisson). “At %s”
                means: a miner at the bound would show such a count or a further one in 1 of %s cases. Work that is not proven is
                not fraud: a firmware’s developer fee is paid elsewhere, and shares are lost while a pool does not answer.</p>
                <p>Issued %s UTC by %s. Signed with the Ed25519 key <code>%s</code>. This page is not signed; the JSON file is:
                <code>minerops certify verify FILE --key FINGERPRINT</code></p>
                </footer>
                """.formatted(
                        confidence(),
                        number(1 / (1 - certificate.criteria().confidence()), 0),
                        TIME.format(issue.at()),
                        Html.text(issue.software()),
                        grouped(fingerprint));
    }

    private String confidence() {
        return number(certificate.criteria().confidence() * PERCENT, 3).replaceAll("\\.?0+$", "") + " % confidence";
    }

    private static String grouped(String hex) {
        return hex.replaceAll("(.{" + FINGERPRINT_GROUP + "})(?!$)", "$1<wbr>");
    }

    private static String fact(String name, @Nullable String value) {
        return value == null
                ? ""
                : "<div><dt>" + name + "</dt><dd>" + Html.text(value, MAX_NAME_CHARACTERS) + "</dd></div>\n";
    }

    private static String figure(String name, String value, String unit, String below) {
        return "<div><h2>" + name + "</h2><p><b>" + value + "</b> " + unit + "</p><p>" + below + "</p></div>\n";
    }

    private static <T> String table(
            String heading, List<String> columns, List<T> items, int max, Function<T, String> row) {
        StringBuilder table = new StringBuilder("<section>\n<h2>" + heading + "</h2>\n<table>\n<thead><tr>");
        columns.forEach(
                column -> table.append("<th scope=\"col\">").append(column).append("</th>"));
        table.append("</tr></thead>\n<tbody>\n");
        items.stream().limit(max).forEach(item -> table.append(row.apply(item)));
        table.append("</tbody>\n</table>\n");
        if (items.size() > max) {
            table.append("<p>").append(items.size() - max).append(" more are in the file.</p>\n");
        }
        return table.append("</section>\n").toString();
    }

    private static String name(@Nullable String name, String otherwise) {
        return Html.text(name == null ? otherwise : name, MAX_NAME_CHARACTERS);
    }

    /** The verdict as people read it. */
    static String words(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case NOT_PROVEN -> "not proven";
        };
    }

    private static String capital(String text) {
        return Html.text(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1));
    }

    private static String count(int count, String what) {
        return count == 0 ? "no " + what + "s" : count + " " + what + (count == 1 ? "" : "s");
    }

    private static String unit(double value, int decimals, String unit) {
        return Double.isNaN(value) ? "–" : number(value, decimals) + " " + unit;
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
