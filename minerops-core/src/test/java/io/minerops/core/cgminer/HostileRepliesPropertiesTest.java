package io.minerops.core.cgminer;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class HostileRepliesPropertiesTest {
    private static final byte[] WHOLE = Replies.bytes(Replies.stats(
            "Antminer S19 Pro",
            "\"GHS 5s\":\"110000.5\",\"GHS av\":109000,\"fan_num\":4,\"fan1\":5520,\"fan2\":5400,"
                    + "\"temp_chip1\":\"7-4-25-27\",\"temp_pcb1\":\"2--1-20-22\",\"total_power\":3250"));

    @Property
    void any_bytes_are_read_without_an_exception(@ForAll byte[] bytes) {
        assertThat(ReplyReader.read(bytes)).isNotNull();
    }

    @Property
    void any_text_of_json_characters_is_mended_or_refused(@ForAll("jsonLike") String text) {
        assertThat(JsonRepair.repair(text)).isNotNull();
        assertThat(ReplyReader.read(Replies.bytes(text))).isNotNull();
    }

    @Property
    void what_was_mended_needs_no_more_mending(@ForAll("jsonLike") String text) {
        if (ReplyReader.read(Replies.bytes("{\"a\":" + text + "}")) instanceof Reply.Value value) {
            assertThat(JsonRepair.repair(value.root().toString()))
                    .isEqualTo(new JsonRepair.Mended(value.root().toString(), 0));
        }
    }

    @Property
    void a_reply_cut_anywhere_is_never_data(@ForAll @IntRange(min = 0, max = 10_000) int at) {
        byte[] cut = Arrays.copyOf(WHOLE, at % WHOLE.length);

        assertThat(ReplyReader.read(cut)).isInstanceOf(Reply.Truncated.class);
    }

    @Property
    void a_reply_with_bytes_changed_gives_plausible_readings_or_none(@ForAll("corrupted") byte[] reply) {
        MinerReading reading = Replies.read(Capability.UNKNOWN, commands -> Replies.replied(reply));

        assertThat(reading.describe()).hasSizeLessThan(1_000);
        if (reading instanceof MinerReading.Ok ok) {
            ok.sample()
                    .reading(Reading.HASHRATE_THS)
                    .ifPresent(ths -> assertThat(ths).isBetween(0.0, 5_000.0));
            ok.sample()
                    .reading(Reading.AVG_TEMP_C)
                    .ifPresent(celsius -> assertThat(celsius).isBetween(-40.0, 150.0));
            ok.sample()
                    .reading(Reading.MAX_FAN_RPM)
                    .ifPresent(rpm -> assertThat(rpm).isBetween(0.0, 30_000.0));
        }
    }

    @Property
    void any_text_is_safe_to_show_once_cleaned(@ForAll String text) {
        String clean = DeviceText.clean(text);
        if (clean != null) {
            assertThat(clean).hasSizeLessThanOrEqualTo(256).isNotBlank();
            assertThat(clean.codePoints()).noneMatch(Character::isISOControl);
        }
    }

    @Property
    void any_text_is_a_number_or_absent(@ForAll String text) {
        assertThat(Double.isInfinite(Fields.parse(text))).isFalse();
        assertThat(Temperatures.split(text))
                .allSatisfy(value -> assertThat(value).isFinite());
    }

    @Provide
    Arbitrary<String> jsonLike() {
        return Arbitraries.of(
                        "{", "}", "[", "]", ",", ":", "\"", "\\", "a", "1", "nan", "\"k\":", "\"v\"", "\n", "u00", " ")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<byte[]> corrupted() {
        Arbitrary<int[]> places = Arbitraries.integers()
                .between(0, WHOLE.length - 1)
                .array(int[].class)
                .ofMaxSize(8);
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofSize(8);
        return Combinators.combine(places, values).as((at, with) -> {
            byte[] reply = WHOLE.clone();
            for (int index = 0; index < at.length; index++) {
                reply[at[index]] = with[index];
            }
            return reply;
        });
    }
}
