package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.vendor.AxeosFamilyTest;
import io.minerops.core.device.internal.vendor.EpicFamilyTest;
import io.minerops.core.device.internal.vendor.ProtoFamilyTest;
import io.minerops.core.device.internal.vendor.antminer.BraiinsFamilyTest;
import io.minerops.core.device.reply.Command;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices that are read through their web servers, over real sockets. */
@Timeout(60)
class WebMinersTest extends LoopbackMiners {
    /** A closed port: the CGMiner port of a device without one. */
    private static final MinerAddress SHUT = new MinerAddress("127.0.0.1", 1);

    private FakeWebMiner web(Map<Command, String> replies, String otherwise) {
        return opened(new FakeWebMiner(
                replies.entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().wireName(), Map.Entry::getValue)),
                otherwise));
    }

    private CgminerClient clientOf(FakeWebMiner web) {
        return opened(clientOfLoopback().webPort(web.port()).build());
    }

    @Test
    void a_bitaxe_is_found_behind_its_web_port_and_queried_there_at_once_from_then_on() {
        FakeWebMiner web = web(Map.of(Command.AXEOS_INFO, AxeosFamilyTest.INFO), "404 Not Found");
        CgminerClient client = clientOf(web);

        for (int reading = 0; reading < 3; reading++) {
            MinerReading.Ok ok = ok(read(client, SHUT, AMPLE));
            assertThat(ok.sample().value(Reading.HASHRATE_THS)).isEqualTo(1.1805);
            assertThat(ok.identity().mac()).isEqualTo("02:00:aa:bb:cc:dd");
        }
        assertThat(web.requests())
                .containsExactly("GET /api/system/info", "GET /api/system/info", "GET /api/system/info");
    }

    @Test
    void an_epic_is_found_on_the_port_of_its_address_and_queried_by_http_at_once_from_then_on() {
        FakeWebMiner web = web(
                Map.of(
                        Command.EPIC_SUMMARY, EpicFamilyTest.SUMMARY,
                        Command.EPIC_CAPABILITIES, EpicFamilyTest.CAPABILITIES,
                        Command.EPIC_NETWORK, EpicFamilyTest.NETWORK),
                "404 Not Found");

        for (int reading = 0; reading < 2; reading++) {
            MinerReading.Ok ok = ok(read(client, web.address(), AMPLE));
            assertThat(ok.sample().value(Reading.HASHRATE_THS)).isEqualTo(99);
            assertThat(ok.identity().model()).isEqualTo("Antminer S19 XP");
        }
        assertThat(web.requests())
                .containsExactly(
                        "-",
                        "GET /summary",
                        "GET /capabilities",
                        "GET /network",
                        "GET /summary",
                        "GET /capabilities",
                        "GET /network");
    }

    @Test
    void a_proto_rig_is_found_behind_its_web_port() {
        FakeWebMiner web = web(ProtoFamilyTest.RIG, "404 Not Found");

        assertThat(ok(read(clientOf(web), SHUT, AMPLE)).sample().value(Reading.HASHRATE_THS))
                .isEqualTo(141);
    }

    @Test
    void braiins_os_that_reports_only_its_version_is_queried_at_its_web_server() {
        FakeMiner miner = opened(FakeMiner.answering(
                Map.of("version", Replies.section("VERSION", "{\"API\":\"3.7\",\"BOSer\":\"boser 0.1.0\"}")), false));
        FakeWebMiner web = web(BraiinsFamilyTest.REST, "404 Not Found");

        assertThat(ok(read(clientOf(web), miner.address(), AMPLE)).sample().value(Reading.HASHRATE_THS))
                .isEqualTo(141);
    }

    @Test
    void braiins_os_of_old_is_sent_its_query_in_the_body_of_a_post() {
        FakeMiner miner = opened(FakeMiner.answering(
                Map.of("version", Replies.section("VERSION", "{\"API\":\"3.7\",\"BOSer\":\"boser 0.1.0\"}")), false));
        FakeWebMiner web = web(
                Map.of(
                        Command.BRAIINS_GRAPHQL,
                        "{\"data\":{\"bosminer\":{\"info\":{\"workSolver\":{\"realHashrate\":{\"mhs5S\":7000000}}}}}}"),
                "404 Not Found");

        assertThat(ok(read(clientOf(web), miner.address(), AMPLE)).sample().value(Reading.HASHRATE_THS))
                .isEqualTo(7);
        assertThat(web.requests()).containsExactly("GET /api/v1/miner/details", "POST /graphql", "POST /graphql");
    }

    @Test
    void braiins_os_that_requires_a_login_says_so() {
        FakeMiner miner = opened(FakeMiner.answering(
                Map.of("version", Replies.section("VERSION", "{\"API\":\"3.7\",\"BOSer\":\"boser 0.1.0\"}")), false));
        FakeWebMiner web = web(Map.of(), "401 Unauthorized");

        assertThat(read(clientOf(web), miner.address(), AMPLE))
                .isEqualTo(new MinerReading.NoReadings(miner.address(), "BOSer boser 0.1.0", "needs a login"));
    }

    @Test
    void a_web_server_that_answers_json_as_no_miner_does_is_none() {
        FakeWebMiner web = web(
                Map.of(Command.AXEOS_INFO, "{\"model\":\"printer\"}", Command.PROTO_SYSTEM, "[1,2,3]"),
                "404 Not Found");

        assertThat(read(clientOf(web), SHUT, AMPLE)).isNotInstanceOf(MinerReading.Ok.class);
    }
}
