package io.minerops.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "https://mirror.example.com/v2?api_key=hunter2",
                "https://mirror.example.com?hunter2",
                "https://mirror.example.com?a=1&hunter2=hunter2&b=hunter2",
                "https://mirror.example.com/#hunter2",
                "https://mirror.example.com/hunter2/price",
                "https://mirror.example.com:8443/a;token=hunter2",
                "http://user:hunter2@mirror.example.com",
                "http://hunter2@mirror.example.com/",
                "http://user:hun/hunter2@mirror.example.com",
                "http://user:a?hunter2@mirror.example.com",
                "http://user:a#hunter2@mirror.example.com",
                "http://user:a@hunter2@mirror.example.com",
                "http://user:a,hunter2@mirror.example.com",
                "http://user:a hunter2@mirror.example.com",
                "https://mirror.example.com/?key=a,hunter2",
                "https://mirror.example.com/?key=a hunter2",
                "https://mirror.example.com/?key=a\"hunter2",
                "HTTPS://mirror.example.com/T0/B0/hunter2",
                "https:/vault.example.com/v1/hunter2?x=hunter2",
                "ftp://user:hunter2@mirror.example.com",
                "jdbc:postgresql://mirror.example.com/fleet?user=minerops&password=hunter2",
                "jdbc:sqlite:metrics.db?key=hunter2",
                "file:metrics.db?key=hunter2&mode=ro",
                "user:hunter2@mirror.example.com",
                "user:hunter2@mirror.example.com:465",
                "smtp.example.com?password=hunter2",
                "host=a;password=hunter2",
                "password = hunter2",
                "SMTP_PASSWORD=hunter2",
                "10.0.0.0/8,https://hooks.example.com/hunter2",
                "https://a.example.com/hunter2,https://b.example.com/hunter2",
                "https://a.example.com,https://u:hunter2@b.example.com",
                "Authorization: Bearer hunter2",
            })
    void no_secret_is_left_in_a_value(String value) {
        String shown = Masked.value(value);

        assertThat(shown).doesNotContain("hunter2").contains("***");
        assertThat(Masked.value(shown)).as("masked again").isEqualTo(shown);
        assertThat(Check.quote(value)).doesNotContain("hunter2");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "value \"https://mirror.example.com/v2?api_key=hunter2\" is not accepted",
                "Unmatched argument at index 2: 'https://hooks.example.com/hunter2'",
                "cannot reach http://user:hunter2@mirror.example.com: timed out",
                "cannot open jdbc:sqlite:metrics.db?key=hunter2 for writing",
                "the header Authorization: Bearer hunter2 was refused",
                "unknown option --token=hunter2",
            })
    void no_secret_is_left_in_a_sentence(String sentence) {
        String shown = Masked.sentence(sentence);

        assertThat(shown).doesNotContain("hunter2").contains("***");
        assertThat(shown.split(" ", -1)[0]).isEqualTo(sentence.split(" ", -1)[0]);
        assertThat(Masked.sentence(shown)).as("masked again").isEqualTo(shown);
    }

    @Test
    void a_password_that_is_longer_than_what_a_message_repeats_is_masked_too() {
        String value = "http://user:hunter2" + "x".repeat(10_000) + "@mirror.example.com";

        assertThat(Check.quote(value)).doesNotContain("hunter2").hasSizeLessThan(80);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            http://127.0.0.1:8080                       | http://127.0.0.1:8080
            https://ops.example.com/                    | https://ops.example.com/
            https://a.example.com,https://b.example.com | https://a.example.com,https://b.example.com
            https://mirror.example.com/v2               | https://mirror.example.com/***
            http://u:p@[::1]:8080                       | http://***@[::1]:8080
            192.168.1.0/24, 10.0.0.7:4029               | 192.168.1.0/24, 10.0.0.7:4029
            127.0.0.1:4028-4037                         | 127.0.0.1:4028-4037
            ::1                                         | ::1
            ops@example.com, boss@example.com           | ops@example.com, boss@example.com
            data/metrics.db                             | data/metrics.db
            C:/minerops/metrics.db                      | C:/minerops/metrics.db
            /var/lib/minerops/metrics.db                | /var/lib/minerops/metrics.db
            2026-01-31T12:00:00Z                        | 2026-01-31T12:00:00Z
            what?                                       | what?
            """)
    void what_is_no_secret_stays_readable(String value, String shown) {
        assertThat(Masked.value(value)).isEqualTo(shown);
        assertThat(Masked.sentence(value)).isEqualTo(shown);
    }
}
