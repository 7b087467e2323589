package io.minerops.rules.test;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Severity;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.Economics;
import io.minerops.rules.DocumentFields;
import io.minerops.rules.DocumentNode;
import io.minerops.rules.Problems;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RuleFileException;
import io.minerops.rules.RuleReader;
import io.minerops.rules.YamlReader;
import io.minerops.rules.test.RuleTest.Expectation;
import io.minerops.rules.test.RuleTest.ExpectedAlert;
import io.minerops.rules.test.RuleTest.ExpectedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads files of tests of rules, with everything that is wrong with one at once. */
final class RuleTestReader {
    private static final String A_FILE = "a file of tests";
    private static final String A_TEST = "a test";
    private static final Map<String, String> STATUSES = same("pending", "active", "acknowledged");
    private static final Map<String, String> EVENTS =
            same("raised", "cleared", "reminded", "escalated", "withdrawn", "silenced", "unsilenced");
    private static final Map<String, Reading> READINGS =
            Reading.all().stream().collect(Collectors.toMap(Reading::key, Function.identity()));
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final RuleContext context;
    private final Problems problems;
    private final Map<String, AlertRule> rules = new LinkedHashMap<>();
    private Duration checkEvery = Duration.ofMinutes(2);

    private RuleTestReader(RuleContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
    }

    static RuleTestFile read(Path file, RuleContext context) {
        Problems problems = new Problems(file.toString());
        String text = YamlReader.text(file, problems);
        problems.throwIfAny();
        RuleTestReader reader = new RuleTestReader(context, problems);
        List<RuleTest> tests = new ArrayList<>();
        DocumentNode document = YamlReader.read(text == null ? "" : text, problems);
        if (document != null) {
            reader.file(document, file, tests);
        }
        problems.throwIfAny();
        return new RuleTestFile(file.toString(), List.copyOf(reader.rules.values()), reader.checkEvery, tests, context);
    }

    private void file(DocumentNode document, Path file, List<RuleTest> tests) {
        DocumentFields top = DocumentFields.of(
                document, A_FILE, List.of("version", "rule_files", "rules", "check_interval", "tests"), problems);
        top.require(A_FILE, "version", "tests");
        RuleFile.checkVersion(top);
        for (DocumentNode named : top.items("rule_files")) {
            ruleFile(named, file);
        }
        RuleFile.rules(top.items("rules"), context, problems).forEach(rule -> add(rule.rule(), top.at("rules")));
        top.text("check_interval", value -> checkEvery = interval("check_interval", value));
        for (DocumentNode node : top.items("tests")) {
            RuleTest test = test(node);
            if (test != null) {
                tests.add(test);
            }
        }
    }

    private void ruleFile(DocumentNode named, Path file) {
        if (!(named instanceof DocumentNode.Scalar name) || name.kind() != DocumentNode.Kind.TEXT) {
            problems.add(named, "rule_files must be names of files, not " + named.shown());
            return;
        }
        try {
            RuleFile.read(file.resolveSibling(name.text()), context).rules().forEach(rule -> add(rule, named));
        } catch (RuleFileException e) {
            problems.addAll(e);
        }
    }

    private void add(AlertRule rule, DocumentNode at) {
        if (rules.putIfAbsent(rule.name(), rule) != null) {
            problems.add(at, "rule " + Check.quote(rule.name()) + " is given twice; each rule needs a unique name");
        }
    }

    private static Duration interval(String name, String text) {
        Duration interval = Durations.parse(name, text);
        if (interval.compareTo(SHORTEST) < 0) {
            throw new InvalidArgumentException(name, name + " must be at least 1s, not " + text);
        }
        return interval;
    }

    private @Nullable RuleTest test(DocumentNode node) {
        DocumentFields fields = DocumentFields.of(
                node,
                A_TEST,
                List.of("name", "sample_interval", "miners", "series", "economics", "actions", "expect", "events"),
                problems);
        String name = fields.textAs("name", Function.identity());
        Duration every = fields.textAs("sample_interval", text -> interval("sample_interval", text));
        if (!fields.require(A_TEST, "name", "series")) {
            return null;
        }
        Map<MinerAddress, Miner> miners = new LinkedHashMap<>();
        fields.items("miners").forEach(one -> miner(one, miners));
        Map<MinerAddress, Map<Reading, List<@Nullable Double>>> series = new LinkedHashMap<>();
        fields.items("series").forEach(one -> series(one, miners, series));
        List<TestAction> actions = new ArrayList<>();
        fields.items("actions").forEach(one -> action(one, actions));
        List<Expectation> expected = new ArrayList<>();
        fields.items("expect").forEach(one -> expectation(one, expected));
        List<ExpectedEvent> events = fields.has("events") ? new ArrayList<>() : null;
        if (events != null) {
            fields.items("events").forEach(one -> event(one, events));
        } else if (!fields.has("expect")) {
            fields.problem("name", "a test must have expect or events, for it shows nothing otherwise");
        }
        return new RuleTest(
                Objects.requireNonNullElse(name, ""),
                node.line(),
                Objects.requireNonNullElse(every, checkEvery),
                List.copyOf(miners.values()),
                series,
                economics(fields),
                actions,
                expected,
                events);
    }

    private void miner(DocumentNode node, Map<MinerAddress, Miner> miners) {
        DocumentFields fields = DocumentFields.of(
                node,
                "a miner",
                List.of(
                        "address",
                        "model",
                        "tags",
                        "nominal_ths",
                        "nominal_efficiency_j_per_th",
                        "power_cap_w",
                        "power_price_usd_per_kwh"),
                problems);
        fields.require("a miner", "address");
        MinerAddress address = fields.textAs("address", this::address);
        if (address == null) {
            return;
        }
        Miner.Builder miner = Miner.builder(address, RuleTest.START);
        fields.text("model", value -> built(miner.model(value)));
        fields.texts("tags", value -> built(miner.tags(value)));
        fields.number("nominal_ths", value -> built(miner.nominalThs(value)));
        fields.number("nominal_efficiency_j_per_th", value -> built(miner.nominalEfficiencyJPerTh(value)));
        fields.number("power_cap_w", value -> built(miner.powerCapW(value)));
        fields.number("power_price_usd_per_kwh", value -> built(miner.powerPriceUsdPerKwh(value)));
        try {
            if (miners.putIfAbsent(address, miner.build()) != null) {
                fields.problem("address", "address " + address + " is another miner's; each is given once");
            }
        } catch (InvalidArgumentException e) {
            // noted where the value stands
            miners.putIfAbsent(address, Miner.builder(address, RuleTest.START).build());
        }
    }

    /** Refuses a value where it stands. */
    private static void built(Miner.Builder miner) {
        miner.build();
    }

    private MinerAddress address(String text) {
        return MinerAddress.parse(text, context.defaultPort());
    }

    private void series(
            DocumentNode node,
            Map<MinerAddress, Miner> miners,
            Map<MinerAddress, Map<Reading, List<@Nullable Double>>> series) {
        DocumentFields fields = DocumentFields.of(node, "a series", List.of("miner", "reading", "values"), problems);
        boolean complete = fields.require("a series", "miner", "reading", "values");
        MinerAddress miner = fields.textAs("miner", this::address);
        Reading[] reading = new Reading[1];
        fields.choice("reading", READINGS, chosen -> reading[0] = chosen);
        List<@Nullable Double> values = values(fields);
        if (!complete || miner == null || reading[0] == null || values == null) {
            return;
        }
        miners.computeIfAbsent(
                miner, address -> Miner.builder(address, RuleTest.START).build());
        if (series.computeIfAbsent(miner, one -> new HashMap<>()).putIfAbsent(reading[0], values) != null) {
            fields.problem("reading", reading[0].key() + " of " + miner + " is given twice");
        }
    }

    /** A single value may stand there as a number. */
    private @Nullable List<@Nullable Double> values(DocumentFields fields) {
        if (fields.value("values") instanceof DocumentNode.Scalar scalar && scalar.kind() == DocumentNode.Kind.NUMBER) {
            List<List<@Nullable Double>> one = new ArrayList<>();
            fields.number("values", value -> one.add(List.of(value)));
            return one.isEmpty() ? null : one.get(0);
        }
        return fields.textAs("values", SeriesValues::parse);
    }

    private @Nullable Economics economics(DocumentFields test) {
        DocumentNode node = test.value("economics");
        if (node == null) {
            return null;
        }
        double[] figures = {Double.NaN, Double.NaN};
        DocumentFields fields =
                DocumentFields.of(node, "economics", List.of("revenue_usd_per_th_day", "tariff_usd_per_kwh"), problems);
        fields.require("economics", "revenue_usd_per_th_day", "tariff_usd_per_kwh");
        fields.number("revenue_usd_per_th_day", value -> figures[0] = new Economics(value, 0).revenueUsdPerThDay());
        fields.number("tariff_usd_per_kwh", value -> figures[1] = value);
        return figures[0] >= 0 && !Double.isNaN(figures[1]) ? new Economics(figures[0], figures[1]) : null;
    }

    private void action(DocumentNode node, List<TestAction> actions) {
        TestAction action = new ActionReader(context, problems, rules).read(node);
        if (action != null) {
            actions.add(action);
        }
    }

    private void expectation(DocumentNode node, List<Expectation> expected) {
        DocumentFields fields = DocumentFields.of(node, "an expectation", List.of("at", "alerts"), problems);
        boolean complete = fields.require("an expectation", "at", "alerts");
        Duration at = fields.textAs("at", text -> Durations.parse("at", text));
        List<ExpectedAlert> alerts = new ArrayList<>();
        fields.items("alerts").forEach(one -> alert(one, alerts));
        if (complete && at != null) {
            expected.add(new Expectation(at, alerts));
        }
    }

    private void alert(DocumentNode node, List<ExpectedAlert> alerts) {
        DocumentFields fields =
                DocumentFields.of(node, "an expected alert", List.of("rule", "miner", "status", "severity"), problems);
        fields.require("an expected alert", "rule");
        String[] status = {"active"};
        Severity[] severity = new Severity[1];
        fields.choice("status", STATUSES, chosen -> status[0] = chosen);
        fields.choice("severity", RuleReader.SEVERITIES, chosen -> severity[0] = chosen);
        String rule = rule(fields, rules);
        MinerAddress miner = fields.textAs("miner", this::address);
        if (rule != null) {
            alerts.add(new ExpectedAlert(rule, miner, status[0], severity[0]));
        }
    }

    private void event(DocumentNode node, Collection<ExpectedEvent> events) {
        DocumentFields fields = DocumentFields.of(node, "an event", List.of("at", "event", "rule", "miner"), problems);
        fields.require("an event", "at", "event", "rule");
        Duration at = fields.textAs("at", text -> Durations.parse("at", text));
        String[] event = new String[1];
        fields.choice("event", EVENTS, chosen -> event[0] = chosen);
        String rule = rule(fields, rules);
        MinerAddress miner = fields.textAs("miner", this::address);
        if (at != null && event[0] != null && rule != null) {
            events.add(new ExpectedEvent(at, event[0], rule, miner));
        }
    }

    /** The name of a rule that there is. */
    static @Nullable String rule(DocumentFields fields, Map<String, AlertRule> rules) {
        return fields.textAs("rule", name -> {
            if (!rules.containsKey(name)) {
                throw new InvalidArgumentException("rule", DocumentFields.notOneOf("rule", name, rules.keySet()));
            }
            return name;
        });
    }

    private static Map<String, String> same(String... words) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String word : words) {
            map.put(word, word);
        }
        return map;
    }
}
