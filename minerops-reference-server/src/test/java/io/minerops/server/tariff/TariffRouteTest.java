package io.minerops.server.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.service.FleetService;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server with a file of tariffs. */
class TariffRouteTest {
    private static final int MINERS = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS).with("TARIFF_FILE", file().toString());

    private static Path file() {
        try {
            Path folder = Files.createTempDirectory("tariffs");
            Files.writeString(
                    folder.resolve("prices.csv"), "start,usd_per_mwh\n2020-01-01T00:00Z,50\n2020-01-01T01:00Z,50\n");
            return Files.writeString(
                    folder.resolve("tariffs.json"),
                    "{\"tariffs\": [{\"name\": \"hydro\", \"price\": -0.02, \"demand_per_kw\": 3},"
                            + "{\"name\": \"day ahead\", \"prices_file\": \"prices.csv\"}],"
                            + "\"assign\": [{\"tag\": \"hall-b\", \"tariff\": \"day ahead\"}],"
                            + "\"default\": \"hydro\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void poll() {
        SERVER.server().ops().pollNow();
    }

    @Test
    void tariffs_are_listed_with_price_miners_and_problem() {
        JsonNode answer = SERVER.client().get("/api/tariffs").json();

        JsonNode hydro = answer.path("tariffs").get(0);
        assertThat(hydro.path("name").asText()).isEqualTo("hydro");
        assertThat(hydro.path("usd_per_kwh").asDouble()).isEqualTo(-0.02);
        assertThat(hydro.path("is_default").asBoolean()).isTrue();
        assertThat(hydro.path("charges")).extracting(JsonNode::asText).containsExactly("energy", "demand");
        assertThat(hydro.path("miner_count").asInt()).isEqualTo(MINERS);
        JsonNode dayAhead = answer.path("tariffs").get(1);
        assertThat(dayAhead.path("usd_per_kwh").isNull()).isTrue();
        assertThat(dayAhead.path("problem").asText()).startsWith("tariff \"day ahead\": no price for");
        assertThat(dayAhead.path("assigned_to")).extracting(JsonNode::asText).containsExactly("tag hall-b");
        assertThat(answer.path("miners_with_default").asInt()).isZero();
    }

    @Test
    void a_tariff_without_a_price_is_an_error_of_the_profit_only_while_a_miner_has_it() {
        assertThat(profit("").status()).isEqualTo(200);

        tagFirstMiner(List.of("hall-b"));
        assertThat(profit("").status()).isEqualTo(502);
        assertThat(profit("").error()).contains("tariff \"day ahead\": no price for");
        assertThat(profit("?power_cost=0.05").status()).isEqualTo(200);

        tagFirstMiner(List.of());
        assertThat(profit("").status()).isEqualTo(200);
    }

    private static Answer profit(String query) {
        return SERVER.client().get("/api/profitability/current" + query);
    }

    private static void tagFirstMiner(List<String> tags) {
        FleetService fleet = SERVER.server().ops().fleet();
        MinerAddress first = fleet.all().get(0).address();
        fleet.change(first, miner -> miner.toBuilder().tags(tags).build());
    }
}
