package io.minerops.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Severity;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertQuery;
import io.minerops.core.alert.type.EvaluationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/** What holds whatever a miner, its operator and the clock do. */
class AlertPropertiesTest {
    private static final int LIMIT_C = 80;
    private static final MinerAddress ODD = MinerAddress.of("10.0.0.66");

    /** What happens in one step before its check. */
    record Step(double afterMinutes, double celsius, Action action) {}

    enum Action {
        SAMPLE,
        NO_SAMPLE,
        ACKNOWLEDGE,
        RESOLVE
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Double> celsius =
                Arbitraries.oneOf(Arbitraries.doubles().between(60, 95), Arbitraries.of(80.0, 76.0, 80.01, Double.NaN));
        return Combinators.combine(Arbitraries.doubles().between(0.1, 20), celsius, Arbitraries.of(Action.values()))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** A miner that is hot and cool in turn for some hours, with pauses, and whose alerts no user closes. */
    @Provide
    Arbitrary<List<Step>> swings() {
        Arbitrary<Double> minutes = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.doubles().between(0.5, 8)),
                Tuple.of(1, Arbitraries.doubles().between(30, 120)));
        return Combinators.combine(
                        minutes,
                        Arbitraries.of(60.0, 70.0, 78.0, 90.0, 95.0),
                        Arbitraries.frequency(
                                Tuple.of(8, Action.SAMPLE),
                                Tuple.of(1, Action.NO_SAMPLE),
                                Tuple.of(1, Action.ACKNOWLEDGE)))
                .as(Step::new)
                .list()
                .ofMinSize(30)
                .ofMaxSize(80);
    }

    @Property(tries = 300)
    void at_most_one_alert_is_open(@ForAll("steps") List<Step> steps, @ForAll @IntRange(max = 60) int cooldown) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of()).cooldown(Duration.ofMinutes(cooldown)));

        run(
                watch,
                steps,
                (minutes, celsius, events) -> assertThat(
                                watch.store.alerts().find(openAlerts()).items())
                        .hasSizeLessThanOrEqualTo(1));
    }

    @Property(tries = 300)
    void two_alerts_are_never_raised_within_a_cooldown(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 60) int cooldown) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of()).cooldown(Duration.ofMinutes(cooldown)));
        List<Double> raised = new ArrayList<>();

        run(watch, steps, (minutes, celsius, events) -> {
            if (events.contains("raised")) {
                raised.add(minutes);
            }
        });

        for (int i = 1; i < raised.size(); i++) {
            // times are kept in whole milliseconds
            assertThat(raised.get(i) - raised.get(i - 1)).isGreaterThan(cooldown - 0.0001);
        }
        covered("two alerts were raised", raised.size() > 1);
    }

    @Property(tries = 300)
    void an_alert_begins_only_above_and_ends_only_at_or_below_its_limits(@ForAll("steps") List<Step> steps) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of()).cooldown(Duration.ZERO));

        Set<String> happened = new HashSet<>();
        run(watch, steps, (minutes, celsius, events) -> {
            happened.addAll(events);
            if (events.contains("raised")) {
                assertThat(celsius).isGreaterThan(LIMIT_C);
            }
            if (events.contains("auto_resolved")) {
                assertThat(celsius).isLessThanOrEqualTo(LIMIT_C * 95 / 100.0);
            }
        });
        covered("an alert began", happened.contains("raised"));
        covered("an alert ended by itself", happened.contains("auto_resolved"));
    }

    @Property(tries = 200)
    void an_alert_kept_firing_ends_only_when_it_was_clear_for_its_time(
            @ForAll("swings") List<Step> steps, @ForAll @IntRange(min = 1, max = 30) int keepFiring) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of("keep_firing_minutes", (double) keepFiring)).cooldown(Duration.ZERO));
        double[] lastNotClear = {Double.NEGATIVE_INFINITY};
        boolean[] ended = {false};

        run(watch, steps, (minutes, celsius, events) -> {
            if (events.contains("auto_resolved")) {
                ended[0] = true;
                assertThat(minutes - lastNotClear[0]).isGreaterThan(keepFiring - 0.0001);
            }
            if (celsius > LIMIT_C * 95 / 100.0) {
                lastNotClear[0] = minutes;
            }
        });
        covered("an alert that was kept firing ended", ended[0]);
    }

    /** Fails a property of which too few tries come to what it is about. */
    private static void covered(String what, boolean happened) {
        Statistics.label(what)
                .collect(happened)
                .coverage(checker -> checker.check(true).percentage(share -> share > 5));
    }

    @Property(tries = 200)
    void no_more_alerts_than_are_let_through_and_a_flapping_one_are_raised_in_a_window(
            @ForAll("swings") List<Step> steps, @ForAll @IntRange(min = 1, max = 3) int letThrough) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of("flap_count", (double) letThrough, "flap_window_minutes", 60.0))
                .cooldown(Duration.ZERO));
        List<Double> raised = new ArrayList<>();

        run(watch, steps, (minutes, celsius, events) -> {
            if (events.contains("raised")) {
                raised.add(minutes);
            }
        });

        for (int i = letThrough + 1; i < raised.size(); i++) {
            assertThat(raised.get(i) - raised.get(i - letThrough - 1)).isGreaterThan(60 - 0.0001);
        }
        covered("more were raised than one window lets through", raised.size() > letThrough + 1);
    }

    @Property(tries = 200)
    void an_alert_escalates_once_per_step_and_never_once_acknowledged(@ForAll("steps") List<Step> steps) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of("escalate_after_minutes", 5.0))
                .severity(Severity.INFO)
                .cooldown(Duration.ZERO));
        List<String> steppedUp = new ArrayList<>();

        run(watch, steps, (minutes, celsius, events) -> {
            if (events.contains("raised")) {
                steppedUp.clear();
            }
            events.stream().filter(event -> event.startsWith("escalated")).forEach(event -> {
                assertThat(watch.newest().status()).isEqualTo(AlertStatus.ACTIVE);
                steppedUp.add(event);
            });
            assertThat(steppedUp)
                    .isEqualTo(List.of("escalated to warning", "escalated to critical")
                            .subList(0, steppedUp.size()));
        });
    }

    @Property(tries = 200)
    void an_evaluator_that_remembers_its_last_check_finds_what_a_new_one_finds(@ForAll("steps") List<Step> steps) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of("for_minutes", 3.0, "flap_count", 2.0)).cooldown(Duration.ofMinutes(10)));
        AlertEvaluator evaluator = new AlertEvaluator();
        RuleSet rules = RuleSet.compile(watch.store.rules().all());

        run(
                watch,
                steps,
                (minutes, celsius, events) -> assertThat(evaluator.evaluate(
                                rules,
                                watch.store.metrics().latest(),
                                watch.store.alerts().load(),
                                Watch.minute(minutes + 11),
                                EvaluationContext.NONE))
                        .isEqualTo(new AlertEvaluator()
                                .evaluate(
                                        rules,
                                        watch.store.metrics().latest(),
                                        watch.store.alerts().load(),
                                        Watch.minute(minutes + 11),
                                        EvaluationContext.NONE)));
    }

    @Property(tries = 200)
    void every_alert_closes_once_the_readings_stay_healthy(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(max = 30) int keepFiring) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of("keep_firing_minutes", (double) keepFiring, "flap_count", 3.0))
                .cooldown(Duration.ofMinutes(5)));
        double end = run(watch, steps, (minutes, celsius, events) -> {});

        for (int minute = 1; minute <= 70; minute++) {
            watch.temperature(end + minute, LIMIT_C / 2.0).check(end + minute);
        }

        assertThat(watch.store.alerts().find(openAlerts()).items()).isEmpty();
        assertThat(watch.store.alerts().load().conditions()).isEmpty();
    }

    @Property(tries = 200)
    void the_order_of_the_miners_changes_nothing(
            @ForAll @Size(min = 1, max = 150) List<@DoubleRange(min = 60, max = 100) Double> celsius,
            @ForAll Random random) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, celsius.size()).boxed().toList());
        Set<AlertTransition> inOrder = Set.copyOf(raised(celsius, order));

        Collections.shuffle(order, random);

        assertThat(raised(celsius, order)).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    private static List<AlertTransition> raised(List<Double> celsius, List<Integer> order) {
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(Watch.START, order.size());
        for (int number : order) {
            MinerAddress address = MinerAddress.of("10.0.0." + number);
            snapshot.row(Miner.builder(address, Watch.START).build())
                    .sampledAt(Watch.START.toEpochMilli())
                    .set(Reading.AVG_TEMP_C, celsius.get(number));
        }
        RuleSet rules = RuleSet.compile(List.of(
                Watch.hot(Map.of()).id(1).build(),
                Watch.hot(Map.of("temp_c", 90.0)).id(2).build()));
        return AlertEngine.evaluate(rules, snapshot.build(), AlertState.INITIAL, Watch.START)
                .transitions();
    }

    @Property(tries = 200)
    void one_evaluator_over_a_history_and_a_new_one_after_each_restart_raise_the_same(
            @ForAll("steps") List<Step> steps) {
        List<List<String>> inOneGo = history(new AlertEvaluator(), false, steps);
        List<List<String>> withRestarts = history(new AlertEvaluator(), true, steps);

        assertThat(withRestarts).isEqualTo(inOneGo);
    }

    private static List<List<String>> history(AlertEvaluator evaluator, boolean restarting, List<Step> steps) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of("for_minutes", 2.0, "keep_firing_minutes", 4.0, "flap_count", 2.0))
                .cooldown(Duration.ofMinutes(7)));
        RuleSet rules = RuleSet.compile(watch.store.rules().all());
        List<List<String>> events = new ArrayList<>();
        double minutes = 0;
        for (Step step : steps) {
            minutes += step.afterMinutes();
            watch.temperature(minutes, step.celsius());
            AlertState state = watch.store.alerts().load();
            Optional<Evaluation> found = (restarting ? new AlertEvaluator() : evaluator)
                    .evaluate(
                            rules,
                            watch.store.metrics().latest(),
                            state,
                            Watch.minute(minutes),
                            EvaluationContext.NONE);
            found.ifPresent(watch.writer::apply);
            events.add(found.stream()
                    .flatMap(evaluation -> evaluation.transitions().stream())
                    .map(transition -> transition.getClass().getSimpleName() + " " + transition.at())
                    .toList());
        }
        return events;
    }

    /** A sample that cannot be believed, or is not one. */
    enum Oddity {
        NOT_A_NUMBER,
        INFINITE,
        NEGATIVE_INFINITE,
        FUTURE,
        SAME_TIME_AGAIN,
        OUT_OF_ORDER
    }

    @Property(tries = 200)
    void what_one_miner_says_that_cannot_be_changes_nothing_for_another(
            @ForAll("steps") List<Step> steps, @ForAll @Size(min = 1, max = 40) List<Oddity> oddities) {
        assertThat(eventsOf(steps, oddities)).isEqualTo(eventsOf(steps, List.of()));
    }

    /** What happens to the usual miner, while another says these things in turn. */
    private static List<String> eventsOf(List<Step> steps, List<Oddity> oddities) {
        Watch watch = new Watch();
        watch.miner(Watch.aMiner()).miner(Miner.builder(ODD, Watch.START));
        watch.with(Watch.hot(Map.of("for_minutes", 2.0)).cooldown(Duration.ofMinutes(7)));
        List<String> events = new ArrayList<>();
        double minutes = 1;
        for (int i = 0; i < steps.size(); i++) {
            minutes += steps.get(i).afterMinutes();
            watch.temperature(minutes, steps.get(i).celsius());
            if (!oddities.isEmpty()) {
                say(watch, oddities.get(i % oddities.size()), minutes);
            }
            Evaluation evaluation = watch.evaluate(minutes);
            watch.writer.apply(evaluation);
            evaluation.transitions().stream()
                    .filter(transition -> Watch.MINER.equals(transition.key().miner()))
                    .map(transition -> transition.getClass().getSimpleName() + " " + transition.at())
                    .forEach(events::add);
        }
        return events;
    }

    private static void say(Watch watch, Oddity oddity, double minutes) {
        switch (oddity) {
            case NOT_A_NUMBER -> watch.sample(minutes, ODD, Reading.AVG_TEMP_C, Double.NaN);
            case INFINITE -> watch.sample(minutes, ODD, Reading.AVG_TEMP_C, Double.POSITIVE_INFINITY);
            case NEGATIVE_INFINITE -> watch.sample(minutes, ODD, Reading.AVG_TEMP_C, Double.NEGATIVE_INFINITY);
            case FUTURE -> watch.sample(minutes + 500, ODD, Reading.AVG_TEMP_C, 99);
            case SAME_TIME_AGAIN -> {
                watch.sample(minutes, ODD, Reading.AVG_TEMP_C, 99);
                watch.sample(minutes, ODD, Reading.AVG_TEMP_C, 20);
            }
            case OUT_OF_ORDER -> watch.sample(minutes / 2, ODD, Reading.AVG_TEMP_C, 99);
        }
    }

    @Property(tries = 100)
    void the_same_arguments_give_the_same_evaluation(@ForAll("steps") List<Step> steps) {
        Watch watch = new Watch();
        watch.with(Watch.hot(Map.of()));

        run(
                watch,
                steps,
                (minutes, celsius, events) ->
                        assertThat(watch.evaluate(minutes + 1)).isEqualTo(watch.evaluate(minutes + 1)));
    }

    @Property(tries = 200)
    void a_rule_without_alerts_to_remember_leaves_no_state(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(max = 60) int cooldown) {
        Watch watch = new Watch();
        AlertRule rule = watch.with(Watch.hot(Map.of()).cooldown(Duration.ofMinutes(cooldown)));
        double end = run(watch, steps, (minutes, celsius, events) -> {});

        watch.store.rules().delete(rule.id());
        watch.check(end + 1);

        assertThat(watch.store.alerts().load().conditions()).isEmpty();
        assertThat(watch.store.alerts().find(openAlerts()).items()).isEmpty();
    }

    private interface AfterCheck {
        void accept(double minutes, double celsius, List<String> events);
    }

    private static AlertQuery openAlerts() {
        return AlertQuery.newest(Set.of(AlertStatus.ACTIVE, AlertStatus.ACKNOWLEDGED), 100);
    }

    /** Runs the steps and gives the minute at which they end. */
    private static double run(Watch watch, List<Step> steps, AfterCheck afterCheck) {
        double minutes = 0;
        double celsius = Double.NaN;
        for (Step step : steps) {
            minutes += step.afterMinutes();
            boolean open = !watch.store.alerts().find(openAlerts()).items().isEmpty();
            switch (step.action()) {
                case SAMPLE -> {
                    celsius = step.celsius();
                    watch.temperature(minutes, celsius);
                }
                case ACKNOWLEDGE -> {
                    if (open && watch.newest().status() == AlertStatus.ACTIVE) {
                        watch.acknowledge(minutes);
                    }
                }
                case RESOLVE -> {
                    if (open) {
                        watch.resolve(minutes);
                    }
                }
                case NO_SAMPLE -> {}
            }
            afterCheck.accept(minutes, celsius, watch.check(minutes));
        }
        return minutes;
    }
}
