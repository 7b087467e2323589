package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.FactStore;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a miner reports of itself and its faults, requested over HTTP. */
class FactSurfaceTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    private static String path;
    private static Client client;

    @BeforeAll
    static void a_miner_with_a_past() {
        client = SERVER.client();
        path = "/api/miners/" + SERVER.name(0).replace(":", "%3A");
        SERVER.server().ops().pollNow();
        FactStore facts = SERVER.server().ops().store().facts();
        MinerAddress miner = SERVER.fleet().addresses().get(0);
        Fact board = Fact.first(miner, FactKind.BOARD_SERIAL, 7, "SN-1", BEGAN);
        Fact fault = Fact.of(miner, new DeviceFault("264", "Power supply", null, 2), BEGAN);
        facts.record(List.of(
                board,
                board.changedTo("SN-9", BEGAN.plusSeconds(60), false),
                fault,
                fault.ended(BEGAN.plusSeconds(90))));
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }

    @Test
    void a_fact_has_its_value_the_one_before_and_its_dates() {
        JsonNode facts = client.get(path + "/facts?kind=board_serial").json().path("facts");

        JsonNode changed = facts.path(0);
        assertThat(changed.path("kind").asText()).isEqualTo("board_serial");
        assertThat(changed.path("slot").intValue()).isEqualTo(7);
        assertThat(changed.path("value").asText()).isEqualTo("SN-9");
        assertThat(changed.path("previous").asText()).isEqualTo("SN-1");
        assertThat(changed.path("from").asText()).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(changed.path("until").isNull()).isTrue();
        assertThat(changed.path("announced").booleanValue()).isFalse();
        assertThat(facts.path(1).path("until").asText()).isEqualTo("2026-01-01T00:01:00Z");
    }

    @Test
    void what_the_poll_saw_is_there_and_faults_are_listed_apart() {
        JsonNode facts = client.get(path + "/facts").json().path("facts");

        assertThat(texts(facts, "kind")).contains("pool", "model", "firmware").doesNotContain("fault");
        assertThat(texts(client.get(path + "/faults").json().path("faults"), "code"))
                .containsExactly("264");
    }

    @Test
    void a_fault_has_its_board_its_start_and_its_end() {
        JsonNode fault = client.get(path + "/faults").json().path("faults").path(0);

        assertThat(fault.path("message").asText()).isEqualTo("Power supply");
        assertThat(fault.path("slot").intValue()).isEqualTo(2);
        assertThat(fault.path("from").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(fault.path("until").asText()).isEqualTo("2026-01-01T00:01:30Z");
    }

    @Test
    void times_select_what_held_then() {
        assertThat(texts(
                        client.get(path + "/facts?kind=board_serial&until=2026-01-01T00:00:30Z")
                                .json()
                                .path("facts"),
                        "value"))
                .containsExactly("SN-1");
        assertThat(texts(
                        client.get(path + "/facts?kind=board_serial&since=2026-01-01T00:01:01Z")
                                .json()
                                .path("facts"),
                        "value"))
                .contains("SN-9")
                .doesNotContain("SN-1");
        assertThat(client.get(path + "/faults?since=2026-01-02T00:00:00Z")
                        .json()
                        .path("count")
                        .intValue())
                .isZero();
    }

    @Test
    void facts_are_given_page_by_page() {
        JsonNode first = client.get(path + "/facts?limit=1").json();
        JsonNode second = client.get(
                        path + "/facts?limit=1&cursor=" + first.path("next").asText())
                .json();

        assertThat(texts(first.path("facts"), "value")).containsExactly("SN-9");
        assertThat(texts(second.path("facts"), "value")).containsExactly("SN-1");
    }

    @Test
    void a_kind_that_does_not_exist_is_refused_by_name() {
        Answer answer = client.get(path + "/facts?kind=fault");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo("kind");
        assertThat(answer.json().path("error").asText()).contains("board_serial");
    }

    @Test
    void a_miner_that_is_not_known_is_not_found() {
        assertThat(client.get("/api/miners/10.9.9.9/facts").status()).isEqualTo(404);
        assertThat(client.get("/api/miners/10.9.9.9/faults").status()).isEqualTo(404);
    }

    @Test
    void a_removed_miner_keeps_its_facts_and_none_holds() {
        String other = "/api/miners/" + SERVER.name(1).replace(":", "%3A");
        assertThat(client.delete(other).status()).isEqualTo(200);

        JsonNode facts = client.get(other + "/facts").json().path("facts");
        assertThat(facts).isNotEmpty();
        assertThat(texts(facts, "until")).doesNotContain("null");
    }
}
