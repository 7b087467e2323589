package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.tariff.Bill;
import io.minerops.tariff.Charge;
import io.minerops.tariff.LoadProfile;
import io.minerops.tariff.Rate;
import io.minerops.tariff.RatePlan;
import io.minerops.tariff.Schedule;
import io.minerops.tariff.UrdbRate;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/tariffs.md}: its Java compiles and does what it says. */
class TariffsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "tariffs.md");
    private static final Path SOURCE = Path.of("src/test/java/io/minerops/server/TariffsDocumentTest.java");

    @TempDir
    private Path folder;

    @Test
    void the_bill_of_a_constant_load_is_the_sum_of_its_lines() {
        // Friday to Saturday, midnight to midnight in Chicago
        Instant from = Instant.parse("2026-11-20T06:00:00Z");
        Instant to = Instant.parse("2026-11-22T06:00:00Z");
        // documented from here
        List<Rate> energy = List.of(Rate.of("peak", 0.14), Rate.of("off-peak", 0.05));
        Schedule hours =
                Schedule.of(energy, List.of(new Schedule.Window(0, Schedule.ALL_MONTHS, Schedule.WEEKDAYS, 15, 20)), 1);
        RatePlan plan = RatePlan.of(
                "site A",
                "America/Chicago",
                new Charge.Energy("energy", Charge.TierUnit.KWH, hours, energy),
                new Charge.Demand("demand", false, 15, Schedule.always(), List.of(Rate.of("all hours", 12))),
                new Charge.Fixed("meter", 30, Charge.Per.MONTH));

        Bill bill = plan.bill(LoadProfile.constant(from, to, 3_500));
        bill.lines(); // month, charge, period and tier, quantity, price, amount
        bill.amountDue(); // rounded once, half-even, to the cent
        plan.priceAt(Instant.now()); // of the next kWh
        // to here

        // at 3,500 kW: 5 h of peak, 43 h off-peak, the demand, and 48 h of a month of 721 h of the meter
        double expected = 3_500 * (5 * 0.14 + 43 * 0.05 + 12) + 30 * 48 / 721.0;
        assertThat(bill.total()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void a_rate_of_the_database_is_read_by_any_json_parser() throws IOException {
        File file = Files.writeString(
                        folder.resolve("rate.json"),
                        "{\"label\":\"x\",\"name\":\"flat\",\"energyratestructure\":[[{\"rate\":0.05}]],"
                                + "\"energyweekdayschedule\":" + zeros() + ",\"energyweekendschedule\":" + zeros()
                                + "}")
                .toFile();
        // documented from here
        Map<String, Object> json = new ObjectMapper().readValue(file, new TypeReference<>() {});
        RatePlan plan =
                UrdbRate.read(json, RatePlan.zone("America/Chicago"), Set.of()).plan();
        // to here

        assertThat(plan.priceAt(Instant.parse("2026-11-20T06:00:00Z"))).isEqualTo(0.05);
    }

    private static String zeros() {
        String hours = "[" + "0,".repeat(23) + "0]";
        return "[" + (hours + ",").repeat(11) + hours + "]";
    }

    @Test
    void the_document_shows_what_is_compiled_here() throws IOException {
        String document = Files.readString(DOCUMENT);
        List<String> source = Files.readAllLines(SOURCE);
        int shown = 0;
        for (int line = 0; line < source.size(); line++) {
            if (source.get(line).strip().equals("// documented from here")) {
                StringBuilder snippet = new StringBuilder("```java\n");
                for (line++; !source.get(line).strip().equals("// to here"); line++) {
                    snippet.append(source.get(line).replaceFirst("^ {8}", "")).append('\n');
                }
                assertThat(document).contains(snippet + "```");
                shown++;
            }
        }

        assertThat(document.split("```java", -1)).as("as many snippets as here").hasSize(1 + shown);
    }
}
