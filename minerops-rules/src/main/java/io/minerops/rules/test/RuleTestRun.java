package io.minerops.rules.test;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Silence;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.AlertEvaluator;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.internal.change.AlertLedger;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.alert.type.RecentReadings;
import io.minerops.rules.test.RuleTest.Expectation;
import io.minerops.rules.test.RuleTest.ExpectedAlert;
import io.minerops.rules.test.RuleTest.ExpectedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays one test through: samples, then what people do, then the check, at each time in turn. */
final class RuleTestRun {
    private static final Duration MAX_LOOKBACK = Duration.ofHours(25);
    private static final int MAX_STEPS = 1_000_000;

    private final RuleTest test;
    private final Duration checkEvery;
    private final RuleTypes types;
    private final Map<String, AlertRule> rules = new LinkedHashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final MinerIndex roster;
    private final Map<MinerAddress, Said> latest = new HashMap<>();
    private final RecentReadings recent;
    private final AlertLedger ledger = new AlertLedger();
    private final List<Silence> silences = new ArrayList<>();
    private final List<ExpectedEvent> happened = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private AlertEvaluator evaluator = new AlertEvaluator();
    private RuleSet compiled;
    private @Nullable Instant observedSince;

    private record Said(Instant at, MetricSample sample) {}

    RuleTestRun(RuleTest test, List<AlertRule> rules, Duration checkEvery, RuleTypes types) {
        this.test = test;
        this.checkEvery = checkEvery;
        this.types = types;
        long id = 0;
        for (AlertRule rule : rules) {
            this.rules.put(rule.name(), rule.toBuilder().id(++id).build());
            names.put(id, rule.name());
        }
        roster = MinerIndex.of(test.miners());
        recent = new RecentReadings(roster, Reading.all());
        compiled = compile();
    }

    /** What was not as expected, a line each. */
    List<String> failures() {
        List<Expectation> due = new ArrayList<>(test.expected());
        due.sort(Comparator.comparing(Expectation::at));
        long end = end().toMillis();
        long steps = end / Math.min(checkEvery.toMillis(), test.sampleEvery().toMillis()) + 1;
        if (steps > MAX_STEPS) {
            return List.of("takes " + steps + " checks and as many samples of each series; at most " + MAX_STEPS
                    + " are made: let it end earlier, or make check_interval and sample_interval longer");
        }
        long samples = 0;
        int actions = 0;
        int expected = 0;
        List<TestAction> inOrder = new ArrayList<>(test.actions());
        inOrder.sort(Comparator.comparing(TestAction::at));
        for (long at = 0; at <= end; at += checkEvery.toMillis()) {
            for (; samples * test.sampleEvery().toMillis() <= at; samples++) {
                sample(
                        (int) samples,
                        Duration.ofMillis(samples * test.sampleEvery().toMillis()));
            }
            for (; actions < inOrder.size() && inOrder.get(actions).at().toMillis() <= at; actions++) {
                act(inOrder.get(actions), Duration.ofMillis(at));
            }
            check(Duration.ofMillis(at));
            long next = at + checkEvery.toMillis();
            for (; expected < due.size() && due.get(expected).at().toMillis() < next; expected++) {
                compare(due.get(expected));
            }
        }
        compareEvents();
        return failures;
    }

    /** After the last sample, the last action and the last expectation, whichever is the latest. */
    private Duration end() {
        Duration end = Duration.ZERO;
        for (Map<Reading, List<@Nullable Double>> ofMiner : test.series().values()) {
            for (List<@Nullable Double> values : ofMiner.values()) {
                end = later(end, test.sampleEvery().multipliedBy(Math.max(0, values.size() - 1)));
            }
        }
        for (Expectation one : test.expected()) {
            end = later(end, one.at());
        }
        for (TestAction one : test.actions()) {
            end = later(end, one.at().plus(checkEvery));
        }
        for (ExpectedEvent one : Objects.requireNonNullElse(test.events(), List.<ExpectedEvent>of())) {
            end = later(end, one.at());
        }
        return end;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private void sample(int number, Duration at) {
        Instant time = RuleTest.START.plus(at);
        recent.addPoll(time.toEpochMilli());
        test.series().forEach((miner, series) -> {
            MetricSample.Builder sample = MetricSample.builder(miner, time);
            boolean answers = false;
            for (Map.Entry<Reading, List<@Nullable Double>> one : series.entrySet()) {
                Double value = number < one.getValue().size() ? one.getValue().get(number) : null;
                if (value != null) {
                    answers = true;
                    sample.set(one.getKey(), value);
                    recent.set(one.getKey(), roster.row(miner), value);
                }
            }
            if (answers) {
                latest.put(miner, new Said(time, sample.build()));
            }
        });
    }

    private void act(TestAction action, Duration at) {
        Instant now = RuleTest.START.plus(at);
        if (action instanceof TestAction.Acknowledge one) {
            if (ledger.acknowledge(key(one.rule(), one.miner()), null, now).isEmpty()) {
                failures.add("at " + Durations.shown(at) + ": there is no active alert of "
                        + RuleTest.who(one.rule(), one.miner()) + " to acknowledge");
            }
        } else if (action instanceof TestAction.Resolve one) {
            if (ledger.resolve(key(one.rule(), one.miner()), null, now).isEmpty()) {
                failures.add("at " + Durations.shown(at) + ": there is no open alert of "
                        + RuleTest.who(one.rule(), one.miner()) + " to resolve");
            }
        } else if (action instanceof TestAction.Change one) {
            AlertRule before = rules.get(one.rule().name());
            if (before == null) {
                failures.add(gone(at, one.rule().name(), "change"));
            } else {
                rules.put(before.name(), one.rule().toBuilder().id(before.id()).build());
                compiled = compile();
            }
        } else if (action instanceof TestAction.Delete one) {
            if (rules.remove(one.rule()) == null) {
                failures.add(gone(at, one.rule(), "delete"));
            }
            compiled = compile();
        } else if (action instanceof TestAction.BeginSilence one) {
            silences.add(one.silence().stored(silences.size() + 1L, now));
            ledger.silence(silences);
        } else if (action instanceof TestAction.Restart) {
            evaluator = new AlertEvaluator();
            observedSince = now;
        }
    }

    private static String gone(Duration at, String rule, String what) {
        return "at " + Durations.shown(at) + ": there is no rule " + rule + " any more to " + what;
    }

    private RuleSet compile() {
        return RuleSet.compile(List.copyOf(rules.values()), types);
    }

    private ConditionKey key(String rule, @Nullable MinerAddress miner) {
        AlertRule of = rules.get(rule);
        return new ConditionKey(of == null ? AlertRule.UNSAVED : of.id(), miner);
    }

    private void check(Duration at) {
        Instant now = RuleTest.START.plus(at);
        recent.forgetBefore(now.minus(MAX_LOOKBACK).toEpochMilli());
        evaluator
                .evaluate(
                        compiled,
                        snapshot(now),
                        ledger.state(),
                        now,
                        new EvaluationContext(observedSince, recent, test.economics()))
                .ifPresent(evaluation -> {
                    evaluation.transitions().forEach(transition -> note(transition, at));
                    ledger.apply(evaluation);
                });
    }

    private FleetSnapshot snapshot(Instant now) {
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(now, roster);
        for (Miner miner : test.miners()) {
            snapshot.row();
            Said said = latest.get(miner.address());
            if (said != null) {
                snapshot.sample(said.at(), said.sample());
            }
        }
        return snapshot.build();
    }

    private void note(AlertTransition transition, Duration at) {
        ConditionKey key = transition.key();
        happened.add(new ExpectedEvent(
                at,
                transition.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                names.getOrDefault(key.ruleId(), "?"),
                key.miner()));
    }

    private void compare(Expectation expected) {
        List<ExpectedAlert> missing = new ArrayList<>(expected.alerts());
        List<String> unexpected = new ArrayList<>();
        for (ExpectedAlert open : open()) {
            if (!missing.removeIf(one -> matches(one, open))) {
                unexpected.add(open.shown());
            }
        }
        missing.removeIf(one -> one.status().equals("pending") && isPending(one));
        String at = "at " + Durations.shown(expected.at()) + ": ";
        missing.forEach(one -> failures.add(at + "expected " + one.shown() + ", but it is not"));
        unexpected.forEach(one -> failures.add(at + "not expected: " + one));
    }

    private List<ExpectedAlert> open() {
        List<ExpectedAlert> open = new ArrayList<>();
        for (Alert alert : ledger.open()) {
            open.add(new ExpectedAlert(
                    alert.ruleName(), alert.miner(), alert.status().key(), alert.severity()));
        }
        return open;
    }

    private static boolean matches(ExpectedAlert expected, ExpectedAlert open) {
        return expected.rule().equals(open.rule())
                && Objects.equals(expected.miner(), open.miner())
                && expected.status().equals(open.status())
                && (expected.severity() == null || expected.severity() == open.severity());
    }

    private boolean isPending(ExpectedAlert expected) {
        ConditionState state = ledger.state().conditions().get(key(expected.rule(), expected.miner()));
        return state != null && state.pendingSince() != null && state.open() == null;
    }

    private void compareEvents() {
        List<ExpectedEvent> expected = test.events();
        if (expected == null) {
            return;
        }
        List<ExpectedEvent> missing = new ArrayList<>(expected);
        List<ExpectedEvent> unexpected = new ArrayList<>();
        for (ExpectedEvent one : happened) {
            if (!missing.remove(one)) {
                unexpected.add(one);
            }
        }
        missing.forEach(one -> failures.add("did not happen " + one.shown()));
        unexpected.forEach(one -> failures.add("not expected " + one.shown()));
    }
}
