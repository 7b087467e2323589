package io.minerops.core.device.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.vendor.antminer.LuxosFamily;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingPlanTest {
    private static final Map<String, String> ANTMINER = Map.of(
            "version", Replies.version("Antminer S19"),
            "summary", Replies.summary(95_000),
            "stats", Replies.stats("Antminer S19", "\"GHS 5s\":95000"),
            "pools", Replies.pools());

    private final List<List<Command>> queried = new ArrayList<>();

    private ReadingPlan run(DeviceProfile capability, Function<List<Command>, Outcome> device) {
        ReadingPlan plan = new ReadingPlan(Replies.MINER, capability, Families.STANDARD);
        for (List<Command> next = plan.next(); !next.isEmpty(); next = plan.next()) {
            queried.add(next);
            plan.take(device.apply(next));
        }
        return plan;
    }

    private static Outcome reply(String text) {
        return Replies.replied(Replies.bytes(text));
    }

    private static Outcome single(List<Command> commands) {
        return reply(ANTMINER.getOrDefault(commands.get(0).wireName(), Replies.INVALID));
    }

    @Nested
    class SeveralCommandsAtOnce {
        @Test
        void are_queried_first_and_in_one_request() {
            ReadingPlan plan = run(DeviceProfile.UNKNOWN, commands -> reply(Replies.joined(ANTMINER)));

            assertThat(queried).containsExactly(Command.BASIC);
            assertThat(plan.conclude(Replies.NOW, null))
                    .isInstanceOfSatisfying(
                            MinerReading.Ok.class,
                            ok -> assertThat(ok.missing()).isEmpty());
            assertThat(plan.learned(null)).isEqualTo(DeviceProfile.of(Joining.PROVEN, Command.BASIC));
        }

        static List<Outcome> refusals() {
            return List.of(
                    reply(Replies.INVALID),
                    reply(Replies.DENIED),
                    single(List.of(Command.VERSION)),
                    reply(""),
                    reply("{\"version\":[{\"STATUS\""),
                    reply("{\"version\" 1}"),
                    new Outcome.Broken(Phase.READ, "Connection reset"),
                    new Outcome.TooLarge(100));
        }

        @ParameterizedTest
        @MethodSource("refusals")
        void give_way_to_one_after_the_other_where_the_device_does_not_take_them(Outcome refusal) {
            ReadingPlan plan = run(DeviceProfile.UNKNOWN, commands -> commands.size() > 1 ? refusal : single(commands));

            assertThat(queried)
                    .containsExactly(
                            Command.BASIC,
                            List.of(Command.VERSION),
                            List.of(Command.SUMMARY),
                            List.of(Command.STATS),
                            List.of(Command.POOLS));
            assertThat(plan.conclude(Replies.NOW, null)).isInstanceOf(MinerReading.Ok.class);
            assertThat(plan.learned(null)).isEqualTo(DeviceProfile.of(Joining.NEVER, Command.BASIC));
        }

        @Test
        void are_not_queried_again_of_a_device_that_does_not_take_them() {
            run(DeviceProfile.of(Joining.NEVER, Command.BASIC), ReadingPlanTest::single);

            assertThat(queried).allSatisfy(commands -> assertThat(commands).hasSize(1));
        }

        @Test
        void are_given_up_where_they_met_silence() {
            ReadingPlan plan = new ReadingPlan(Replies.MINER, DeviceProfile.UNKNOWN, Families.STANDARD);
            plan.next();

            assertThat(plan.conclude(Replies.NOW, Phase.READ))
                    .isEqualTo(new MinerReading.TimedOut(Replies.MINER, Phase.READ));
            assertThat(plan.learned(Phase.READ)).isEqualTo(DeviceProfile.of(Joining.NEVER, Command.BASIC));
        }

        @Test
        void are_kept_where_they_were_answered_before() {
            ReadingPlan plan =
                    new ReadingPlan(Replies.MINER, DeviceProfile.of(Joining.PROVEN, Command.BASIC), Families.STANDARD);
            plan.next();

            assertThat(plan.learned(Phase.READ)).isNull();
        }
    }

    @Nested
    class CommandsOfAFamily {
        private final Map<String, String> luxos = Map.of(
                "version", Replies.section("VERSION", "{\"LUXminer\":\"2026.1\",\"Type\":\"Antminer S19\"}"),
                "summary", Replies.summary(95_000),
                "stats", Replies.stats("Antminer S19", "\"GHS 5s\":95000"),
                "pools", Replies.pools(),
                "power", Replies.section("POWER", "{\"PSU\":true,\"Watts\":3000}"),
                "config", Replies.section("CONFIG", "{\"MACAddr\":\"02:00:5e:00:53:01\"}"));

        @Test
        void are_queried_once_the_family_is_known_and_all_at_once_from_then_on() {
            ReadingPlan first = run(
                    DeviceProfile.UNKNOWN,
                    commands -> reply(
                            commands.size() > 1
                                    ? Replies.joined(luxos)
                                    : luxos.getOrDefault(commands.get(0).wireName(), Replies.INVALID)));
            DeviceProfile learned = first.learned(null);
            assertThat(queried).containsExactly(Command.BASIC, List.of(Command.POWER, Command.CONFIG));

            queried.clear();
            run(learned == null ? DeviceProfile.UNKNOWN : learned, commands -> reply(Replies.joined(luxos)));

            assertThat(queried).containsExactly(new LuxosFamily().commands());
        }
    }

    @Nested
    class WhatADeviceRefuses {
        private final Map<String, String> whatsminer = Map.of(
                "summary", Replies.section("SUMMARY", "{\"HS RT\":100000000,\"Elapsed\":9}"),
                "devs", Replies.section("DEVS", "{\"Status\":\"Alive\",\"Effective Chips\":100}"),
                "pools", Replies.pools());

        private DeviceProfile learned(Map<String, String> replies, DeviceProfile known) {
            queried.clear();
            DeviceProfile learned = run(
                            known,
                            commands -> reply(
                                    commands.size() > 1
                                            ? Replies.INVALID
                                            : replies.getOrDefault(
                                                    commands.get(0).wireName(), Replies.INVALID)))
                    .learned(null);
            return learned == null ? known : learned;
        }

        @Test
        void is_not_queried_again() {
            DeviceProfile first = learned(whatsminer, DeviceProfile.UNKNOWN);
            DeviceProfile second = learned(whatsminer, first);

            assertThat(queried)
                    .containsExactly(List.of(Command.SUMMARY), List.of(Command.DEVS), List.of(Command.POOLS));
            assertThat(second).isEqualTo(first);
        }

        @Test
        void is_queried_again_where_it_may_be_at_rest() {
            Map<String, String> asleep = Map.of(
                    "status",
                    "{\"STATUS\":\"S\",\"Code\":131,\"Msg\":{\"btmineroff\":\"true\"},\"Description\":\"whatsminer v1.3\"}");
            learned(whatsminer, learned(asleep, DeviceProfile.UNKNOWN));

            assertThat(queried).contains(List.of(Command.SUMMARY), List.of(Command.DEVS), List.of(Command.POOLS));
        }

        @Test
        void is_not_queried_again_where_it_is_kept_from_us() {
            Map<String, String> luxos = Map.of(
                    "version", Replies.section("VERSION", "{\"LUXminer\":\"2026.1\"}"),
                    "summary", Replies.summary(95_000),
                    "stats", Replies.stats("Antminer S19", "\"GHS 5s\":95000"),
                    "pools", Replies.pools(),
                    "power", Replies.DENIED,
                    "config", Replies.DENIED);
            learned(luxos, learned(luxos, DeviceProfile.UNKNOWN));

            assertThat(queried).hasSize(4).doesNotContain(List.of(Command.POWER), List.of(Command.CONFIG));
        }
    }

    @Nested
    class CommandsOfAMakersOwn {
        @Test
        void are_queried_by_themselves_where_the_others_go_together() {
            Map<String, String> whatsminer =
                    Map.of("summary", Replies.section("SUMMARY", "{\"HS RT\":100000000,\"Elapsed\":9}"));
            run(
                    DeviceProfile.UNKNOWN,
                    commands -> reply(commands.size() > 1 ? Replies.joined(whatsminer) : Replies.INVALID));

            assertThat(queried)
                    .contains(List.of(Command.STATUS), List.of(Command.GET_VERSION), List.of(Command.GET_MINER_INFO))
                    .contains(List.of(Command.DEVS, Command.DEVDETAILS, Command.EDEVS));
        }
    }

    @Nested
    class Outcomes {
        @Test
        void of_a_host_that_refuses_at_every_endpoint_are_a_refusal_at_the_first() {
            ReadingPlan plan = run(DeviceProfile.UNKNOWN, commands -> new Outcome.Unconnected("Connection refused"));

            assertThat(queried)
                    .containsExactly(Command.BASIC, List.of(Command.AXEOS_INFO), List.of(Command.WHATSMINER_INFO));
            assertThat(plan.conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.Refused(Replies.MINER, "Connection refused"));
            assertThat(plan.learned(null)).as("it may be starting").isNull();
        }

        @Test
        void of_a_web_server_that_is_no_miner_are_reported_and_its_pages_not_queried_again() {
            Function<List<Command>, Outcome> other = commands -> commands.get(0).endpoint() == Endpoint.CGMINER
                    ? reply("HTTP/1.1 400 Bad Request\r\n\r\n")
                    : new Outcome.Replied(new Reply.Unknown("HTTP status 404"));
            ReadingPlan plan = run(DeviceProfile.UNKNOWN, other);

            assertThat(queried).hasSize(1 + Command.OF_WEB_SERVER.size());
            queried.clear();
            run(Objects.requireNonNull(plan.learned(null)), other);
            assertThat(queried).as("the next time").containsExactly(Command.BASIC);
            assertThat(plan.conclude(Replies.NOW, null)).isInstanceOf(MinerReading.NotAMiner.class);
        }

        @Test
        void of_a_login_before_one_path_of_several_are_a_denial_and_the_server_is_not_queried_more() {
            ReadingPlan plan = run(DeviceProfile.UNKNOWN, commands -> {
                Command first = commands.get(0);
                if (first.endpoint() == Endpoint.CGMINER) {
                    return new Outcome.Unconnected("Connection refused");
                }
                return new Outcome.Replied(
                        first == Command.AXEOS_INFO ? new Reply.Unknown("HTTP status 404") : new Reply.Denied(null));
            });

            assertThat(queried)
                    .containsExactly(
                            Command.BASIC,
                            List.of(Command.AXEOS_INFO),
                            List.of(Command.PROTO_SYSTEM),
                            List.of(Command.WHATSMINER_INFO));
            assertThat(plan.conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.AccessDenied(Replies.MINER, "/api/v1/system"));
        }

        @Test
        void of_a_web_server_that_requires_a_login_for_everything_are_not_those_of_a_miner() {
            ReadingPlan plan = run(
                    DeviceProfile.UNKNOWN,
                    commands -> commands.get(0).endpoint() == Endpoint.CGMINER
                            ? new Outcome.Unconnected("Connection refused")
                            : new Outcome.Replied(new Reply.Denied(null)));

            assertThat(plan.conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.Refused(Replies.MINER, "Connection refused"));
        }

        @Test
        void of_an_ordinary_page_behind_a_shut_cgminer_port_are_a_refusal() {
            byte[] page = Replies.bytes("<!DOCTYPE html><html><body>Router</body></html>");
            ReadingPlan plan = run(
                    DeviceProfile.UNKNOWN,
                    commands -> commands.get(0).endpoint() == Endpoint.WEB
                            ? new Outcome.Replied(ReplyReader.json(page, 0, page.length))
                            : new Outcome.Unconnected("Connection refused"));

            assertThat(plan.conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.Refused(Replies.MINER, "Connection refused"));
        }

        @Test
        void of_a_device_that_no_longer_answers_elsewhere_make_the_client_forget_how_it_was_queried() {
            DeviceProfile learned = new DeviceProfile(
                    Joining.UNPROVEN, List.of(Command.AXEOS_INFO), Set.of(), Route.OtherEndpoints.ELSEWHERE);
            ReadingPlan plan = run(learned, commands -> new Outcome.Replied(new Reply.Unknown("HTTP status 404")));

            assertThat(plan.learned(null)).isEqualTo(DeviceProfile.UNKNOWN);
        }

        @Test
        void that_say_nothing_of_the_device_leave_what_is_known_of_it() {
            DeviceProfile elsewhere = new DeviceProfile(
                    Joining.UNPROVEN, List.of(Command.AXEOS_INFO), Set.of(), Route.OtherEndpoints.ELSEWHERE);
            ReadingPlan nameless = new ReadingPlan(Replies.MINER, elsewhere, Families.STANDARD);
            nameless.unreachable("no such host");
            DeviceProfile here = new DeviceProfile(
                    Joining.UNPROVEN, List.of(Command.EPIC_SUMMARY), Set.of(), Route.OtherEndpoints.WEB_HERE);
            ReadingPlan off = run(here, commands -> new Outcome.Unconnected("Connection refused"));

            assertThat(nameless.learned(null)).isNull();
            assertThat(off.learned(null)).isNull();
        }

        @Test
        void of_a_relay_without_a_miner_are_a_refusal() {
            assertThat(run(DeviceProfile.UNKNOWN, commands -> reply("Socket connect failed: Connection refused\n"))
                            .conclude(Replies.NOW, null))
                    .isInstanceOf(MinerReading.Refused.class);
        }

        @Test
        void of_a_device_that_denies_everything_say_so() {
            assertThat(run(DeviceProfile.UNKNOWN, commands -> reply(Replies.DENIED))
                            .conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.AccessDenied(Replies.MINER, "version"));
        }

        @Test
        void of_a_device_that_knows_no_command_say_so() {
            assertThat(run(DeviceProfile.UNKNOWN, commands -> reply(Replies.INVALID))
                            .conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.Malformed(Replies.MINER, "refuses version: \"invalid command\""));
        }

        @Test
        void of_replies_that_are_cut_off_are_partial() {
            assertThat(run(DeviceProfile.UNKNOWN, commands -> reply("{\"STATUS\":[{"))
                            .conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.Partial(Replies.MINER, 12));
        }

        @Test
        void of_replies_without_an_end_are_too_large() {
            assertThat(run(DeviceProfile.UNKNOWN, commands -> new Outcome.TooLarge(4096))
                            .conclude(Replies.NOW, null))
                    .isEqualTo(new MinerReading.TooLarge(Replies.MINER, 4096));
        }

        @Test
        void keep_what_was_answered_and_name_what_was_not() {
            ReadingPlan plan = run(
                    DeviceProfile.of(Joining.NEVER, Command.BASIC),
                    commands -> commands.contains(Command.STATS) ? reply("{\"STATS\":[{") : single(commands));

            assertThat(plan.conclude(Replies.NOW, null))
                    .isInstanceOfSatisfying(
                            MinerReading.Ok.class,
                            ok -> assertThat(ok.missing()).containsExactly("stats"));
        }

        @Test
        void keep_what_was_answered_before_the_deadline() {
            ReadingPlan plan =
                    new ReadingPlan(Replies.MINER, DeviceProfile.of(Joining.NEVER, Command.BASIC), Families.STANDARD);
            plan.take(single(plan.next()));
            plan.take(single(plan.next()));
            plan.next();

            assertThat(plan.conclude(Replies.NOW, Phase.READ))
                    .isInstanceOfSatisfying(
                            MinerReading.Ok.class,
                            ok -> assertThat(ok.missing()).containsExactlyInAnyOrder("stats", "pools"));
        }

        @Test
        void count_the_repairs_of_all_replies() {
            MinerReading reading = Replies.readSingly(Map.of(
                    "summary", Replies.summary(95_000).replace("\"id\"", ",\"id\""),
                    "stats", Replies.stats("Antminer S9", "\"GHS 5s\":nan").replace("},{", "}{")));

            assertThat(reading)
                    .isInstanceOfSatisfying(
                            MinerReading.Ok.class,
                            ok -> assertThat(ok.repairs()).isEqualTo(3));
        }
    }
}
