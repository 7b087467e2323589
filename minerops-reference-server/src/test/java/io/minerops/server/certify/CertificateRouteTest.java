package io.minerops.server.certify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Certificates of stored history, requested over HTTP. */
class CertificateRouteTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DAY = "?since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    private static String path;
    private static Client client;

    @BeforeAll
    static void a_miner_with_a_past() {
        client = SERVER.client();
        path = "/api/miners/" + SERVER.name(0).replace(":", "%3A") + "/certificate";
        MinerAddress miner = SERVER.fleet().addresses().get(0);
        var store = SERVER.server().ops().store();
        store.miners().remove(miner);
        store.miners()
                .put(Miner.builder(miner, BEGAN)
                        .mac("02:00:00:00:00:07")
                        .nominalThs(100.0)
                        .build());
        // polls an hour apart, as the settings of the test have it
        for (int hour = 0; hour <= 24; hour++) {
            Instant at = BEGAN.plusSeconds(hour * 3_600L);
            double shares = Math.floor(500 + hour * 3_600 * 100e12 / (65_536 * 4_294_967_296.0));
            store.metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(miner, at)
                                    .set(Reading.HASHRATE_THS, 100)
                                    .set(Reading.ELAPSED_S, 4_000 + hour * 3_600)
                                    .set(Reading.ACCEPTED, shares)
                                    .set(Reading.ACCEPTED_DIFFICULTY, shares * 65_536)
                                    .set(Reading.MAX_TEMP_C, 71)
                                    .build())));
        }
    }

    @Test
    void the_json_is_a_signed_file() {
        Answer answer = client.get(path + DAY);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(SignedCertificate.verify(answer.text().getBytes(StandardCharsets.UTF_8), null)
                        .problem())
                .isNull();
        JsonNode certificate = answer.json().path("certificate");
        assertThat(certificate.path("verdict").asText()).as(answer.text()).isEqualTo("pass");
        assertThat(certificate.path("criteria").path("interval_s").asInt()).isEqualTo(3_600);
        assertThat(certificate.path("polls_sha256").isNull()).isTrue();
    }

    @Test
    void the_page_is_allowed_its_own_style_and_nothing_else() {
        Answer answer = client.get(path + DAY + "&format=html");

        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.text()).contains("<p class=\"verdict pass\">pass</p>");
        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe-inline", "'self'");
    }

    @Test
    void a_time_without_readings_has_no_certificate() {
        Answer answer = client.get(path + "?since=2025-01-01T00:00:00Z&until=2025-01-02T00:00:00Z");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("no reading of");
        assertThat(client.get("/api/miners/10.9.9.9/certificate").status()).isEqualTo(404);
    }

    @Test
    void a_span_that_ends_before_it_begins_is_refused() {
        assertThat(client.get(path + "?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
        assertThat(client.get(path + "?format=pdf").status()).isEqualTo(400);
    }
}
