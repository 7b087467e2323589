package io.minerops.core.alert;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.aMiner;
import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract A1 to A11 as tables: each row is a rule and a story. A story is steps parted by {@code ;}, each a minute,
 * what happens in it, and after {@code =>} what the check of that minute does; A12 is about messages and is in
 * {@code NotificationDispatcherTest}. What happens: a reading of the miner, {@code -} for no answer, {@code nan} for an
 * answer without that reading, {@code ack}, {@code resolve}, {@code disable}, {@code delete}, {@code change} with new
 * thresholds, {@code silence} with its last minute, {@code unsilence}, {@code future} for a reading from the next hour.
 */
class SemanticsTableTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            A1  | one alert while the condition holds | temp | 0 85 => raised; 2 90 => ; 4 85 => ; 20 99 =>
            A1  | none beside one that a person took  | temp | 0 85 => raised; 2 ack; 4 85 => ; 60 85 =>
            A1  | none after the cooldown while open  | temp cooldown=5 | 0 85 => raised; 4 85 => ; 6 85 => reminded
            A2  | no new alert within the cooldown    | temp cooldown=30 | 0 85 => raised; 2 70 => auto_resolved; 4 85 => ; 29 85 => ; 30 85 => raised
            A2  | a person's closing does not end it  | temp cooldown=30 | 0 85 => raised; 2 resolve; 4 85 => ; 30 85 => raised
            A2  | one reminder per cooldown           | temp cooldown=10 | 0 85 => raised; 5 85 => ; 10 85 => reminded; 15 85 => ; 20 85 => reminded
            A2  | none once acknowledged              | temp cooldown=10 | 0 85 => raised; 1 ack; 10 85 => ; 20 85 =>
            A3  | the raising limit is not above it   | temp | 0 80 => ; 1 80.01 => raised
            A3  | clears only past the clearing limit | temp | 0 85 => raised; 1 78 => ; 2 76.01 => ; 3 76 => auto_resolved
            A3  | every type clears: fan              | fan | 0 1500 => raised; 1 2050 => ; 2 2100 => auto_resolved
            A3  | every type clears: power            | power max_power_w=3000 | 0 3001 => raised; 1 2900 => ; 2 2850 => auto_resolved
            A3  | every type clears: hashrate         | hashrate baseline_ths=100 | 0 89 => raised; 1 94 => ; 2 95 => auto_resolved
            A4  | an absent reading raises nothing    | temp | 0 nan => ; 1 nan =>
            A4  | and clears nothing                  | temp | 0 85 => raised; 1 nan => ; 2 70 => auto_resolved
            A4  | zero is a reading: no hash rate     | hashrate baseline_ths=100 | 0 0 => raised
            A4  | zero is a reading: a dead fan       | fan | 0 0 => raised
            A4  | silence is offline's business       | offline | 0 85 => ; 10 - => ; 10.1 - => raised; 11 70 => auto_resolved
            A4  | never seen counts from registration | offline | 10 - => ; 10.1 - => raised
            A5  | offline inhibits what would clear   | temp+offline | 0 85 => raised; 11 - => raised; 20 - => ; 21 70 => auto_resolved,auto_resolved
            A5  | and what would raise                | temp+offline for_minutes=5 | 0 85 => ; 11 - => raised; 15 - =>
            A6  | the mean of its healthy samples     | hashrate | 0 100 => ; 1 100 => ; 2 100 => ; 3 80 => raised
            A6  | the one under test is no part of it | hashrate | 0 100 => ; 1 80 => raised
            A6  | nothing to compare with, no verdict | hashrate | 0 1 =>
            A7  | a miner of unknown model            | temp model=S19 | 0 99 =>
            A7  | a miner without tags                | temp tag=hall-a | 0 99 =>
            A7  | another miner                       | temp miner=10.0.0.9 | 0 99 =>
            A8  | a pending time survives             | temp for_minutes=10 | 0 85 => ; 5 85 => ; 10 85 => raised
            A8  | a restart raises nothing by itself  | temp | 0 85 => raised; 1 85 => ; 2 70 => auto_resolved; 3 70 =>
            A9  | a sample from the future            | temp | 0 future 99 => ; 1 future 20 =>
            A9  | and it clears nothing               | temp | 0 85 => raised; 1 future 20 => ; 2 20 => auto_resolved
            A9  | a clock that steps back             | temp cooldown=10 | 5 85 => raised; 3 85 => ; 4 85 =>
            A10 | changed: judged again                | temp | 0 85 => raised; 1 change temp_c=95; 2 85 => auto_resolved
            A10 | disabled: withdrawn                 | temp | 0 85 => raised; 1 disable => withdrawn; 2 99 =>
            A10 | deleted: withdrawn                  | temp | 0 85 => raised; 1 delete => withdrawn; 2 99 =>
            A11 | recorded, marked and not reported       | temp | 0 silence 60; 1 85 => raised in silence; 2 70 => auto_resolved
            A11 | reported when it is over                | temp | 0 silence 10; 1 85 => raised in silence; 11 85 => unsilenced
            A11 | an open one is marked               | temp | 0 85 => raised; 1 silence 60; 2 85 => silenced
            """)
    void holds(String semantic, String what, String rule, String story) {
        Watch watch = new Watch();
        watch.miner(aMiner());
        List<AlertRule> rules = rules(watch, rule);
        Reading reading = reading(rules.get(0).type());

        for (String step : story.split(";", -1)) {
            String[] sides = step.split("=>", -1);
            String[] words = sides[0].strip().split("\\s+", -1);
            double minute = Double.parseDouble(words[0]);
            happens(watch, rules.get(0), reading, minute, words);
            if (sides.length > 1) {
                assertThat(String.join(",", watch.check(minute)))
                        .as("%s, %s: minute %s", semantic, what, words[0])
                        .isEqualTo(sides[1].strip());
            }
        }
    }

    private static void happens(Watch watch, AlertRule rule, Reading reading, double minute, String[] words) {
        switch (words[1]) {
            case "-" -> {}
            case "nan" -> watch.sample(minute, MINER, Map.of());
            case "ack" -> watch.acknowledge(minute);
            case "resolve" -> watch.resolve(minute);
            case "delete" -> watch.store.rules().delete(rule.id());
            case "disable" ->
                watch.store.rules().update(rule.toBuilder().enabled(false).build(), Watch.minute(minute));
            case "change" ->
                watch.store
                        .rules()
                        .update(
                                rule.toBuilder()
                                        .thresholds(thresholds(words[2]))
                                        .build(),
                                Watch.minute(minute));
            case "silence" -> watch.silence(minute, Double.parseDouble(words[2]), silence -> silence.miner(MINER));
            case "future" -> watch.sample(minute + 60, MINER, reading, Double.parseDouble(words[2]));
            default -> watch.sample(minute, MINER, reading, Double.parseDouble(words[1]));
        }
    }

    /** The rules of types joined by {@code +}; what follows belongs to the first. */
    private static List<AlertRule> rules(Watch watch, String text) {
        String[] words = text.strip().split("\\s+", -1);
        Map<String, Double> thresholds = new HashMap<>();
        String[] types = words[0].split("\\+", -1);
        AlertRule.Builder first =
                AlertRule.builder(types[0], new RuleType(types[0])).cooldown(Duration.ofMinutes(60));
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", -1);
            switch (pair[0]) {
                case "cooldown" -> first.cooldown(Duration.ofMinutes(Long.parseLong(pair[1])));
                case "model" -> first.modelFilter(pair[1]);
                case "tag" -> first.tagsFilter(List.of(pair[1]));
                case "miner" -> first.miner(MinerAddress.of(pair[1]));
                default -> thresholds.put(pair[0], Double.valueOf(pair[1]));
            }
        }
        AlertRule stored = watch.with(first.thresholds(Thresholds.of(thresholds)));
        for (int i = 1; i < types.length; i++) {
            watch.with(AlertRule.builder(types[i], new RuleType(types[i])));
        }
        return List.of(stored);
    }

    private static Thresholds thresholds(String pair) {
        String[] sides = pair.split("=", -1);
        return Thresholds.of(sides[0], Double.parseDouble(sides[1]));
    }

    private static Reading reading(RuleType type) {
        return switch (type.key()) {
            case "fan" -> Reading.MIN_FAN_RPM;
            case "power" -> Reading.POWER_W;
            case "hashrate" -> Reading.HASHRATE_THS;
            default -> Reading.AVG_TEMP_C;
        };
    }
}
