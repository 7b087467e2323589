package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.http.Route;
import io.minerops.server.support.RunningServer;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each route of a server says that it changes. */
class RouteEffectTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    private static List<String> routes(Predicate<Route> which) {
        return SERVER.server().routes().stream()
                .filter(which)
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    @Test
    void a_route_that_reads_changes_nothing() {
        assertThat(routes(route -> route.method().equals("GET") && route.changes()))
                .isEmpty();
    }

    @Test
    void only_a_backtest_and_a_plan_are_sent_a_body_and_change_nothing() {
        assertThat(routes(route -> !route.method().equals("GET") && !route.changes()))
                .containsExactly("POST /api/alerts/rules/backtest", "POST /api/curtailment/plan");
    }

    @Test
    void open_pages_learn_of_every_change_that_they_show() {
        assertThat(routes(route -> route.effect() == Route.Effect.OTHER))
                .containsExactlyInAnyOrder(
                        "POST /api/discovery/scan",
                        "POST /api/discovery/jobs",
                        "DELETE /api/discovery/jobs/{id:id}",
                        "POST /api/notifications/test",
                        "POST /api/session",
                        "DELETE /api/session");
        assertThat(routes(route -> route.effect() == Route.Effect.MINERS))
                .containsExactlyInAnyOrder(
                        "PUT /api/miners/{ip}", "DELETE /api/miners/{ip}", "POST /api/miners/{ip}/actions");
        assertThat(routes(route -> route.effect() == Route.Effect.PROFITABILITY))
                .containsExactly("POST /api/profitability/snapshot");
    }
}
