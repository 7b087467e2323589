package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresOptionsTest {
    private static final String URL = "jdbc:postgresql://localhost/minerops";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost/minerops?password=hunter2",
                "jdbc:postgresql://localhost/minerops?ssl=true&Password=hunter2",
                "jdbc:postgresql://localhost/minerops?user=me",
                "jdbc:postgresql://me:hunter2@localhost/minerops",
                "jdbc:postgresql://localhost:hunter2/minerops",
                "jdbc:sqlite:hunter2"
            })
    void a_url_that_is_none_or_holds_a_password_is_refused_without_being_repeated(String url) {
        assertThatThrownBy(() -> PostgresOptions.of(url))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("url must")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "With Space", "a;b", "UPPER"})
    void a_schema_that_would_need_quotes_is_refused(String schema) {
        assertThatThrownBy(() -> PostgresOptions.of(URL).withSchema(schema))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("schema must be");
    }

    @Test
    void the_password_is_not_in_its_text() {
        assertThat(PostgresOptions.of(URL).withUser("me", Secret.of("hunter2")).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void each_process_has_a_name_of_its_own() {
        assertThat(PostgresOptions.of(URL).instance())
                .isNotEqualTo(PostgresOptions.of(URL).instance());
    }
}
