package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches for miners, requested over HTTP, over a simulated fleet. */
class DiscoverySurfaceTest {
    private static final String SCAN = "/api/discovery/scan";
    private static final String JOBS = "/api/discovery/jobs";
    private static final int MINERS = 5;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS).with("SCAN_RATE", "5000");

    private String fleet() {
        return SERVER.fleet().range();
    }

    private static void hasOnlyTheFleet(JsonNode miners) {
        assertThat(miners)
                .extracting(miner -> miner.path("miner_ip").asText())
                .containsExactlyInAnyOrderElementsOf(SERVER.names());
    }

    @Nested
    class A_search_that_is_waited_for {
        @Test
        void reports_miners_and_other_hosts() {
            Answer answer = SERVER.client().post(SCAN, "{\"range\":\"" + fleet() + ",127.0.0.1:9\"}");

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode json = answer.json();
            hasOnlyTheFleet(json.path("miners"));
            assertThat(json.path("count").asInt()).isEqualTo(MINERS);
            assertThat(json.path("miners").path(0).path("vendor").asText()).isEqualTo("Bitmain");
            assertThat(json.path("miners").path(0).path("hashrate_ths").asDouble())
                    .isPositive();
            assertThat(json.path("miners").path(0).has("serial")).isTrue();
            assertThat(json.path("refused").asInt()).isEqualTo(1);
            assertThat(json.path("asked").asInt()).isEqualTo(MINERS + 1);
            assertThat(json.path("elapsed_s").isNumber()).isTrue();
        }

        @Test
        void takes_the_servers_own_range_where_none_is_given() {
            hasOnlyTheFleet(SERVER.client().post(SCAN).json().path("miners"));
        }

        @Test
        void registers_what_it_finds_by_default_and_keeps_user_input() {
            // the poll at the start would register again whom the test removes
            SERVER.server().ops().pollNow();
            String first = SERVER.name(0);
            SERVER.client().put("/api/miners/" + first, "{\"location\":\"hall b\",\"hostname\":\"rack7-3\"}");
            SERVER.client().delete("/api/miners/" + SERVER.name(1));

            JsonNode looked = SERVER.client()
                    .post(SCAN, "{\"range\":\"" + fleet() + "\",\"register\":false}")
                    .json();
            assertThat(looked.path("added").isNull()).isTrue();
            assertThat(SERVER.client().get("/api/miners/" + SERVER.name(1)).status())
                    .isEqualTo(404);

            JsonNode registered = SERVER.client()
                    .post(SCAN, "{\"range\":\"" + fleet() + "\"}")
                    .json();
            assertThat(registered.path("added").asInt()).isPositive();
            assertThat(registered.path("moved")).isEmpty();
            assertThat(SERVER.client().get("/api/miners/" + SERVER.name(1)).status())
                    .isEqualTo(200);
            JsonNode miner = SERVER.client().get("/api/miners/" + first).json().path("miner");
            assertThat(miner.path("location").asText()).isEqualTo("hall b");
            assertThat(miner.path("hostname").asText()).isEqualTo("rack7-3");
            assertThat(miner.path("vendor").asText()).isEqualTo("Bitmain");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"range\":\"8.8.8.8\"} | private, loopback or link-local",
                    "{\"range\":\"miner7.example.com\"} | private, loopback or link-local",
                    "{\"range\":\"10.0.0.0/8\"} | at most 65536",
                    "{\"range\":\"10.0.0.0/16\"} | at most 512 addresses to be waited for, not 65534; POST /api/discovery/jobs",
                    "{\"range\":\"10.0.0.999\"} | range",
                    "{\"range\":\"\"} | range",
                    "{\"range\":7} | range must be a text",
                    "{\"range\":null} | range must be a text",
                    "{\"register\":1} | register must be true or false",
                    "{\"mdns\":\"yes\"} | mdns must be true or false",
                    "{\"ports\":[80]} | ports",
                })
        void refuses_what_it_cannot_do(String body, String sentence) {
            Answer answer = SERVER.client().post(SCAN, body);

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.error()).contains(sentence);
            assertThat(answer.field()).isIn("range", "register", "mdns", "ports");
        }
    }

    @Nested
    class A_job {
        private JsonNode started(String body) {
            Answer answer = SERVER.client().post(JOBS, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            assertThat(answer.header("Location"))
                    .isEqualTo(JOBS + "/" + answer.json().path("id").asLong());
            return answer.json();
        }

        private DiscoveryOutcome ended(long id) {
            return SERVER.server()
                    .ops()
                    .discoveries()
                    .find(id)
                    .orElseThrow()
                    .outcome()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }

        @Test
        void is_answered_at_once_and_shows_its_result_later() {
            long id = started("{\"range\":\"" + fleet() + "\"}").path("id").asLong();
            ended(id);

            JsonNode answer = SERVER.client().get(JOBS + "/" + id).json();

            JsonNode job = answer.path("job");
            assertThat(job.path("state").asText()).isEqualTo("done");
            assertThat(job.path("progress_pct").asDouble()).isEqualTo(100);
            assertThat(job.path("found").asInt()).isEqualTo(MINERS);
            assertThat(job.path("eta_s").asDouble()).isZero();
            assertThat(job.path("result").path("asked").asInt()).isEqualTo(MINERS);
            hasOnlyTheFleet(answer.path("miners"));
            assertThat(answer.path("next").isNull()).isTrue();
        }

        @Test
        void gives_the_found_in_parts() {
            long id = started("{\"range\":\"" + fleet() + "\"}").path("id").asLong();
            ended(id);

            JsonNode first = SERVER.client().get(JOBS + "/" + id + "?limit=3").json();
            JsonNode rest = SERVER.client()
                    .get(JOBS + "/" + id + "?cursor=" + first.path("next").asText())
                    .json();

            assertThat(first.path("miners")).hasSize(3);
            assertThat(rest.path("miners")).hasSize(MINERS - 3);
        }

        @Test
        void unknown_is_404_and_one_that_has_ended_cannot_be_cancelled() {
            assertThat(SERVER.client().get(JOBS + "/999999").status()).isEqualTo(404);
            assertThat(SERVER.client().delete(JOBS + "/999999").status()).isEqualTo(404);
            long id = started("{\"range\":\"" + fleet() + "\"}").path("id").asLong();
            ended(id);

            Answer answer = SERVER.client().delete(JOBS + "/" + id);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.error()).contains("it is done");
        }

        @Test
        void stays_on_the_site_too() {
            assertThat(SERVER.client().post(JOBS, "{\"range\":\"8.8.8.0/24\"}").status())
                    .isEqualTo(400);
        }
    }

    @Nested
    class A_job_that_takes_long {
        /** At this rate it would take minutes. */
        @RegisterExtension
        static final RunningServer SLOW = RunningServer.of(1).with("SCAN_RATE", "20");

        private static final String BODY = "{\"range\":\"127.50.0.0/20\"}";

        @AfterEach
        void end() {
            SLOW.server().ops().discoveries().close();
        }

        @Test
        void is_listed_refuses_others_and_can_be_cancelled() {
            long id = SLOW.client().post(JOBS, BODY).json().path("id").asLong();

            JsonNode job = SLOW.client().get(JOBS).json().path("jobs").path(0);
            assertThat(job.path("id").asLong()).isEqualTo(id);
            assertThat(job.path("state").asText()).isEqualTo("running");
            assertThat(job.path("progress_pct").asDouble()).isLessThan(100);
            assertThat(job.path("total").asInt()).isEqualTo(4_094);
            assertThat(job.path("result").isNull()).isTrue();
            assertThat(SLOW.client().post(JOBS, BODY).status()).isEqualTo(409);
            Answer scan = SLOW.client().post(SCAN, "{\"range\":\"127.0.0.1:9\"}");
            assertThat(scan.status()).isEqualTo(409);
            assertThat(scan.error()).contains("running already");

            assertThat(SLOW.client().delete(JOBS + "/" + id).status()).isEqualTo(200);
            SLOW.server()
                    .ops()
                    .discoveries()
                    .find(id)
                    .orElseThrow()
                    .outcome()
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            JsonNode after = SLOW.client().get(JOBS + "/" + id).json().path("job");
            assertThat(after.path("state").asText()).isEqualTo("cancelled");
            assertThat(after.path("result").path("not_asked").asInt()).isPositive();
            assertThat(after.path("result").path("added").isNull()).isTrue();
        }
    }

    @Nested
    class The_registry {
        @Test
        void a_serial_is_what_the_device_says_and_no_person_may_change_it() {
            SERVER.client().post(SCAN, "{\"range\":\"" + fleet() + "\"}");
            String path = "/api/miners/" + SERVER.name(2);

            Answer sentBack = SERVER.client()
                    .put(path, SERVER.client().get(path).json().path("miner").toString());
            Answer changed = SERVER.client().put(path, "{\"serial\":\"SN-0815-77\"}");

            assertThat(sentBack.status()).as(sentBack.text()).isEqualTo(200);
            assertThat(changed.status()).isEqualTo(400);
            assertThat(changed.field()).isEqualTo("serial");
        }

        @Test
        void a_name_that_is_sent_back_is_not_taken_for_one_that_a_person_gave() {
            var miners = SERVER.server().ops().store().miners();
            var address = SERVER.fleet().addresses().get(3);
            SERVER.client().post(SCAN, "{\"range\":\"" + fleet() + "\"}");
            miners.put(miners.find(address).orElseThrow().toBuilder()
                    .hostname("antminer")
                    .build());
            String path = "/api/miners/" + SERVER.name(3);

            SERVER.client()
                    .put(path, SERVER.client().get(path).json().path("miner").toString());
            assertThat(miners.find(address).orElseThrow().hostnameGiven()).isFalse();

            SERVER.client().put(path, "{\"hostname\":\"rack7-3\"}");
            assertThat(miners.find(address).orElseThrow().hostnameGiven()).isTrue();

            SERVER.client().put(path, "{\"hostname\":null}");
            assertThat(miners.find(address).orElseThrow().hostnameGiven()).isFalse();
        }
    }
}
