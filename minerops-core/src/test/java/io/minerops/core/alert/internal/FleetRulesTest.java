package io.minerops.core.alert.internal;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules on hash boards, on pools, and on many miners together. */
class FleetRulesTest {
    private final Watch watch = new Watch();

    private AlertRule with(AlertRule.Builder rule) {
        return watch.with(rule.cooldown(Duration.ZERO));
    }

    private AlertRule with(RuleType type, Map<String, Double> thresholds) {
        return with(AlertRule.builder("the rule", type).thresholds(Thresholds.of(thresholds)));
    }

    @Nested
    class Boards {
        private List<String> at(double minutes, double boards, double chips) {
            return watch.sample(
                            minutes,
                            MINER,
                            Map.of(
                                    Reading.BOARDS_EXPECTED,
                                    3.0,
                                    Reading.CHIPS_EXPECTED,
                                    342.0,
                                    Reading.BOARDS_ALIVE,
                                    boards,
                                    Reading.CHIPS_ALIVE,
                                    chips))
                    .check(minutes);
        }

        @Test
        void raise_when_one_is_missing_and_clear_when_it_is_back() {
            with(RuleType.BOARD, Map.of());

            assertThat(at(0, 3, 342)).isEmpty();
            assertThat(at(1, 2, 228)).containsExactly("raised");
            assertThat(watch.newest().message()).isEqualTo("2 of 3 hash boards and 228 of 342 chips work");
            assertThat(at(2, 3, 342)).containsExactly("auto_resolved");
        }

        @Test
        void raise_when_chips_are_missing_beyond_their_share_and_clear_five_percent_inside() {
            with(RuleType.BOARD, Map.of("max_missing_chips_pct", 10.0));

            assertThat(at(0, 3, 310)).isEmpty();
            assertThat(at(1, 3, 307)).containsExactly("raised");
            assertThat(at(2, 3, 308)).isEmpty();
            assertThat(at(3, 3, 310)).containsExactly("auto_resolved");
        }

        @Test
        void are_counted_against_the_rule_where_it_says_how_many_there_should_be() {
            with(RuleType.BOARD, Map.of("min_boards", 4.0, "max_missing_boards", 1.0));

            assertThat(at(0, 3, 342)).isEmpty();
            assertThat(at(1, 2, 342)).containsExactly("raised");
        }

        @Test
        void say_nothing_where_the_device_says_nothing() {
            with(RuleType.BOARD, Map.of());
            at(0, 2, 342);

            assertThat(watch.sample(1, MINER, Map.of(Reading.BOARDS_EXPECTED, 3.0))
                            .check(1))
                    .isEmpty();
            assertThat(watch.temperature(2, 60).check(2)).isEmpty();
        }
    }

    @Nested
    class Pools {
        private List<String> at(double minutes, double alive, @Nullable Pool pool) {
            MetricSample sample = MetricSample.builder(MINER, minute(minutes))
                    .set(Reading.POOLS_ALIVE, alive)
                    .pool(pool)
                    .build();
            watch.store.metrics().append(Poll.of(minute(minutes), List.of(sample)));
            return watch.check(minutes);
        }

        private Pool pool(String url) {
            return new Pool(url, "farm.7");
        }

        @Test
        void raise_when_none_answers_and_clear_when_one_does() {
            with(RuleType.POOL, Map.of());

            assertThat(at(0, 2, pool("stratum+tcp://a:1"))).isEmpty();
            assertThat(at(1, 0, null)).containsExactly("raised");
            assertThat(watch.newest().message()).isEqualTo("No pool answers");
            assertThat(at(2, Double.NaN, null)).isEmpty();
            assertThat(at(3, 1, pool("stratum+tcp://a:1"))).containsExactly("auto_resolved");
        }

        @ParameterizedTest
        @CsvSource({
            "pool.example, stratum+tcp://pool.example:3333, true",
            "pool.example, stratum+ssl://POOL.example:443/x, true",
            "pool.example, pool.example, true",
            "pool.example:3333, stratum+tcp://pool.example:3333, true",
            "pool.example:3333, stratum+tcp://pool.example:443, false",
            "*.pool.example, stratum+tcp://eu.pool.example:3333, true",
            "*.pool.example, stratum+tcp://pool.example:3333, false",
            "*.pool.example, stratum+tcp://eu.pool.example.evil:3333, false",
            "pool.example, stratum+tcp://pool.example@evil:3333, false",
            "pool.example, stratum+tcp://evil/pool.example, false",
            "stratum+tcp://pool.example:3333, stratum+tcp://pool.example:3333, true",
            "[2001:db8::1], stratum+tcp://[2001:db8::1]:3333, true",
            "*, stratum+tcp://anything:1, true",
        })
        void are_allowed_by_host_and_port(String allowed, String url, boolean mayBe) {
            with(AlertRule.builder("pools", RuleType.POOL).options(Map.of("allowed_pools", List.of(allowed))));

            assertThat(at(0, 1, pool(url))).isEqualTo(mayBe ? List.of() : List.of("raised"));
        }

        @Test
        void that_are_not_allowed_raise_and_are_named() {
            with(AlertRule.builder("pools", RuleType.POOL)
                    .options(Map.of("allowed_pools", List.of("a", "b"), "allowed_workers", List.of("farm.*"))));

            assertThat(at(0, 1, pool("stratum+tcp://b:1"))).isEmpty();
            assertThat(at(1, 1, pool("stratum+tcp://evil:1"))).containsExactly("raised");
            assertThat(watch.newest().message())
                    .isEqualTo("Works for stratum+tcp://evil:1 as farm.7, which is not allowed");
            assertThat(at(2, 1, null)).as("not known").isEmpty();
            assertThat(at(3, 1, new Pool("stratum+tcp://a:1", "thief.1"))).isEmpty();
            assertThat(at(4, 1, pool("stratum+tcp://a:1"))).containsExactly("auto_resolved");
        }
    }

    @Nested
    class Fleet {
        private static final int MINERS = 10;

        private MinerAddress address(int number) {
            return MinerAddress.of("10.0.0." + (number + 1));
        }

        private void register(String... tags) {
            IntStream.range(0, MINERS)
                    .forEach(number -> watch.miner(
                            Miner.builder(address(number), minute(0)).tags(List.of(tags))));
        }

        /** The first so many miners answer, each with that hash rate. */
        private List<String> at(double minutes, int answering, double ths) {
            List<MetricSample> samples = IntStream.range(0, answering)
                    .mapToObj(number -> MetricSample.builder(address(number), minute(minutes))
                            .set(Reading.HASHRATE_THS, ths)
                            .build())
                    .toList();
            watch.store.metrics().append(Poll.of(minute(minutes), samples));
            return watch.check(minutes);
        }

        @Test
        void is_one_alert_that_names_no_miner() {
            register();
            with(RuleType.FLEET, Map.of("max_offline", 4.0, "max_age_minutes", 5.0));
            assertThat(at(0, 10, 100)).isEmpty();

            assertThat(at(6, 6, 100)).isEmpty();
            assertThat(at(12, 5, 100)).containsExactly("raised");

            Alert alert = watch.newest();
            assertThat(alert.miner()).isNull();
            assertThat(alert.message()).isEqualTo("5 of 10 miners are offline, more than 4");
            assertThat(at(13, 6, 100)).as("four are, which is not 5 % inside").isEmpty();
            assertThat(at(14, 7, 100)).containsExactly("auto_resolved");
        }

        @Test
        void can_be_a_share_of_the_scope() {
            register("hall-a");
            watch.miner(Miner.builder(MinerAddress.of("10.9.9.9"), minute(0)));
            with(AlertRule.builder("hall", RuleType.FLEET)
                    .thresholds(Thresholds.of(Map.of("max_offline_pct", 30.0, "max_age_minutes", 5.0)))
                    .tagsFilter(List.of("hall-a")));
            at(0, 10, 100);

            assertThat(at(6, 7, 100)).isEmpty();
            assertThat(at(12, 6, 100)).containsExactly("raised");
            assertThat(watch.newest().message()).isEqualTo("4 of 10 miners are offline, more than 30 %");
        }

        @Test
        void can_be_too_little_hashrate_and_what_is_offline_adds_nothing() {
            register();
            with(RuleType.FLEET, Map.of("min_total_ths", 850.0, "max_age_minutes", 5.0));
            assertThat(at(0, 10, 100)).isEmpty();

            assertThat(at(6, 8, 100)).containsExactly("raised");
            assertThat(watch.newest().message())
                    .isEqualTo("2 of 10 miners are offline, 800 TH/s in total, less than 850 TH/s");
            assertThat(at(7, 8, 110)).as("880 is within 5 %").isEmpty();
            assertThat(at(8, 10, 90)).containsExactly("auto_resolved");
        }

        @Test
        void is_not_too_little_hashrate_while_a_living_miner_does_not_say_its_own() {
            register();
            with(RuleType.FLEET, Map.of("min_total_ths", 850.0));
            at(0, 10, 100);
            at(1, 9, 10);

            assertThat(watch.sample(2, address(9), Map.of()).check(2)).isEmpty();
        }

        @Test
        void neither_raises_nor_clears_by_a_gap_between_polls() {
            register();
            with(RuleType.FLEET, Map.of("max_offline", 4.0, "max_age_minutes", 5.0));
            at(0, 10, 100);
            assertThat(at(12, 2, 100)).containsExactly("raised");

            watch.observedSince(60);

            assertThat(watch.check(61)).isEmpty();
            assertThat(at(70, 10, 100)).containsExactly("auto_resolved");
        }

        @Test
        void is_silenced_by_its_rule_and_not_by_a_miner_or_a_tag() {
            register("hall-a");
            AlertRule rule = with(RuleType.FLEET, Map.of("max_offline", 4.0, "max_age_minutes", 5.0));
            at(0, 10, 100);
            watch.silence(0, 100, silence -> silence.tag("hall-a"));
            assertThat(at(12, 2, 100)).containsExactly("raised");

            watch.silence(13, 100, silence -> silence.ruleId(rule.id()));

            assertThat(watch.check(14)).containsExactly("silenced");
        }

        @Test
        void becomes_no_alert_of_a_miner_when_its_rule_becomes_another() {
            register();
            AlertRule rule = with(RuleType.FLEET, Map.of("max_offline", 4.0, "max_age_minutes", 5.0));
            at(0, 10, 100);
            at(12, 2, 100);

            watch.store
                    .rules()
                    .update(
                            rule.toBuilder()
                                    .type(RuleType.TEMP)
                                    .thresholds(Thresholds.none())
                                    .build(),
                            minute(13));

            assertThat(watch.check(14)).containsExactly("withdrawn");
            assertThat(watch.newest().resolutionNote()).isEqualTo("The rule no longer watches its miners as one");
        }

        @Test
        void of_no_miner_at_all_says_nothing() {
            with(AlertRule.builder("none", RuleType.FLEET)
                    .thresholds(Thresholds.of("max_offline", 0))
                    .tagsFilter(List.of("nobody")));

            assertThat(at(0, 10, 100)).isEmpty();
        }
    }
}
