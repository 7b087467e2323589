package io.minerops.core.device.internal.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixtureRedactorTest {
    private static String masked(String reply) {
        return new String(
                FixtureRedactor.cover(reply.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    static Stream<Arguments> secrets() {
        return Stream.of(
                Arguments.of(
                        "{\"User\":\"farm.rig7\",\"URL\":\"pool:3333\"}",
                        "{\"User\":\"xxxx.xxxx\",\"URL\":\"pool:3333\"}"),
                Arguments.of("{\"stratumUser\" : \"a\\\"b\\u00e4c\"}", "{\"stratumUser\" : \"x\\\"x\\u00e4x\"}"),
                Arguments.of("{\"Pass\":123,\"GHS\":456}", "{\"Pass\":111,\"GHS\":456}"),
                Arguments.of("{\"macaddr\":\"50d4484b8678\"}", "{\"macaddr\":\"xxxxxxxxxxxx\"}"),
                Arguments.of("{\"note\":\"at 50:D4:48:4b:86:78 now\"}", "{\"note\":\"at xx:xx:xx:xx:xx:xx now\"}"),
                Arguments.of("{\"PCB SN\":[\"A1\",\"B2\"],\"T\":\"A1\"}", "{\"PCB SN\":[\"xx\",\"xx\"],\"T\":\"A1\"}"),
                Arguments.of(
                        "{\"session\":{\"id\":\"ab\",\"n\":{\"m\":7}},\"b\":\"ab\"}",
                        "{\"session\":{\"id\":\"xx\",\"n\":{\"m\":1}},\"b\":\"ab\"}"),
                Arguments.of("{\"URL\":\"stratum+tcp://me:pw@pool:1\"}", "{\"URL\":\"stratum+tcp://xx:xx@pool:1\"}"),
                Arguments.of(
                        "{\"MM ID0\":\"Ver[1] DNA[0201ab] Temp[30]\"}", "{\"MM ID0\":\"Ver[1] DNA[xxxxxx] Temp[30]\"}"),
                Arguments.of(
                        "{\"x\":\"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq.rig1\"}",
                        "{\"x\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.xxxx\"}"),
                Arguments.of("STATUS=S|POOL=0,User=farm.rig7,URL=pool|", "STATUS=S|POOL=0,User=xxxx.xxxx,URL=pool|"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void what_is_secret_is_covered_in_its_place(String reply, String expected) {
        assertThat(masked(reply)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SUMMARY\":[{\"GHS 5s\":nan,}{\"Elapsed\":\"7\"}],\"id\":1}\0",
                "{\"version\":\"2.1\",\"Type\":\"Antminer S19\",\"temp\":\"30-40\"}",
                "STATUS=S,When=1|STATS=0,Elapsed=5,MM ID0=Ver[1] Temp[30]|"
            })
    void what_is_not_secret_stays_faults_and_all(String reply) {
        assertThat(masked(reply)).isEqualTo(reply);
    }

    @Test
    void what_is_cut_off_in_the_midst_of_a_secret_is_covered_as_far_as_it_came() {
        assertThat(masked("{\"User\":\"farm.ri")).isEqualTo("{\"User\":\"xxxx.xx");
    }

    @Test
    void a_reply_of_a_megabyte_is_covered_in_no_time() {
        String reply = "{\"a\":\"" + "ab@[=".repeat(200_000) + "\",\"User\":\"me\"}";
        long start = System.nanoTime();

        assertThat(masked(reply)).hasSameSizeAs(reply).endsWith("\"User\":\"xx\"}");
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Property
    void any_bytes_keep_their_length_and_what_gives_them_their_form(@ForAll @Size(max = 300) byte[] reply) {
        byte[] before = reply.clone();
        byte[] masked = FixtureRedactor.cover(reply);

        assertThat(masked).hasSameSizeAs(reply);
        assertThat(reply).isEqualTo(before);
        for (int index = 0; index < reply.length; index++) {
            if ("{}[]\",:\\\0".indexOf(reply[index]) >= 0) {
                assertThat(masked[index]).isEqualTo(reply[index]);
            }
        }
    }
}
