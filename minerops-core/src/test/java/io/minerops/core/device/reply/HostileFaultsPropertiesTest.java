package io.minerops.core.device.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.internal.vendor.antminer.BraiinsFamilyTest;
import io.minerops.core.device.internal.wire.FakeWhatsminer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** However many faults of whatever text a device reports, few are kept, each once, short and without control characters. */
class HostileFaultsPropertiesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Reported(String code, String message, String time) {}

    @Provide
    Arbitrary<List<Reported>> reported() {
        Arbitrary<String> code = Arbitraries.integers().between(0, 9_999).map(String::valueOf);
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(400),
                Arbitraries.strings()
                        .withChars('\u0000', '\u001b', '\u202e', '\r', '\n', '<', '9', ' ')
                        .ofMaxLength(80),
                Arbitraries.of("110", "264", "V2", "2026-01-02T03:04:05Z", "+999999999-12-31T00:00:00Z", "0"));
        return Combinators.combine(Arbitraries.oneOf(code, text), text, text)
                .as(Reported::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void of_braiins_os(@ForAll("reported") List<Reported> reported) {
        ArrayNode errors = JSON.createArrayNode();
        for (Reported each : reported) {
            errors.addObject()
                    .put("message", each.message())
                    .put("timestamp", each.time())
                    .putArray("error_codes")
                    .addObject()
                    .put("code", each.code());
        }
        Map<Command, String> web = new EnumMap<>(BraiinsFamilyTest.REST);
        web.put(
                Command.BRAIINS_ERRORS,
                JSON.createObjectNode().set("errors", errors).toString());

        check(WebReplies.read(web));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void of_a_whatsminer(@ForAll("reported") List<Reported> reported) {
        ArrayNode errors = JSON.createArrayNode();
        for (Reported each : reported) {
            // a longer key makes the whole reply unreadable
            String key = each.code().substring(0, Math.min(40, each.code().length()));
            errors.addObject().put(key, each.time()).put("reason", each.message());
        }
        Map<String, String> replies = FakeWhatsminer.replies();
        replies.computeIfPresent(
                "get.device.info",
                (command, reply) -> reply.replace("\"salt\":\"x\"", "\"salt\":\"x\",\"error-code\":" + errors));

        check(Replies.readSingly(replies));
    }

    private static void check(MinerReading reading) {
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        List<DeviceFault> faults =
                Objects.requireNonNull(((MinerReading.Ok) reading).sample().faults());
        Statistics.label("faults")
                .collect(faults.isEmpty() ? "none" : faults.size() < DeviceFault.MAX_FAULTS ? "some" : "most");
        Statistics.label("faults").coverage(coverage -> coverage.check("some").percentage(at -> at > 10));
        assertThat(faults).hasSizeLessThanOrEqualTo(DeviceFault.MAX_FAULTS);
        assertThat(new HashSet<>(faults.stream().map(DeviceFault::code).toList()))
                .hasSameSizeAs(faults);
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.code()).hasSizeBetween(1, DeviceFault.MAX_CODE_CHARACTERS);
            assertThat(fault.message()).hasSizeLessThanOrEqualTo(DeviceFault.MAX_MESSAGE_CHARACTERS);
            assertThat(fault.code() + fault.message()).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
        });
    }
}
