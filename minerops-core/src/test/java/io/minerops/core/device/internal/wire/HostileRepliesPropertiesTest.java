package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.DevicesOfEachFamily;
import io.minerops.core.device.internal.normalise.Plausible;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HostileRepliesPropertiesTest {
    private static final Pattern NUMBER = Pattern.compile(":-?[0-9][0-9.]*");

    private static final byte[] WHOLE = Replies.bytes(Replies.stats(
            "Antminer S19 Pro",
            "\"GHS 5s\":\"110000.5\",\"GHS av\":109000,\"fan_num\":4,\"fan1\":5520,\"fan2\":5400,"
                    + "\"temp_chip1\":\"7-4-25-27\",\"temp_pcb1\":\"2--1-20-22\",\"total_power\":3250"));

    @Property
    void any_bytes_are_read_without_an_exception(@ForAll byte[] bytes) {
        assertThat(ReplyReader.read(bytes)).isNotNull();
    }

    @Property
    void any_text_of_json_characters_is_repaired_or_refused(@ForAll("jsonLike") String text) {
        assertThat(JsonRepair.repair(text)).isNotNull();
        assertThat(ReplyReader.read(Replies.bytes(text))).isNotNull();
    }

    @Property
    void repaired_text_needs_no_more_repair(@ForAll("jsonLike") String text) {
        if (ReplyReader.read(Replies.bytes("{\"a\":" + text + "}")) instanceof Reply.Value value) {
            assertThat(JsonRepair.repair(value.root().toString()))
                    .isEqualTo(new JsonRepair.Repaired(value.root().toString(), 0));
        }
    }

    @Property
    void a_reply_cut_anywhere_is_never_data(@ForAll @IntRange(min = 0, max = 10_000) int at) {
        byte[] cut = Arrays.copyOf(WHOLE, at % WHOLE.length);

        assertThat(ReplyReader.read(cut)).isInstanceOf(Reply.Truncated.class);
    }

    @Property
    void a_reply_with_bytes_changed_gives_plausible_readings_or_none(@ForAll("corrupted") byte[] reply) {
        MinerReading reading = Replies.read(DeviceProfile.UNKNOWN, commands -> Replies.replied(reply));

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
    void a_device_of_any_family_with_bytes_changed_gives_plausible_readings_or_none(
            @ForAll("devices") Map<String, String> device,
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 1_000_000) Integer> places,
            @ForAll @Size(8) List<@CharRange(from = ' ', to = '~') Character> with) {
        Map<String, String> corrupted = new HashMap<>(device);
        List<String> commands = device.keySet().stream().sorted().toList();
        for (int index = 0; index < places.size(); index++) {
            int place = places.get(index);
            String command = commands.get(place % commands.size());
            char other = with.get(index);
            corrupted.computeIfPresent(command, (name, reply) -> withCharacter(reply, place % reply.length(), other));
        }

        assertPlausible(Replies.readSingly(corrupted));
    }

    @Property
    void a_device_of_any_family_with_other_numbers_gives_plausible_readings_or_none(
            @ForAll("devices") Map<String, String> device, @ForAll("values") String value, @ForAll Random random) {
        Map<String, String> changed = new HashMap<>(device);
        changed.replaceAll((command, reply) -> NUMBER.matcher(reply)
                .replaceAll(number -> random.nextInt(4) == 0 ? ":" + value : Matcher.quoteReplacement(number.group())));

        assertPlausible(Replies.readSingly(changed));
    }

    @Example
    void the_devices_that_are_spoiled_are_known_and_without_fault_before() {
        assertThat(DevicesOfEachFamily.all())
                .allSatisfy(device -> assertThat(Replies.readSingly(device))
                        .isInstanceOfSatisfying(MinerReading.Ok.class, ok -> {
                            assertThat(ok.identity().vendor()).isNotNull();
                            assertThat(ok.implausible()).isEmpty();
                            assertThat(ok.sample().reading(Reading.ELAPSED_S)).isPresent();
                            assertThat(ok.sample().reading(Reading.MAX_TEMP_C)).isPresent();
                        }));
    }

    private static String withCharacter(String reply, int at, char other) {
        return reply.substring(0, at) + other + reply.substring(at + 1);
    }

    private static void assertPlausible(MinerReading reading) {
        assertThat(reading.describe()).hasSizeLessThan(1_000);
        if (reading instanceof MinerReading.Ok ok) {
            assertThat(Reading.all())
                    .allSatisfy(quantity -> ok.sample()
                            .reading(quantity)
                            .ifPresent(value -> assertThat(Plausible.allows(quantity, value))
                                    .as("%s %s", quantity, value)
                                    .isTrue()));
        }
    }

    @Provide
    Arbitrary<Map<String, String>> devices() {
        return Arbitraries.of(DevicesOfEachFamily.all());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "-1",
                "0",
                "1e30",
                "-1e30",
                "1e400",
                "nan",
                "\"\"",
                "null",
                "true",
                "[]",
                "{}",
                "[1]",
                "{\"a\":1}",
                "65535",
                "4294967295",
                "-273",
                "\"12 W\"",
                "0.000001");
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
        assertThat(Double.isInfinite(DeviceNumber.parse(text))).isFalse();
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
