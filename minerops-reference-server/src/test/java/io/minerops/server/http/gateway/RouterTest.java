package io.minerops.server.http.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private final Router router = new Router(List.of(
            route("/files/{path...}"),
            route("/files/more/{path...}"),
            route("/things/{id:id}"),
            route("/things/all"),
            route("/names/{name}")));

    @ParameterizedTest
    @CsvSource({
        "/files/a/b.js,      /files/{path...}",
        "/files/more/a/b.js, /files/more/{path...}",
        "/things/7,          /things/{id:id}",
        "/things/7/,         /things/{id:id}",
        "/things/all,        /things/all",
        "/names/10.0.0.1%3A4029, /names/{name}"
    })
    void the_most_specific_template_wins(String path, String template) {
        assertThat(router.match("GET", path).route().path()).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource({"/things/0", "/things/x", "/things/7/8", "/things", "/", "/names/", "/files", "/files/", "/files/more"})
    void a_path_that_fits_no_template_is_unknown(String path) {
        assertThatThrownBy(() -> router.match("GET", path)).isInstanceOf(HttpFailure.class);
    }

    @Test
    void a_variable_is_decoded() {
        assertThat(router.match("GET", "/names/10.0.0.1%3A4029").variables()).containsEntry("name", "10.0.0.1:4029");
    }

    @Test
    void a_variable_that_is_not_encoded_well_is_refused() {
        assertThatThrownBy(() -> router.match("GET", "/names/%zz")).hasMessageContaining("hexadecimal");
    }

    @Test
    void two_routes_for_one_method_and_path_are_refused() {
        assertThatThrownBy(() -> new Router(List.of(route("/names/{name}"), route("/names/{name}"))))
                .hasMessage("two routes for GET /names/{name}");
    }

    private static Route route(String path) {
        return Route.get(path, request -> Reply.empty(204));
    }
}
