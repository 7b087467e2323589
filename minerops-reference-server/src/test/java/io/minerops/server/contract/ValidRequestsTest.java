package io.minerops.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the description allows, the server takes. */
class ValidRequestsTest {
    private static final Description DESCRIPTION = Description.served();
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 405, 413, 415, 429);
    private static final RunningServer SERVER = RunningServer.over(FleetSimulator.builder()
                    .miners(3)
                    .models(Model.S19, Model.S19_PRO_LUXOS)
                    .obedient(true)
                    .seed(7)
                    .build())
            .with("MINER_CONTROL", "true")
            .with("SCAN_RATE", "5000")
            .with("API_TOKEN", "all-rights-0123456789abcdef");

    private static WebhookTarget target;
    private static Requests requests;
    private static Client client;

    @BeforeContainer
    static void start() throws IOException {
        SERVER.start();
        target = WebhookTarget.start();
        client = SERVER.client().token("all-rights-0123456789abcdef");
        SERVER.server().ops().pollNow();
        requests = new Requests(
                DESCRIPTION, SERVER.names(), SERVER.fleet().range(), target.url(), "all-rights-0123456789abcdef");
    }

    @AfterContainer
    static void stop() throws Exception {
        target.close();
        SERVER.close();
    }

    /** Every operation but the stream, which goes on. */
    static List<Operation> operations() {
        return DESCRIPTION.operations().stream()
                .filter(operation -> !operation.path().equals("/api/events/stream"))
                .toList();
    }

    @Provide
    Arbitrary<Request> allowed() {
        Arbitrary<Operation> operations = Arbitraries.of(operations());
        return operations.flatMap(operation -> Arbitraries.randomValue(random -> requests.of(operation, random)));
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void is_answered_as_described_and_never_refused(@ForAll("allowed") Request request) {
        Answer answer = request.send(client);

        assertThat(request.operation().statuses())
                .as("%s: %s", request, answer.text())
                .contains(answer.status());
        assertThat(answer.status())
                .as("%s: %s", request, answer.text())
                .isLessThan(500)
                .isNotIn(REFUSALS);
        if (answer.header("Content-Type").equals("application/json")) {
            assertThat(DESCRIPTION
                            .schema(request.operation().answerPointer(answer.status()))
                            .validate(answer.json()))
                    .as("%s: %s", request, answer.text())
                    .isEmpty();
        }
    }
}
