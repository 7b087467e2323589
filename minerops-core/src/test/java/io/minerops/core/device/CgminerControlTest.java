package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.ControlResult.Denied;
import io.minerops.api.miner.ControlResult.Done;
import io.minerops.api.miner.ControlResult.Failed;
import io.minerops.api.miner.ControlResult.Step;
import io.minerops.api.miner.ControlResult.Unsupported;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.vendor.AvalonFamily;
import io.minerops.core.device.internal.vendor.ControlFamily;
import io.minerops.core.device.internal.vendor.ControlOffer;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.vendor.LuxosSession;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CgminerControlTest extends LoopbackMiners {
    private static final ControlAction RESTART = new ControlAction.Restart();
    private static final ControlAction LED_ON = new ControlAction.Led(true);
    private static final ControlAction LED_OFF = new ControlAction.Led(false);
    private static final ControlAction POOL_1 = new ControlAction.SwitchPool(1);

    private static final String OK = "{\"STATUS\":[{\"STATUS\":\"S\",\"Code\":27,\"Msg\":\"done\"}],\"id\":1}";
    private static final String DENIED =
            "{\"STATUS\":[{\"STATUS\":\"E\",\"Code\":45,\"Msg\":\"Access denied to 'x' command\"}],\"id\":1}";

    private final CgminerControl control = opened(CgminerControl.builder()
            .exchangeTimeout(Duration.ofSeconds(10))
            .maxReplyBytes(4096)
            .build());

    private ControlResult perform(MinerAddress miner, ControlAction action) {
        return control.perform(miner, action, AMPLE).toCompletableFuture().join();
    }

    /** A device that says what it is and answers these requests, written as {@code command|parameter}. */
    private FakeMiner device(Map<String, String> identity, Map<String, String> writes) {
        Map<String, String> replies = new HashMap<>(identity);
        replies.putAll(writes);
        return opened(FakeMiner.answering(replies, false));
    }

    private static String version(String fields) {
        return "{\"STATUS\":[{\"STATUS\":\"S\",\"Code\":22,\"Description\":\"x 1\"}],\"VERSION\":[{" + fields
                + "}],\"id\":1}";
    }

    private static Map<String, String> antminer() {
        return Map.of("version", Replies.version("Antminer S19 Pro"));
    }

    private static Map<String, String> luxos() {
        return Map.of("version", version("\"LUXminer\":\"2024.5.1\",\"Type\":\"Antminer S19 Pro\""));
    }

    @Nested
    class Antminers {
        @Test
        void restart_by_the_command_of_cgminer_once_it_is_known_what_they_are() {
            FakeMiner miner = device(antminer(), Map.of("restart", "{\"STATUS\":\"RESTART\"}"));

            assertThat(perform(miner.address(), RESTART))
                    .isEqualTo(new Done(miner.address(), "the mining process restarts"));
            assertThat(miner.commands()).containsExactly("version", "restart");
        }

        @Test
        void may_answer_a_restart_with_what_is_no_json() {
            FakeMiner miner = device(antminer(), Map.of("restart", "{\"RESTART\",\"id\":1}"));

            assertThat(perform(miner.address(), RESTART)).isInstanceOf(Done.class);
        }

        @Test
        void switch_pools_by_number() {
            FakeMiner miner = device(antminer(), Map.of("switchpool|1", OK));

            assertThat(perform(miner.address(), POOL_1)).isInstanceOf(Done.class);
            assertThat(miner.commands()).containsExactly("version", "switchpool|1");
        }

        @Test
        void are_not_requested_a_light_that_only_their_web_server_switches() {
            FakeMiner miner = device(antminer(), Map.of());

            assertThat(perform(miner.address(), LED_ON))
                    .isInstanceOfSatisfying(
                            Unsupported.class,
                            unsupported -> assertThat(unsupported.reason()).contains("web server", "password"));
            assertThat(miner.commands()).containsExactly("version");
        }
    }

    @Nested
    class Luxos {
        @Test
        void restarts_in_a_session_that_is_ended_after() {
            FakeMiner miner = device(
                    luxos(),
                    Map.of(
                            "logon", "{\"SESSION\":[{\"SessionID\":\"Ab3_x\"}],\"STATUS\":[{\"STATUS\":\"S\"}]}",
                            "resetminer|Ab3_x", OK,
                            "logoff|Ab3_x", OK));

            assertThat(perform(miner.address(), RESTART)).isInstanceOf(Done.class);
            assertThat(miner.commands()).containsExactly("version", "logon", "resetminer|Ab3_x", "logoff|Ab3_x");
        }

        @Test
        void ends_the_session_after_a_refusal_too() {
            FakeMiner miner = device(
                    luxos(),
                    Map.of(
                            "logon", "{\"SESSION\":[{\"SessionID\":\"Ab3\"}],\"STATUS\":[{\"STATUS\":\"S\"}]}",
                            "ledset|Ab3,red,off", "{\"STATUS\":[{\"STATUS\":\"E\",\"Code\":319,\"Msg\":\"busy\"}]}"));

            assertThat(perform(miner.address(), LED_OFF))
                    .isEqualTo(new Failed(miner.address(), Step.COMMAND, "the device refuses ledset: \"busy\""));
            assertThat(miner.commands()).endsWith("ledset|Ab3,red,off", "logoff|Ab3");
        }

        @Test
        void reports_that_another_client_has_the_session() {
            FakeMiner miner = device(
                    luxos(), Map.of("logon", "{\"STATUS\":[{\"STATUS\":\"E\",\"Code\":316,\"Msg\":\"in use\"}]}"));

            assertThat(perform(miner.address(), LED_ON))
                    .isEqualTo(new Failed(miner.address(), Step.LOGON, "the device refuses logon: \"in use\""));
        }

        @Test
        void a_session_that_would_alter_the_request_is_not_used() {
            FakeMiner miner = device(
                    luxos(),
                    Map.of("logon", "{\"SESSION\":[{\"SessionID\":\"a\\\",\\\"x\"}],\"STATUS\":[{\"STATUS\":\"S\"}]}"));

            assertThat(perform(miner.address(), RESTART))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.step()).isEqualTo(Step.LOGON));
            assertThat(miner.commands()).containsExactly("version", "logon");
        }

        @Test
        void switches_pools_without_a_session() {
            FakeMiner miner = device(luxos(), Map.of("switchpool|1", OK));

            assertThat(perform(miner.address(), POOL_1)).isInstanceOf(Done.class);
        }
    }

    @Nested
    class OtherFamilies {
        @Test
        void an_avalon_switches_its_light() {
            FakeMiner miner = device(
                    Map.of("version", version("\"CGMiner\":\"4.11.1\",\"PROD\":\"AvalonMiner 1246\"")),
                    Map.of("ascset|0,led,1-0", OK));

            assertThat(perform(miner.address(), LED_OFF)).isEqualTo(new Done(miner.address(), "its LED is off"));
        }

        @Test
        void an_avalon_without_a_name_is_recognised_by_the_count_of_its_modules_as_in_readings() {
            String modules = Replies.section("STATS", "{\"MM Count\":2}");
            FakeMiner miner = device(
                    Map.of("version", version("\"CGMiner\":\"4.11.1\""), "stats", modules),
                    Map.of("ascset|0,led,1-1", OK));

            assertThat(perform(miner.address(), LED_ON)).isEqualTo(new Done(miner.address(), "its LED is on"));
            Reply.Value stats = (Reply.Value) ReplyReader.read(Replies.bytes(modules));
            assertThat(Families.STANDARD.of(DeviceReplies.none().with(Command.STATS, stats.root())))
                    .isInstanceOf(AvalonFamily.class);
        }

        @Test
        void braiins_restarts_only_with_a_password() {
            FakeMiner miner = device(Map.of("version", version("\"BOSminer+\":\"1.0\"")), Map.of());

            assertThat(perform(miner.address(), RESTART)).isInstanceOf(Unsupported.class);
            assertThat(miner.commands()).containsExactly("version");
        }

        @Test
        void a_whatsminer_is_sent_nothing_since_it_wants_a_password() {
            FakeMiner miner = device(
                    Map.of(
                            "summary",
                            "{\"STATUS\":[{\"STATUS\":\"S\"}],\"SUMMARY\":[{\"Factory GHS\":110000,\"Power\":3400}]}"),
                    Map.of("restart", OK, "switchpool|1", OK));

            assertThat(perform(miner.address(), RESTART))
                    .isInstanceOfSatisfying(
                            Unsupported.class,
                            unsupported -> assertThat(unsupported.reason()).contains("password"));
            assertThat(miner.commands()).containsExactly("version", "stats", "summary");
        }

        @Test
        void a_plain_cgminer_flashes_where_its_driver_can() {
            FakeMiner miner = device(
                    Map.of("version", version("\"CGMiner\":\"4.11.1\"")),
                    Map.of("ascidentify|0", "{\"STATUS\":[{\"STATUS\":\"S\",\"Code\":113}]}"));

            assertThat(perform(miner.address(), LED_ON)).isInstanceOf(Done.class);
            assertThat(perform(miner.address(), LED_OFF)).isInstanceOf(Unsupported.class);
        }
    }

    @Nested
    class Refusals {
        @Test
        void a_device_that_lets_us_only_read_says_so() {
            FakeMiner miner = device(antminer(), Map.of("restart", DENIED));

            assertThat(perform(miner.address(), RESTART)).isEqualTo(new Denied(miner.address(), "restart"));
        }

        @Test
        void a_command_that_the_device_does_not_know_is_not_supported() {
            FakeMiner miner = device(antminer(), Map.of());

            assertThat(perform(miner.address(), POOL_1)).isInstanceOf(Unsupported.class);
        }

        @Test
        void what_the_device_will_not_do_is_reported_in_its_words() {
            FakeMiner miner = device(
                    antminer(),
                    Map.of(
                            "switchpool|1",
                            "{\"STATUS\":[{\"STATUS\":\"E\",\"Code\":8,\"Msg\":\"Invalid pool id 1\\u001b[2J\"}]}"));

            assertThat(perform(miner.address(), POOL_1))
                    .isEqualTo(new Failed(
                            miner.address(), Step.COMMAND, "the device refuses switchpool: \"Invalid pool id 1 [2J\""));
        }
    }

    @Nested
    class Failures {
        @Test
        void an_unreachable_device_fails_at_identification() throws IOException {
            MinerAddress absent;
            try (ServerSocket socket = new ServerSocket(0)) {
                absent = new MinerAddress("127.0.0.1", socket.getLocalPort());
            }

            assertThat(perform(absent, RESTART))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.step()).isEqualTo(Step.IDENTIFY));
        }

        @Test
        void a_device_that_goes_silent_costs_the_deadline_and_is_reported_with_its_step() {
            FakeMiner miner = miner((command, socket, out) -> {
                if (command.equals("version")) {
                    out.write(Replies.bytes(Replies.version("Antminer S19 Pro")));
                } else {
                    FakeMiner.stayUntilHungUp(socket);
                }
            });
            Duration brief = Duration.ofSeconds(2);
            long start = System.nanoTime();
            ControlResult result = control.perform(miner.address(), RESTART, brief)
                    .toCompletableFuture()
                    .join();

            assertThat(result).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.step()).isEqualTo(Step.COMMAND);
                assertThat(failed.reason()).contains("first_byte");
            });
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(brief, brief.plus(SLACK));
        }

        @Test
        void an_endless_reply_is_cut_off() {
            FakeMiner miner = miner((command, socket, out) -> {
                while (!socket.isClosed()) {
                    out.write(Replies.bytes("{\"a\":\"" + "x".repeat(8192)));
                }
            });

            assertThat(perform(miner.address(), RESTART))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("longer than 4096 bytes"));
        }

        @Test
        void a_web_server_wants_a_password() {
            FakeMiner miner = miner((command, socket, out) ->
                    out.write(Replies.bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")));

            assertThat(perform(miner.address(), RESTART)).isInstanceOf(Unsupported.class);
        }

        @Test
        void a_second_action_on_one_device_is_refused_while_one_is_under_way() throws IOException {
            CountDownLatch queried = new CountDownLatch(1);
            CountDownLatch answer = new CountDownLatch(1);
            FakeMiner miner = miner((command, socket, out) -> {
                queried.countDown();
                awaited(answer, AMPLE.toMillis());
                out.write(Replies.bytes(command.equals("version") ? Replies.version("Antminer S19 Pro") : OK));
            });
            CompletableFuture<ControlResult> first =
                    control.perform(miner.address(), POOL_1, AMPLE).toCompletableFuture();
            awaited(queried, AMPLE.toMillis());

            assertThat(perform(miner.address(), RESTART))
                    .isEqualTo(new Failed(miner.address(), Step.QUEUED, "another command to it is under way"));
            answer.countDown();
            assertThat(first.join()).isInstanceOf(Done.class);
            assertThat(perform(miner.address(), POOL_1)).isInstanceOf(Done.class);
        }

        @Test
        void a_control_that_is_closed_ends_what_is_under_way() throws IOException {
            CountDownLatch queried = new CountDownLatch(1);
            FakeMiner miner = miner((command, socket, out) -> {
                queried.countDown();
                FakeMiner.stayUntilHungUp(socket);
            });
            CompletableFuture<ControlResult> result =
                    control.perform(miner.address(), RESTART, AMPLE).toCompletableFuture();
            awaited(queried, AMPLE.toMillis());
            control.close();

            assertThat(result.join()).isInstanceOf(Failed.class);
            assertThat(control.perform(miner.address(), RESTART, AMPLE).toCompletableFuture())
                    .failsWithin(AMPLE)
                    .withThrowableOfType(CancellationException.class);
        }
    }

    @Test
    void a_pool_has_a_number_from_0_to_99() {
        assertThatThrownBy(() -> new ControlAction.SwitchPool(100))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("pool must be between 0 and 99, not 100");
    }

    @Test
    void no_action_of_any_family_makes_a_request_that_ends_or_reconfigures_a_miner() {
        LuxosSession session = new LuxosSession("s");
        for (ControlFamily family : ControlFamily.values()) {
            for (ControlAction action : new ControlAction[] {RESTART, LED_ON, LED_OFF, POOL_1}) {
                ControlOffer offer = family.offer(action);
                if (offer instanceof ControlOffer.Plain plain) {
                    assertThat(plain.request().verb()).isIn("restart", "switchpool", "ascidentify", "ascset");
                } else if (offer instanceof ControlOffer.InSession inSession) {
                    assertThat(inSession.request().apply(session).verb()).isIn("resetminer", "ledset");
                }
            }
        }
    }
}
