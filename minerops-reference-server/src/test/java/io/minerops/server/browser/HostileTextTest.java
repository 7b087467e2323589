package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.event.Event;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.MinerOps;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of devices and of people that try to be markup, script, addresses, or too much, on every page that shows them. */
class HostileTextTest {
    private static final List<String> TEXTS = List.of(
            "<script>window.ran=1</script>",
            "\"><img src=x onerror=window.ran=1>",
            "'><svg/onload=window.ran=1>",
            "</title></textarea></style></script><script>window.ran=1</script>",
            "javascript:window.ran=1//",
            "x\" onmouseover=\"window.ran=1\" autofocus onfocus=\"window.ran=1",
            "{{constructor.constructor('window.ran=1')()}}",
            "${window.ran=1} #{1} <%= 1 %> %s %n {0}",
            "&lt;b&gt;&amp;&#x3c;script&#x3e;",
            "\u202egnirts\u202c \u2066isolated \u200f\u061c\u200b\ufeff",
            "a\u0007b\u001b[31mred\u009b0m\u0085\u2028c",
            "__proto__",
            "W".repeat(64),
            "e\u0301\u0323".repeat(20),
            "\ud83d\ude00\ud800");

    /** As long as the registry takes. */
    private static final int LONGEST = 256;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(TEXTS.size());

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void hostile_texts_wherever_a_text_may_stand() {
        MinerOps ops = SERVER.server().ops();
        ops.pollNow();
        Instant now = Instant.now();
        List<MetricSample> samples = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            MinerAddress address = SERVER.fleet().addresses().get(i);
            String text = TEXTS.get(i);
            ops.store().miners().remove(address);
            ops.store().miners().put(miner(address, text, now));
            samples.add(MetricSample.builder(address, now)
                    .set(Reading.HASHRATE_THS, 90)
                    .set(Reading.AVG_TEMP_C, 60)
                    .set(Reading.MAX_TEMP_C, 70)
                    .set(Reading.POWER_W, 3_000)
                    .pool(new Pool(longest(text), longest(text)))
                    .faults(List.of(new DeviceFault(tag(text), longest(text), now)))
                    .build());
            ops.store().events().record(Event.of(now, Event.Level.ERROR, "poll", address, text.repeat(20)));
            SERVER.client().post("/api/alerts/rules", rule(text));
            ObjectNode silence = JsonNodeFactory.instance.objectNode();
            silence.put("tag", tag(text)).put("duration_minutes", 30).put("note", text);
            SERVER.client().post("/api/alerts/silences", silence.toString());
        }
        ops.store().metrics().append(Poll.of(now, samples));
        Answer check = SERVER.client().post("/api/alerts/check");
        assertThat(check.json().path("new_alerts")).hasSizeGreaterThanOrEqualTo(TEXTS.size());
        SERVER.client().post("/api/profitability/snapshot");
    }

    private static Miner miner(MinerAddress address, String text, Instant now) {
        return Miner.builder(address, now)
                .hostname(longest(text))
                .vendor(longest(text))
                .model(longest(text))
                .firmwareVersion(longest(text))
                .mac(longest(text))
                .serial(longest(text))
                .location(longest(text))
                .site(longest(text))
                .owner(longest(text))
                .tags(List.of(tag(text)))
                .notes(text.repeat(20))
                .build();
    }

    private static String rule(String text) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("name", text).put("description", text).put("rule_type", "temp");
        rule.put("severity", "critical").putObject("thresholds").put("temp_c", 20);
        return rule.toString();
    }

    /** As long as a tag may be. */
    private static String tag(String text) {
        return text.substring(0, Math.min(text.length(), 64));
    }

    private static String longest(String text) {
        String repeated = text.repeat(LONGEST / text.length());
        return repeated.isBlank() ? text : repeated;
    }

    static Stream<String> paths() {
        return Stream.concat(
                Stream.of(
                        "/dashboard",
                        "/dashboard/alerts",
                        "/dashboard/profitability",
                        "/dashboard/operation",
                        "/dashboard/api"),
                IntStream.range(0, TEXTS.size())
                        .mapToObj(i -> "/dashboard/miners/" + SERVER.name(i).replace(":", "%3A")));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void no_script_runs_no_element_is_made_and_the_layout_holds(String path) {
        for (int width : new int[] {1280, Browser.NARROW}) {
            BROWSER.size(width);
            BROWSER.open(path);
            BROWSER.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
            BROWSER.run("document.querySelectorAll('*').forEach((each) => "
                    + "each.dispatchEvent(new MouseEvent('mouseover', {bubbles: false})))");

            assertThat(BROWSER.run("return window.ran === undefined")).isEqualTo(true);
            assertThat(BROWSER.run("return document.querySelectorAll('img[src=x], svg[onload], [onmouseover],"
                            + " [onfocus], [onerror], main script, body > script').length"))
                    .isEqualTo(0L);
            assertThat(BROWSER.run("return [...document.querySelectorAll('[href], [src], [action], [formaction]')]"
                            + ".filter((each) => ['href', 'src', 'action', 'formaction'].some((name) => "
                            + "/^\\s*(javascript|data:text|vbscript):/i.test(each.getAttribute(name) ?? ''))).length"))
                    .isEqualTo(0L);
            assertThat(BROWSER.overflow())
                    .as("px that %s is wider than %d, by %s", path, width, tooWide())
                    .isZero();
        }
    }

    /** Elements that stick out of the window, and so say where a layout breaks. */
    private static Object tooWide() {
        return BROWSER.run("return [...document.querySelectorAll('main *')]"
                + ".filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
                + ".slice(0, 12).map((each) => each.localName + '#' + each.id + '.' + each.className).join(' ')");
    }
}
