package io.minerops.core.device.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MakersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Antminer S21 Pro   | Bitmain    | Antminer S21 Pro",
                "S19JPRO            | Bitmain    | Antminer S19j Pro",
                "Antminer BHB68606  | Bitmain    | Antminer S21",
                "Whatsminer M30S++  | MicroBT    | M30S++",
                "M50_VH84           | MicroBT    | M50 VH84",
                "AvalonMiner 1246   | Canaan     | AvalonMiner 1246",
                "BMM 101            | Braiins    | BMM 101",
                "Braiins Mini Miner | Braiins    | Braiins Mini Miner",
                "LV08               | LuckyMiner | LV08",
                "NerdQAxe++         | NerdAxe    | NerdQAxe++",
                "Gamma              | -          | Gamma",
                "?                  | -          | ?",
                "Some Miner M30     | -          | Some Miner M30",
            })
    void a_maker_is_known_by_the_model(String words, @Nullable String maker, String model) {
        assertThat(Makers.of(words)).isEqualTo(maker);
        assertThat(Makers.modelName(words)).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Antminer S19 Pro  | Bitmain | Antminer S19 Pro",
                "Whatsminer M30S++ | MicroBT | M30S++",
                "AvalonMiner 1246  | Canaan  | AvalonMiner 1246",
                "-                 | Bitmain | -",
            })
    void luxos_runs_on_devices_of_the_maker_that_they_name(
            @Nullable String type, String maker, @Nullable String model) {
        String named = type == null ? "" : ",\"Type\":\"" + type + "\"";
        String version = "{\"LUXminer\":\"2026.1\"" + named + "}";
        MinerReading reading = Replies.readSingly(
                Map.of("version", Replies.section("VERSION", version), "summary", Replies.summary(95_000)));

        assertThat(reading).isInstanceOfSatisfying(MinerReading.Ok.class, ok -> {
            assertThat(ok.identity().vendor()).isEqualTo(maker);
            assertThat(ok.identity().model()).isEqualTo(model);
        });
    }
}
