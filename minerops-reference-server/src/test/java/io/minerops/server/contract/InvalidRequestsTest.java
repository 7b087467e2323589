package io.minerops.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What the description does not allow, the server refuses in words, and nothing is written. */
class InvalidRequestsTest {
    private static final Description DESCRIPTION = Description.served();
    private static final RunningServer SERVER = RunningServer.over(FleetSimulator.builder()
                    .miners(2)
                    .models(Model.S19)
                    .obedient(true)
                    .seed(7)
                    .build())
            .with("MINER_CONTROL", "true")
            .with("API_TOKEN", "all-rights-0123456789abcdef");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static WebhookTarget target;
    private static Requests requests;
    private static Client client;
    private static long alert;
    private static WriteWatch writes;

    @BeforeContainer
    static void start() throws Exception {
        SERVER.start();
        target = WebhookTarget.start();
        client = SERVER.client().token("all-rights-0123456789abcdef");
        SERVER.fleet().trouble(0, Trouble.HOT);
        SERVER.server().ops().pollNow();
        alert = client.post("/api/alerts/check").json().at("/new_alerts/0/id").longValue();
        client.post("/api/alerts/silences", "{\"tag\":\"row-1\",\"duration_minutes\":30}");
        client.post("/api/discovery/scan");
        requests = new Requests(
                DESCRIPTION, SERVER.names(), SERVER.fleet().range(), target.url(), "all-rights-0123456789abcdef");
        // a job that is still to run would write
        await().atMost(PATIENCE)
                .until(() -> client.get("/readyz")
                        .json()
                        .path("jobs")
                        .valueStream()
                        .filter(job -> !job.path("name").asText().equals("prune-history"))
                        .allMatch(job -> job.path("runs").intValue() > 0
                                && !job.path("running").booleanValue()));
        await().atMost(PATIENCE)
                .until(() -> client.get("/api/notifications?status=pending")
                                .json()
                                .path("count")
                                .intValue()
                        == 0);
        writes = WriteWatch.over(SERVER.database());
    }

    @AfterContainer
    static void stop() throws Exception {
        writes.close();
        target.close();
        SERVER.close();
    }

    @Provide
    Arbitrary<Fault> faults() {
        return Arbitraries.of(ValidRequestsTest.operations())
                .flatMap(operation -> Arbitraries.randomValue(random -> {
                    Request valid = requests.of(operation, random).withPath(existing(operation));
                    List<Fault> all = new Faults(DESCRIPTION, valid, random).all();
                    return all.get(random.nextInt(all.size()));
                }));
    }

    /** The path of something that is there, so that nothing but the fault is in the way. */
    private static String existing(Operation operation) {
        return operation
                .path()
                .replace("{ip}", Request.encoded(SERVER.name(0)))
                .replace("{id}", operation.path().startsWith("/api/alerts/{id}") ? Long.toString(alert) : "1");
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void are_refused_in_the_envelope_and_write_nothing(@ForAll("faults") Fault fault) throws SQLException {
        Answer answer = fault.request().send(client);

        assertThat(answer.status()).as("%s: %s", fault, answer.text()).isEqualTo(400);
        JsonNode json = answer.json();
        assertThat(DESCRIPTION
                        .schema(fault.request().operation().answerPointer(400))
                        .validate(json))
                .as("%s: %s", fault, answer.text())
                .isEmpty();
        assertThat(names(answer.field(), fault.field()))
                .as("%s: %s", fault, answer.text())
                .isTrue();
        assertThat(writes.sawNothing()).as("%s wrote into the database", fault).isTrue();
        assertThat(target.bodies()).isEmpty();
    }

    /** Whether the field at fault is named, or that in which it stands; one of a rule in a body as one of a rule. */
    private static boolean names(String named, String fault) {
        return !named.isEmpty()
                && (named.startsWith(fault) || fault.startsWith(named + ".") || ("rule." + named).startsWith(fault));
    }
}
