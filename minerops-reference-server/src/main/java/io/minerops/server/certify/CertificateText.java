package io.minerops.server.certify;

import io.minerops.core.certify.Certificate;
import io.minerops.core.certify.Certificate.Result;
import io.minerops.server.cli.TextTable;
import io.minerops.server.http.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A certificate on the terminal, and for programs. */
final class CertificateText {
    private CertificateText() {}

    static String of(Certificate certificate) {
        TextTable table = new TextTable(List.of("CRITERION", "MEASURED", "LIMIT", "VERDICT", "FINDING"), Set.of(1, 2));
        for (Result result : certificate.results()) {
            table.row(List.of(
                    result.label(),
                    figure(result.measured(), result.unit()),
                    (result.atLeast() ? ">= " : "<= ") + figure(result.limit(), result.unit()),
                    CertificatePage.words(result.verdict()),
                    result.finding()));
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %s%n%n%s",
                certificate.miner(),
                CertificatePage.words(certificate.verdict()).toUpperCase(Locale.ROOT),
                table));
        if (!certificate.notes().isEmpty()) {
            text.append(System.lineSeparator());
            certificate.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
        }
        return text.toString();
    }

    static JsonObject json(Certificate certificate) {
        Certificate.Work work = certificate.work();
        return JsonObject.object()
                .flag("ok", certificate.verdict() == Certificate.Verdict.PASS)
                .text("miner_ip", certificate.miner().toString())
                .text("verdict", certificate.verdict().key())
                .number("claimed_ths", work.claimedThs())
                .number("proven_ths", work.provenThs())
                .number("lower_ths", work.lowerThs())
                .number("upper_ths", work.upperThs())
                .list(
                        "results",
                        certificate.results(),
                        result -> JsonObject.object()
                                .text("key", result.key())
                                .number("measured", result.measured())
                                .number("limit", result.limit())
                                .flag("at_least", result.atLeast())
                                .text("unit", result.unit())
                                .text("verdict", result.verdict().key())
                                .text("finding", result.finding()))
                .texts("notes", certificate.notes());
    }

    private static String figure(double value, String unit) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return unit.isEmpty()
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f %s", value, unit);
    }
}
