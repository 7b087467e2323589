package io.minerops.server.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.PowerPrices;
import io.minerops.tariff.RatePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TariffFileTest {
    private static final Instant HOUR = Instant.parse("2026-11-27T21:30:00Z");
    private static final String HYDRO = "{\"name\": \"hydro\", \"price\": 0.045}";
    private static final String GRID = "{\"name\": \"grid\", \"zone\": \"America/Chicago\", \"rates\": ["
            + "{\"name\": \"peak\", \"price\": 0.14, \"days\": \"Mon-Fri\", \"hours\": \"15-20\"},"
            + "{\"name\": \"off-peak\", \"price\": 0.05}]}";
    private static final String DAY_AHEAD =
            "{\"name\": \"day ahead\", \"zone\": \"America/Chicago\", \"prices_file\": \"prices.csv\"}";

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path tariffs(String assign, String more) throws IOException {
        write("prices.csv", "start,usd_per_mwh\n2026-11-27T15:00,-158\n2026-11-27T16:00,20\n");
        return write(
                "tariffs.json",
                "{\"tariffs\": [" + HYDRO + "," + GRID + "," + DAY_AHEAD + "], \"assign\": [" + assign + "]" + more
                        + "}");
    }

    private static Tariffs read(Path file) {
        return TariffFile.read(file, 4028, null).tariffs();
    }

    private static Miner.Builder miner(String ip) {
        return Miner.builder(MinerAddress.parse(ip), HOUR);
    }

    @Test
    void assigns_tariffs_by_miner_tag_and_location_in_order_and_the_default_to_all_others() throws IOException {
        Tariffs tariffs = read(tariffs(
                "{\"miner\": \"10.0.0.7\", \"tariff\": \"hydro\"}, {\"tag\": \"hall-b\", \"tariff\": \"grid\"},"
                        + "{\"location\": \"Odessa\", \"tariff\": \"day ahead\"}",
                ", \"default\": \"grid\""));

        assertThat(tariffs.of(miner("10.0.0.7").tags(List.of("hall-b")).build()))
                .isEqualTo(0);
        assertThat(tariffs.of(miner("10.0.0.8")
                        .tags(List.of("x", "hall-b"))
                        .location("Odessa")
                        .build()))
                .isEqualTo(1);
        assertThat(tariffs.of(miner("10.0.0.9").location("Odessa").build())).isEqualTo(2);
        assertThat(tariffs.of(miner("10.0.0.10").build())).isEqualTo(1);
        PowerPrices.Now now = tariffs.prices().at(HOUR, new Tariff(0.1));
        assertThat(now.usualUsdPerKwh()).isEqualTo(0.14);
    }

    @Test
    void assigns_a_tariff_to_the_miners_of_a_site() throws IOException {
        Tariffs tariffs = read(tariffs("{\"site\": \"Odessa\", \"tariff\": \"day ahead\"}", ""));

        assertThat(tariffs.of(miner("10.0.0.7").site("Odessa").build())).isEqualTo(2);
        assertThat(tariffs.of(miner("10.0.0.8").location("Odessa").build())).isEqualTo(PowerPrices.DEFAULT);
    }

    @Test
    void without_default_leaves_the_other_miners_to_the_default_price() throws IOException {
        Tariffs tariffs = read(tariffs("", ""));

        assertThat(tariffs.of(miner("10.0.0.10").build())).isEqualTo(PowerPrices.DEFAULT);
        assertThat(tariffs.prices().at(HOUR, new Tariff(0.1)).usualUsdPerKwh()).isEqualTo(0.1);
    }

    @Test
    void has_negative_prices_of_a_market_and_names_the_tariff_without_one() throws IOException {
        PowerPrices prices = read(tariffs("", ", \"default\": \"day ahead\"")).prices();

        assertThat(prices.at(HOUR, new Tariff(0.1)).usualUsdPerKwh()).isCloseTo(-0.158, within(1e-15));
        assertThat(prices.at(HOUR.plusSeconds(7_200), new Tariff(0.1)).usualUsdPerKwh())
                .isNaN();
        RatePlan dayAhead = read(tariffs("", ", \"default\": \"day ahead\"")).plan("day ahead");
        assertThatThrownBy(() -> Tariffs.priceAt(dayAhead, HOUR.plusSeconds(7_200)))
                .isInstanceOf(MarketException.class)
                .hasMessageContaining("tariff \"day ahead\": no price for 2026-11-27T23:30:00Z");
    }

    @Test
    void does_not_need_a_price_of_a_tariff_that_no_miner_can_have() throws IOException {
        PowerPrices prices = read(tariffs("", ", \"default\": \"hydro\"")).prices();

        assertThat(prices.at(HOUR.plusSeconds(7_200), new Tariff(0.1)).usualUsdPerKwh())
                .isEqualTo(0.045);
    }

    @Test
    void reads_one_tariff_and_a_rate_of_the_database_in_a_file_of_its_own() throws IOException {
        assertThat(read(write("one.json", HYDRO)).names()).containsExactly("hydro");
        String hours = "[" + "0,".repeat(23) + "0]";
        String year = "[" + (hours + ",").repeat(11) + hours + "]";
        Path urdb = write(
                "rate.json",
                "{\"items\": [{\"name\": \"LP\", \"energyratestructure\": [[{\"rate\": 0.03}]],"
                        + "\"energyweekdayschedule\": " + year + ", \"energyweekendschedule\": " + year + "}]}");
        Path named = write("named.json", "{\"name\": \"a\", \"zone\": \"Europe/Oslo\", \"urdb_file\": \"rate.json\"}");

        assertThat(read(named).plan("a").priceAt(HOUR)).isEqualTo(0.03);
        assertThat(TariffFile.read(urdb, 4028, "Europe/Oslo").tariffs().names()).containsExactly("LP");
        refuses(urdb, "zone must be given for a rate of the database");
    }

    @Test
    void names_the_file_the_field_the_value_and_what_is_accepted() throws IOException {
        refuses(folder.resolve("none.json"), "none.json does not exist");
        refuses(write("a.json", "{\n\"tariffs\": [}"), "a.json must be a JSON object (line 2)");
        refuses(write("a.json", "{\"tariffs\": []}"), "tariffs must be one or more");
        refuses(write("a.json", "{\"tariffs\": [" + HYDRO + "," + HYDRO + "]}"), "each with a name of its own");
        refuses(write("a.json", "{\"tariffs\": [{\"name\": \"x\"}]}"), "a.json: tariffs[0].price must be given");
        refuses(
                write("a.json", "{\"tariffs\": [{\"name\": \"x\", \"price\": 1, \"currency\": \"EUR\"}]}"),
                "tariffs[0].currency must be USD, not \"EUR\"");
        refuses(
                tariffs("", ", \"default\": \"solar\""),
                "default must be one of hydro, grid, day ahead, not \"solar\"");
        refuses(
                tariffs("{\"tag\": \"a\", \"tariff\": \"solar\"}", ""),
                "assign[0].tariff must be one of hydro, grid, day ahead, not \"solar\"");
        refuses(
                tariffs("{\"tariff\": \"grid\"}", ""),
                "assign[0] must be an object with one of miner, tag, location, site");
        refuses(tariffs("{\"tags\": \"a\", \"tariff\": \"grid\"}", ""), "assign[0].tags is not a field");
        refuses(tariffs("{\"miner\": \"rack 3\", \"tariff\": \"grid\"}", ""), "rack 3");
        refuses(tariffs("", ", \"more\": 1"), "more is not a field; accepted: assign, default, tariffs");
    }

    @Test
    void that_changes_is_read_again_and_one_that_cannot_be_used_is_reported() throws IOException {
        Path file = tariffs("", ", \"default\": \"day ahead\"");
        WatchedTariffs watched = WatchedTariffs.open(file, 4028);
        PowerPrices first = watched.get();
        assertThat(watched.get()).isSameAs(first);

        changed(write("prices.csv", "start,usd_per_mwh\n2026-11-27T15:00,30\n2026-11-27T16:00,20\n"), 1);
        assertThat(watched.get().at(HOUR, new Tariff(0.1)).usualUsdPerKwh()).isCloseTo(0.03, within(1e-15));
        assertThat(watched.health().fault()).isEmpty();

        changed(write("prices.csv", "start,usd_per_mwh\n"), 2);
        assertThat(watched.get().at(HOUR, new Tariff(0.1)).usualUsdPerKwh()).isCloseTo(0.03, within(1e-15));
        assertThat(watched.health().fault()).get().asString().contains("not in use", "two values");

        changed(write("tariffs.json", HYDRO), 3);
        assertThat(watched.tariffs().names()).containsExactly("hydro");
        assertThat(watched.health().fault()).isEmpty();
    }

    /** File systems may keep times by the second. */
    private static void changed(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(HOUR.plusSeconds(seconds)));
    }

    private static void refuses(Path file, String part) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(part);
    }
}
