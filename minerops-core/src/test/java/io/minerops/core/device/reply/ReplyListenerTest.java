package io.minerops.core.device.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.device.FakeMiner;
import io.minerops.core.device.LoopbackMiners;
import io.minerops.core.device.internal.reading.Replies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplyListenerTest extends LoopbackMiners {
    private record ReportedReply(int port, List<Command> commands, String reply) {}

    private final List<ReportedReply> reported = new CopyOnWriteArrayList<>();
    private final CgminerClient listening = opened(clientOfLoopback()
            .maxReplyBytes(4096)
            .replyListener((miner, port, commands, reply) ->
                    reported.add(new ReportedReply(port, commands, new String(reply, StandardCharsets.ISO_8859_1))))
            .build());

    @Test
    void hears_a_joined_reply_byte_for_byte_before_the_reading_is_there() {
        FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));
        ok(read(listening, miner.address(), AMPLE));

        assertThat(reported).hasSize(1);
        assertThat(reported.get(0).port()).isEqualTo(miner.address().port());
        assertThat(reported.get(0).commands()).isEqualTo(Command.BASIC);
        assertThat(reported.get(0).reply()).contains("\"Antminer S19 Pro\"").endsWith("\0");
    }

    @Test
    void hears_each_reply_of_a_reading_in_turn() {
        FakeMiner miner = opened(FakeMiner.answering(ANTMINER, false));
        ok(read(listening, miner.address(), AMPLE));

        assertThat(reported.stream().map(ReportedReply::commands))
                .containsExactly(
                        Command.BASIC,
                        List.of(Command.VERSION),
                        List.of(Command.SUMMARY),
                        List.of(Command.STATS),
                        List.of(Command.POOLS));
    }

    @Test
    void hears_the_half_of_a_reply_that_never_ends() {
        FakeMiner miner = miner((command, socket, out) -> {
            out.write(Replies.bytes("{\"STATUS\":[{"));
            FakeMiner.stayUntilHungUp(socket);
        });

        assertThat(read(listening, miner.address(), SHORT)).isInstanceOf(MinerReading.TimedOut.class);
        assertThat(reported).extracting(ReportedReply::reply).containsExactly("{\"STATUS\":[{");
    }

    @Test
    void hears_no_more_than_four_replies_of_full_length() {
        FakeMiner miner = miner((command, socket, out) -> out.write(Replies.bytes("{\"a\":\"" + "x".repeat(8192))));
        read(listening, miner.address(), AMPLE);

        assertThat(miner.commands()).hasSizeGreaterThan(4);
        assertThat(reported).hasSize(4).allMatch(each -> each.reply().length() == 4096);
    }

    @Test
    void a_listener_that_fails_does_not_disturb_the_reading() {
        FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));
        CgminerClient disturbed = opened(clientOfLoopback()
                .replyListener((address, port, commands, reply) -> {
                    throw new IllegalStateException("the listener is out of order");
                })
                .build());

        ok(read(disturbed, miner.address(), AMPLE));
    }
}
