package io.minerops.server.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.DeviceFault;
import io.minerops.core.certify.Certificate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CertificatePageTest {
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    private static String page(Certificate certificate) {
        return CertificatePage.of(certificate, Certificates.ISSUE, FINGERPRINT);
    }

    @Test
    void the_page_shows_verdict_device_figures_criteria_and_signer() {
        Certificate certificate = Certificates.day("rack1", 72);

        assertThat(page(certificate))
                .contains("<p class=\"verdict pass\">pass</p>")
                .contains("<h1>Antminer S21</h1>")
                .contains("SN-2026-0007", "02:00:00:00:00:07", "rack1", "SMTTYRH4001")
                .contains("24.0 h of 24.0 h, no gaps")
                .contains("at 99 % confidence")
                .contains("1 of 100 cases")
                .contains("01234567<wbr>89abcdef");
        assertThat(certificate.results())
                .isNotEmpty()
                .allSatisfy(result -> assertThat(page(certificate)).contains(Html.text(result.finding())));
    }

    @Test
    void what_a_device_says_is_text_and_never_markup() {
        String page = page(Certificates.watched(
                60,
                "<script>alert('1')</script>\u202E&\"",
                72,
                3,
                List.of(new DeviceFault("<b>", "<img src=x onerror=\"alert(1)\">", null))));

        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\uFFFD&amp;&quot;")
                .contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;")
                .doesNotContain("<script", "<img", "\u202E");
    }

    @Test
    void the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
        assertThat(page(Certificates.day("rack1", 72)))
                .doesNotContain("<script", "<link", "<img", "<iframe", "http:", "https:", "url(", "@import", "src=")
                .doesNotContainPattern("\\son\\w+=");
    }

    @Test
    void what_does_not_fit_on_one_page_is_counted_and_referred_to_the_file() {
        List<DeviceFault> faults = IntStream.range(0, 9)
                .mapToObj(number -> new DeviceFault("E" + number, "fault " + number, null))
                .toList();
        String page = page(Certificates.watched(60, "h".repeat(256), 72, 20, faults));

        assertThat(page)
                .contains("14 more are in the file.", "6 more faults are in the file.")
                .contains("<dd>" + "h".repeat(60) + "…</dd>");
    }

    @Test
    void what_is_not_known_is_a_dash_and_no_number() {
        Certificate certificate = Certificates.watched(0, "rack1", Double.NaN, 3, List.of());

        assertThat(page(certificate))
                .contains("<p class=\"verdict not_proven\">not proven</p>", "no evidence", "<b>–</b> TH/s")
                .doesNotContain("NaN", "Infinity");
    }
}
