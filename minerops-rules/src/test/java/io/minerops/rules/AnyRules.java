package io.minerops.rules;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Rules of every shape that a store can hold. */
final class AnyRules extends DomainContextBase {
    @Provide
    Arbitrary<AlertRule> rule() {
        Arbitrary<AlertRule.Builder> whatIsWatched = Combinators.combine(
                        texts(120), texts(500).injectNull(0.3), types(), Arbitraries.of(true, false))
                .as((name, description, rule, enabled) -> AlertRule.builder(name, rule.type)
                        .thresholds(rule.thresholds)
                        .options(rule.options)
                        .description(description)
                        .enabled(enabled));
        Arbitrary<AlertRule.Builder> recipients = Combinators.combine(
                        whatIsWatched,
                        Arbitraries.of(Severity.values()),
                        Arbitraries.longs().between(0, Duration.ofDays(366).toMillis()),
                        Arbitraries.of(true, false),
                        webhooks().injectNull(0.3),
                        Arbitraries.of(true, false))
                .as((builder, severity, cooldown, mail, webhook, posted) -> builder.severity(severity)
                        .cooldown(Duration.ofMillis(cooldown))
                        .notifyEmail(mail)
                        .webhook(webhook)
                        .notifyWebhook(posted && webhook != null));
        return Combinators.combine(
                        recipients,
                        miners().injectNull(0.5),
                        texts(120).injectNull(0.5),
                        texts(64).list().ofMaxSize(4),
                        texts(32).list().ofMaxSize(3))
                .as((builder, miner, model, tags, channels) -> builder.miner(miner)
                        .modelFilter(model)
                        .tagsFilter(tags)
                        .channels(channels)
                        .build());
    }

    /** What a file may say of a rule: its type, and what that type judges by. */
    private record Judged(RuleType type, Thresholds thresholds, Map<String, List<String>> options) {
        Judged(RuleType type, Thresholds thresholds) {
            this(type, thresholds, Map.of());
        }
    }

    private static Arbitrary<Judged> types() {
        Arbitrary<Double> celsius = Arbitraries.doubles().between(20, 100).ofScale(6);
        Arbitrary<Double> minutes = Arbitraries.doubles().between(0, 100);
        return Arbitraries.oneOf(
                texts(200)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(words -> new Judged(RuleType.POOL, Thresholds.none(), Map.of("allowed_workers", words))),
                Combinators.combine(celsius, minutes)
                        .as((limit, pending) -> new Judged(
                                RuleType.TEMP, Thresholds.of(Map.of("temp_c", limit, "for_minutes", pending)))),
                Arbitraries.doubles()
                        .between(-1e12, 1e12)
                        .filter(limit -> limit != 0)
                        .map(limit -> new Judged(RuleType.RATE_OF_CHANGE, Thresholds.of("hashrate_ths", limit))),
                Arbitraries.of(RuleType.OFFLINE, RuleType.HASHRATE, RuleType.PROFIT)
                        .map(type -> new Judged(type, Thresholds.none())));
    }

    private static Arbitrary<String> texts(int most) {
        Arbitrary<String> awkward = Arbitraries.of(
                "true",
                "null",
                "~",
                "1",
                "1e3",
                "0x1F",
                ".nan",
                "yes",
                "- a",
                "a: b",
                "a #b",
                " x ",
                "x ",
                "'",
                "\"",
                "${X}",
                "*a",
                "&a",
                "!a",
                "|",
                ">",
                "%",
                "@",
                "`",
                "[",
                "{",
                "---",
                "...",
                "\\",
                "\t",
                "a\nb",
                "é °C",
                "\u0085",
                "\u2028x",
                "\ufeff",
                "😀",
                "a\u0000b",
                "=",
                "<<",
                "?",
                "? a",
                "-",
                ":");
        Arbitrary<String> any = Arbitraries.strings()
                .withChars("aA0 :#-'\"\\\n\t{}[],&*!|>%@`~.°é\u0001\u007f\u00a0")
                .ofMinLength(1)
                .ofMaxLength(most);
        return Arbitraries.oneOf(awkward, any).filter(text -> !text.isBlank());
    }

    private static Arbitrary<Webhook> webhooks() {
        return Combinators.combine(
                        Arbitraries.of("https://hooks.example.com/a", "http://10.0.0.9:8080/b?c=d#e", "https://x.test"),
                        Arbitraries.of(WebhookFormat.values()))
                .as(Webhook::of);
    }

    private static Arbitrary<MinerAddress> miners() {
        return Arbitraries.of(
                MinerAddress.of("10.0.0.1"),
                new MinerAddress("10.0.0.1", 4029),
                MinerAddress.of("fe80::1"),
                new MinerAddress("fe80::1", 1),
                MinerAddress.of("rig-1.example"));
    }

    static List<AlertRule> withDistinctNames(List<AlertRule> rules) {
        return rules.stream()
                .collect(Collectors.toMap(AlertRule::name, rule -> rule, (first, second) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }
}
