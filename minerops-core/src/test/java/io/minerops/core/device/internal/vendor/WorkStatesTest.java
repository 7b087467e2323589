package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.reply.Command;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What devices of each family are doing, as they report it. */
class WorkStatesTest {
    private static final String ALIVE = "{\"POOL\":0,\"URL\":\"stratum+tcp://a.example:1\",\"Status\":\"Alive\"}";
    private static final String DEAD = ALIVE.replace("Alive", "Dead");

    private static WorkState state(Map<String, String> replies) {
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return ((MinerReading.Ok) reading).sample().state();
    }

    private static WorkState antminer(String type, String fields, String pool) {
        return state(Map.of(
                "version", Replies.version(type),
                "stats", Replies.stats(type, fields),
                "pools", Replies.section("POOLS", pool)));
    }

    @ParameterizedTest
    @CsvSource({
        "90000, 2, 3, MINING",
        "0, 254, 3, ASLEEP",
        "0, 2, 0, FAULT",
        "0, 2, 3, UNKNOWN",
    })
    void of_an_antminer_is_its_mode_or_follows_from_its_chains(int ghs, int mode, int boards, WorkState state) {
        String fields = "\"GHS 5s\":" + ghs + ",\"Mode\":" + mode + ",\"miner_count\":" + boards;

        assertThat(antminer("Antminer S19", fields, ALIVE)).isEqualTo(state);
    }

    @Test
    void of_a_miner_that_hashes_nothing_because_no_pool_answers_is_idle() {
        assertThat(antminer("Antminer S19", "\"GHS 5s\":0,\"Mode\":2,\"miner_count\":3", DEAD))
                .isEqualTo(WorkState.IDLE);
    }

    @ParameterizedTest
    @CsvSource({
        "mining, MINING",
        "auto-tuning, TUNING",
        "initializing, TUNING",
        "stopped, PAUSED",
        "shutting-down, PAUSED",
        "failure, FAULT",
        "something new, MINING",
    })
    void of_a_vnish_is_the_word_of_its_statistics(String word, WorkState state) {
        String fields = "\"GHS 5s\":90000,\"state\":\"" + word + "\"";

        assertThat(antminer("Antminer S19 (Vnish 1.2.7)", fields, ALIVE)).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"None, MINING", "Sleep, ASLEEP"})
    void of_a_luxos_is_asleep_while_it_is_curtailed(String mode, WorkState state) {
        assertThat(state(Map.of(
                        "version", Replies.section("VERSION", "{\"LUXminer\":\"2025.4.8\",\"API\":\"3.7\"}"),
                        "stats", Replies.stats("Antminer S19k Pro", "\"GHS 5s\":60000"),
                        "config", Replies.section("CONFIG", "{\"CurtailMode\":\"" + mode + "\"}"))))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"mineroff, ASLEEP", "btmineroff, ASLEEP", "minerother, MINING"})
    void of_a_whatsminer_is_asleep_while_it_is_switched_off(String key, WorkState state) {
        assertThat(state(Map.of(
                        "summary",
                        Replies.section("SUMMARY", "{\"Elapsed\":9,\"HS RT\":100000000,\"Factory GHS\":100000}"),
                        "status",
                        "{\"STATUS\":\"S\",\"When\":1,\"Code\":131,\"Msg\":{\"" + key + "\":\"true\"}}")))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"In Idle, 4, ASLEEP", "In Idle, 0, IDLE", "In Work, 0, MINING"})
    void of_an_avalon_is_in_its_system_status(String work, int off, WorkState state) {
        String module = "Ver[Q-25] DNA[0201] SYSTEMSTATU[Work: " + work + ", Hash Board: 1] SoftOFF[" + off
                + "] GHSspd[50000] GHSmm[55000]";

        assertThat(state(Map.of(
                        "version", Replies.section("VERSION", "{\"PROD\":\"AvalonQ\",\"MODEL\":\"Q\"}"),
                        "stats", Replies.section("STATS", "{\"STATS\":0,\"MM ID0\":\"" + module + "\"}"))))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"false, 1180, MINING", "true, 0, PAUSED"})
    void of_an_axeos_is_paused_while_it_says_so(boolean paused, double rate, WorkState state) {
        MetricSample sample = WebReplies.read(Map.of(
                        Command.AXEOS_INFO,
                        "{\"ASICModel\":\"BM1370\",\"hashRate\":" + rate + ",\"miningPaused\":" + paused + "}"))
                .sample();

        assertThat(sample.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"1, IDLE", "2, MINING", "3, PAUSED", "4, ASLEEP", "5, MINING"})
    void of_a_braiins_os_is_its_status(int status, WorkState state) {
        MetricSample sample = WebReplies.read(Map.of(
                        Command.BRAIINS_DETAILS,
                        "{\"bos_version\":{\"current\":\"x\"},\"bosminer_uptime_s\":9,\"status\":" + status + "}",
                        Command.BRAIINS_STATS,
                        "{\"miner_stats\":{\"real_hashrate\":{\"last_5s\":{\"gigahash_per_second\":100000}}}}"))
                .sample();

        assertThat(sample.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"Mining, MINING", "Idling, IDLE", "Stopped, PAUSED", "Ramping, TUNING"})
    void of_an_epic_is_its_operating_state(String word, WorkState state) {
        MetricSample sample = WebReplies.readHere(Map.of(
                        Command.EPIC_SUMMARY,
                        "{\"Software\":\"PowerPlay\",\"HBs\":[{\"Index\":0,\"Hashrate\":[50000000,100]}],"
                                + "\"Status\":{\"Operating State\":\"" + word + "\"}}"))
                .sample();

        assertThat(sample.state()).isEqualTo(state);
    }
}
