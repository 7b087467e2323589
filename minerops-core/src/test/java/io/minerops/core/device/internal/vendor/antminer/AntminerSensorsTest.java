package io.minerops.core.device.internal.vendor.antminer;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of an Antminer's sensors are in the water, which on the chips and which on the boards. */
class AntminerSensorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "water under chip     | S19 XP+ Hyd.  | 36-46-0-0   | 46-56-46-56 | 51-48-36-60 | 36  | 46  | 60",
                "the same of an older | S19 Pro Hyd   | 31-41-0-0   | 46-48-46-48 | 52-49-38-58 | 31  | 41  | 58",
                "no board's sensor    | S19 Hydro     | 31-41-0-0   | 46-48-46-48 | 0-0-0-0     | 31  | 41  | 48",
                "four under chip      | S19 Hyd       | 55-56-57-58 | 46-48-46-48 | 51-48-36-60 | NaN | NaN | 58",
                "water under pcb      | S21+ Hyd      | 0-0-0-0     | 29-36-39-46 | 69-72-0-74  | 29  | 39  | 69",
                "with chips           | S21 XP Hyd.   | 66-67-68-70 | 29-36-39-46 | 61-62-63-64 | 29  | 39  | 70",
                "two chips            | S21 XP Hyd    | 66-67-0-0   | 29-36-39-46 | 61-62-63-64 | 29  | 39  | 67",
                "boards alone         | S21+ Hyd      | 0-0-0-0     | 29-36-39-46 | 0-0-0-0     | 29  | 39  | 46",
                "by form, under chip  | S21 Hyd       | 31-41-0-0   | 46-48-46-48 | 52-49-38-58 | 31  | 41  | 58",
                "by form, under pcb   | S23 Hyd       | 66-67-68-70 | 29-36-39-46 | 61-62-63-64 | 29  | 39  | 70",
                "another firmware     | S19 Pro Hyd   | 52-60       | 37-45       | 33-41       | NaN | NaN | 60",
                "immersion            | S21 Imm       | 66-67-68-70 | 46-47-48-49 | 41-42-43-44 | NaN | NaN | 70",
                "air                  | S19 Pro       | 66-67-0-0   | 46-47-48-49 | 41-42-43-44 | NaN | NaN | 67",
                "air, controllers     | S19 Pro       | 0-0-0-0     | 0-0-0-0     | 41-42-43-44 | NaN | NaN | 44",
            })
    void of_a_model(
            String what,
            String type,
            String chip,
            String pcb,
            String pic,
            double inlet,
            double outlet,
            double hottest) {
        String fields = "\"GHS 5s\":200000";
        for (int board = 1; board <= 2; board++) {
            fields += sensors(board, chip, pcb, pic);
        }
        fields += sensors(3, "0-0-0-0", "0-0-0-0", "0-0-0-0");
        MinerReading.Ok ok =
                WebReplies.ok(Replies.readSingly(Map.of("stats", Replies.stats("Antminer " + type, fields))));

        assertThat(ok.sample().value(Reading.INLET_TEMP_C)).as(what).isEqualTo(Double.valueOf(inlet));
        assertThat(ok.sample().value(Reading.OUTLET_TEMP_C)).as(what).isEqualTo(Double.valueOf(outlet));
        assertThat(ok.sample().value(Reading.MAX_TEMP_C)).as(what).isEqualTo(hottest);
        assertThat(ok.implausible()).isEmpty();
    }

    private static String sensors(int board, String chip, String pcb, String pic) {
        return ",\"temp_chip" + board + "\":\"" + chip + "\",\"temp_pcb" + board + "\":\"" + pcb + "\",\"temp_pic"
                + board + "\":\"" + pic + "\"";
    }

    @Test
    void the_coldest_inlet_and_the_hottest_outlet_of_all_boards_count() {
        String fields = "\"GHS 5s\":200000" + sensors(1, "37-46-0-0", "0-0-0-0", "51-48-37-60")
                + sensors(2, "36-49-0-0", "0-0-0-0", "51-48-36-62");
        MetricSample sample = WebReplies.ok(
                        Replies.readSingly(Map.of("stats", Replies.stats("Antminer S19 XP+ Hyd", fields))))
                .sample();

        assertThat(sample.value(Reading.INLET_TEMP_C)).isEqualTo(36);
        assertThat(sample.value(Reading.OUTLET_TEMP_C)).isEqualTo(49);
    }

    @Test
    void a_sensor_in_the_water_that_cannot_be_is_left_out_and_reported() {
        String fields = "\"GHS 5s\":200000" + sensors(1, "0-0-0-0", "-83-36-39-46", "69-72-0-74");
        MinerReading.Ok ok =
                WebReplies.ok(Replies.readSingly(Map.of("stats", Replies.stats("Antminer S21+ Hyd", fields))));

        assertThat(ok.sample().reading(Reading.INLET_TEMP_C)).isEmpty();
        assertThat(ok.sample().value(Reading.OUTLET_TEMP_C)).isEqualTo(39);
        assertThat(ok.implausible()).containsExactly("an inlet temperature cannot be -83.0000");
    }
}
