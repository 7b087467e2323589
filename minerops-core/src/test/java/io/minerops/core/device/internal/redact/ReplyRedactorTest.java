package io.minerops.core.device.internal.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyRedactorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String report(String reply) {
        return ReplyRedactor.REPORT.mask(reply);
    }

    @Nested
    class Json {
        @Test
        void the_account_at_a_pool_is_hidden_and_the_rest_is_as_it_came() {
            assertThat(report(
                            "{\"POOLS\":[{\"POOL\":0,\"URL\":\"stratum+tcp://pool.example.com:3333\",\"User\":\"alice.rig7\""
                                    + ",\"Status\":\"Alive\",\"Last Share Time\":\"0:00:27\"}],\"id\":1}\0"))
                    .isEqualTo(
                            "{\"POOLS\":[{\"POOL\":0,\"URL\":\"stratum+tcp://pool.example.com:3333\",\"User\":\"***\""
                                    + ",\"Status\":\"Alive\",\"Last Share Time\":\"0:00:27\"}],\"id\":1}\0");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Pass",
                    "password",
                    "stratumPassword",
                    "fallbackStratumPassword",
                    "wifiPass",
                    "token",
                    "salt",
                    "newsalt",
                    "SessionID",
                    "api_key",
                    "User",
                    "stratumUser",
                    "user2",
                    "Worker Name",
                    "ssid",
                    "wifi-ssid",
                    "serial_number",
                    "Serial No",
                    "miner-sn",
                    "chain_sn1",
                    "DNA",
                    "HDNA"
                })
        void a_value_under_a_key_of_a_secret_is_hidden(String key) {
            assertThat(report("{\"" + key + "\" : \"zq81\", \"Temp\": 61}"))
                    .isEqualTo("{\"" + key + "\" : \"***\", \"Temp\": 61}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Type",
                    "Status",
                    "Elapsed",
                    "fan1",
                    "Pool Rejected%",
                    "Users",
                    "machine",
                    "Description",
                    "bypass_cores"
                })
        void a_value_under_any_other_key_stays(String key) {
            String reply = "{\"" + key + "\":\"zq81\"}";
            assertThat(report(reply)).isEqualTo(reply);
        }

        @Test
        void a_number_is_hidden_too_but_not_that_there_is_none() {
            assertThat(report("{\"sn\":12345,\"token\":null,\"Pass\":\"\",\"pwd\":true}"))
                    .isEqualTo("{\"sn\":\"***\",\"token\":null,\"Pass\":\"\",\"pwd\":true}");
        }

        @Test
        void everything_in_a_list_of_secrets_is_hidden() {
            assertThat(report("{\"serials\":[\"A1\",{\"x\":\"A2\"}],\"b\":\"c\"}"))
                    .isEqualTo("{\"serials\":[\"***\",{\"x\":\"***\"}],\"b\":\"c\"}");
        }

        @Test
        void a_text_that_looks_like_a_key_in_a_value_ends_where_the_string_ends() {
            assertThat(report("{\"User\":\"a\\\"b\\\\\",\"Type\":\"c\"}"))
                    .isEqualTo("{\"User\":\"***\",\"Type\":\"c\"}");
        }

        @Test
        void json_within_a_text_is_masked_as_text() {
            assertThat(report("{\"Msg\":\"{\\\"pwd\\\":\\\"zq81\\\",\\\"x\\\":1}\"}"))
                    .isEqualTo("{\"Msg\":\"{\\\"pwd\\\":\\\"***\\\",\\\"x\\\":1}\"}");
        }
    }

    @Nested
    class JsonStaysJson {
        @ParameterizedTest
        @ValueSource(
                strings = {"Sn:\u0007e;%o", "pwd=\"zq81", "Sn[\n1]", "token: \\\u0001zq81", "a\u0001@h", "Pass:\\zq81"})
        void whatever_follows_the_name_of_a_secret_in_a_text(String text) throws JsonProcessingException {
            String masked =
                    report(JSON.writeValueAsString(JSON.createObjectNode().put("Msg", text)));

            assertThat(JSON.readTree(masked).path("Msg").isTextual()).isTrue();
            assertThat(masked).doesNotContain("zq81");
        }

        @ParameterizedTest
        @ValueSource(ints = {120, 121, 122, 123, 124, 125, 126, 127, 128})
        void a_name_before_an_at_sign_longer_than_is_looked_for(int length) throws JsonProcessingException {
            String text = "\u0001\u0001" + "a".repeat(length) + "@h";
            String masked =
                    report(JSON.writeValueAsString(JSON.createObjectNode().put("Msg", text)));

            assertThat(JSON.readTree(masked).path("Msg").isTextual()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"zq\"81", "zq\\81", "zq\n81", "\\zq81", "zq81\\"})
        void a_secret_in_json_within_a_text_whatever_it_contains(String secret) throws JsonProcessingException {
            String inner = JSON.writeValueAsString(
                    JSON.createObjectNode().put("pwd", secret).put("x", "y"));
            String masked =
                    report(JSON.writeValueAsString(JSON.createObjectNode().put("Msg", inner)));

            assertThat(JSON.readTree(JSON.readTree(masked).path("Msg").textValue()))
                    .isEqualTo(JSON.createObjectNode().put("pwd", "***").put("x", "y"));
        }
    }

    @Nested
    class LooksLikeASecret {
        @ParameterizedTest
        @CsvSource({
            "stratum+tcp://alice:pw@pool.example.com:3333, stratum+tcp://***@pool.example.com:3333",
            "stratum+tcp:\\/\\/alice@pool.example.com, stratum+tcp:\\/\\/***@pool.example.com",
            "alice:pw@pool.example.com:3333, ***@pool.example.com:3333",
            "alice@example.com, ***@example.com",
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq.rig7, ***",
            "aa:bb:cc:dd:ee:ff, aa:bb:cc:**:**:**",
            "AA-BB-CC-DD-EE-FF, AA-BB-CC-**-**-**",
        })
        void wherever_it_stands(String value, String shown) {
            assertThat(report("{\"Msg\":\"" + value + "\"}")).isEqualTo("{\"Msg\":\"" + shown + "\"}");
        }

        @Test
        void a_hardware_address_without_colons_is_known_by_its_key() {
            assertThat(report("{\"mac\":\"AABBCCDDEEFF\",\"id\":\"AABBCCDDEEFF\"}"))
                    .isEqualTo("{\"mac\":\"AABBCC******\",\"id\":\"AABBCCDDEEFF\"}");
        }
    }

    @Nested
    class OtherForms {
        @Test
        void the_text_form_of_the_protocol() {
            assertThat(report(
                            "STATUS=S,Code=7|POOL=0,URL=stratum+tcp://a:b@h:1,User=alice\\,x,Pass=p w,Status=Alive|\0"))
                    .isEqualTo("STATUS=S,Code=7|POOL=0,URL=stratum+tcp://***@h:1,User=***,Pass=***,Status=Alive|\0");
        }

        @Test
        void the_brackets_of_avalons() {
            assertThat(report("{\"MM ID0\":\"Ver[1246-83] DNA[0201000066] MEMFREE[1048] Temp[30]\"}"))
                    .isEqualTo("{\"MM ID0\":\"Ver[1246-83] DNA[***] MEMFREE[1048] Temp[30]\"}");
        }

        @Test
        void the_head_of_a_web_servers_reply() {
            assertThat(report("HTTP/1.1 200 OK\r\nSet-Cookie: id=zq81; Path=/\r\nContent-Length: 2\r\n\r\n{}"))
                    .doesNotContain("zq81")
                    .contains("HTTP/1.1 200 OK", "Content-Length: 2\r\n\r\n{}");
        }

        @Test
        void a_reply_that_was_cut_off_within_a_secret() {
            assertThat(report("{\"User\":\"alice.ri")).isEqualTo("{\"User\":\"***");
        }

        @Test
        void a_quote_that_is_not_escaped_does_not_uncover_what_follows() {
            assertThat(report("{\"User\":\"al\"ice\",\"Pass\":\"zq81\",\"Type\":\"x\"}"))
                    .doesNotContain("zq81");
        }

        @Test
        void bytes_that_are_no_text() {
            byte[] reply = "\4\0\0\0{\"salt\":\"zq81\"}\u00ff".getBytes(StandardCharsets.ISO_8859_1);
            assertThat(ReplyRedactor.REPORT.mask(reply)).contains("{\"salt\":\"***\"}");
        }
    }

    @Nested
    class ForTheOperator {
        @Test
        void only_what_lets_others_in_is_hidden() {
            assertThat(
                            ReplyRedactor.SECRETS.mask(
                                    "{\"User\":\"alice.rig7\",\"Pass\":\"x1\",\"mac\":\"aa:bb:cc:dd:ee:ff\",\"URL\":\"tcp://a:b@h\"}"))
                    .isEqualTo(
                            "{\"User\":\"alice.rig7\",\"Pass\":\"***\",\"mac\":\"aa:bb:cc:dd:ee:ff\",\"URL\":\"tcp://***@h\"}");
        }
    }

    @Test
    void what_was_masked_is_left_as_it_is() {
        String once = report("{\"User\":\"alice\",\"mac\":\"aa:bb:cc:dd:ee:ff\",\"URL\":\"tcp://a:b@h\"}");
        assertThat(report(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "{", "User=", "a://", "user:", "a@", "\\", "mac[", "aa:", "x y "})
    void a_hostile_reply_takes_time_in_proportion_to_its_length(String piece) {
        String reply = piece.repeat(256 * 1024 / piece.length());
        long start = System.nanoTime();
        report(reply);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Property
    void no_secret_survives_and_json_stays_json(@ForAll("replies") ObjectNode reply, @ForAll("secrets") String secret)
            throws JsonProcessingException {
        reply.put("User", secret).putObject("deep").putArray("x").addObject().put("wifiPass", secret);
        String masked = report(JSON.writeValueAsString(reply));

        assertThat(masked).doesNotContain(secret);
        assertThat(JSON.readTree(masked).fieldNames()).toIterable().containsExactlyElementsOf(() -> reply.fieldNames());
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withChars("ab\"\\/:,|=[]{} @'é\n")
                .ofMaxLength(12)
                .map(text -> "zq" + text + "81");
    }

    @Provide
    Arbitrary<ObjectNode> replies() {
        Arbitrary<String> keys = Arbitraries.of(List.of("Type", "GHS 5s", "temp_chip1", "Msg", "MM ID0", "Elapsed"));
        Arbitrary<String> values = Arbitraries.strings().ascii().ofMaxLength(20);
        return Combinators.combine(keys, values)
                .as((key, value) -> JSON.createObjectNode().put(key, value))
                .list()
                .ofMaxSize(4)
                .map(parts -> {
                    ObjectNode all = JSON.createObjectNode();
                    parts.forEach(all::setAll);
                    return all;
                });
    }
}
