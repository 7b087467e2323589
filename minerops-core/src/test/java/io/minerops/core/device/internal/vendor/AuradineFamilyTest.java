package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuradineFamilyTest {
    private final Map<String, String> replies = new HashMap<>(Map.of(
            "version", auradine("VERSION", "{\"API\":\"1.0\",\"GCMiner\":\"0.5\"}"),
            "summary",
                    auradine(
                            "SUMMARY",
                            "{\"Elapsed\":56696,\"MHS 5s\":250000000.5,\"MHS av\":248000000,\"Accepted\":3310,"
                                    + "\"Rejected\":1,\"Hardware Errors\":0}"),
            "devs",
                    auradine(
                            "DEVS",
                            "{\"Status\":\"Alive\",\"Temperature\":28},{\"Status\":\"Alive\"},{\"Status\":\"Dead\"}"),
            "asccount", auradine("ASCCount", "{\"AsicCount\":264,\"BoardCount\":3}"),
            "/ipreport",
                    auradine(
                            "IPReport",
                            "{\"SerialNo\":\"AU2X1\",\"hostname\":\"teraflux-01\",\"mac\":\"02:00:5e:00:53:0d\","
                                    + "\"model\":\"AT2880\",\"version\":\"2024-06.11\"}"),
            "/psu", auradine("PSU", "{\"PowerIn\":\"2000.50W\",\"PowerOut\":\"1900.00W\"},{\"PowerIn\":\"2100.00W\"}"),
            "/fan", auradine("Fan", "{\"ID\":1,\"Max\":7700,\"Speed\":7080},{\"ID\":2,\"Max\":7700,\"Speed\":7020}"),
            "/temperature",
                    auradine(
                            "Temperature",
                            "{\"Name\":\"Control Board\",\"BoardTemp\":[{\"Temperature\":99}],\"ChipTemp\":null},"
                                    + "{\"Name\":\"Hash Board 1\",\"BoardTemp\":[{\"Temperature\":20}],"
                                    + "\"ChipTemp\":[{\"Temperature\":60},{\"Temperature\":64}]},"
                                    + "{\"Name\":\"Hash Board 2\",\"ChipTemp\":[{\"Temperature\":71}]}")));

    private static String auradine(String section, String elements) {
        return Replies.section(section, elements).replace("cgminer 1.0.0", "GCMiner-2024-06.11-0ce5e7cc");
    }

    private MinerReading.Ok read() {
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    @Test
    void gives_every_reading_in_its_unit() {
        MinerReading.Ok ok = read();

        assertThat(ok.sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 250.0000005)
                        .set(Reading.HASHRATE_AVG_THS, 248)
                        .set(Reading.POWER_W, 4100.5)
                        .set(Reading.AVG_TEMP_C, 65)
                        .set(Reading.MAX_TEMP_C, 71)
                        .set(Reading.AVG_FAN_RPM, 7050)
                        .set(Reading.MIN_FAN_RPM, 7020)
                        .set(Reading.MAX_FAN_RPM, 7080)
                        .set(Reading.ELAPSED_S, 56_696)
                        .set(Reading.ACCEPTED, 3310)
                        .set(Reading.REJECTED, 1)
                        .set(Reading.HW_ERRORS, 0)
                        .set(Reading.BOARDS_ALIVE, 2)
                        .set(Reading.BOARDS_EXPECTED, 3)
                        .set(Reading.CHIPS_ALIVE, 264)
                        .state(WorkState.MINING)
                        .build());
        assertThat(ok.missing()).containsExactly("pools");
    }

    @Test
    void says_what_it_is() {
        assertThat(read().identity())
                .isEqualTo(new MinerIdentity(
                        "Auradine", "Teraflux AT2880", "2024-06.11", "02:00:5e:00:53:0d", "teraflux-01", "AU2X1"));
    }

    @Test
    void whose_web_server_is_shut_is_read_by_the_rest() {
        replies.keySet().removeIf(command -> command.startsWith("/"));
        MinerReading.Ok ok = read();

        assertThat(ok.sample().value(Reading.HASHRATE_THS)).isEqualTo(250, within(1e-6));
        assertThat(ok.identity())
                .isEqualTo(new MinerIdentity("Auradine", null, "GCMiner-2024-06.11-0ce5e7cc", null, null, null));
        assertThat(ok.missing()).contains("/ipreport", "/psu", "/fan", "/temperature");
    }

    @Test
    void that_idles_at_its_supply_draws_what_its_model_needs() {
        replies.put("/psu", auradine("PSU", "{\"PowerIn\":\"58.94W\"}"));
        MinerReading.Ok ok = read();

        assertThat(ok.sample().value(Reading.POWER_W)).isEqualTo(16 * 250, within(1e-3));
        assertThat(ok.sample().powerEstimated()).isTrue();
        assertThat(ok.implausible()).containsExactly("power_w cannot be 58.9400");
    }

    @Test
    void whose_chips_have_no_sensors_is_as_warm_as_its_boards() {
        replies.put(
                "/temperature",
                auradine(
                        "Temperature",
                        "{\"Name\":\"Hash Board 1\",\"ChipTemp\":null,\"BoardTemp\":[{\"Temperature\":40}]}"));

        assertThat(read().sample().value(Reading.AVG_TEMP_C)).isEqualTo(40);
    }

    @Test
    void at_rest_has_no_fans_that_could_fail() {
        replies.put("summary", auradine("SUMMARY", "{\"MHS 5s\":0,\"MHS av\":0}"));
        replies.put("/fan", auradine("Fan", "{\"Speed\":0},{\"Speed\":0}"));

        assertThat(read().sample().reading(Reading.MIN_FAN_RPM)).isEmpty();
    }
}
