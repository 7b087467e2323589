package io.minerops.core.device.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.normalise.Plausible;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.internal.vendor.AxeosFamilyTest;
import io.minerops.core.device.internal.vendor.EpicFamilyTest;
import io.minerops.core.device.internal.vendor.ProtoFamilyTest;
import io.minerops.core.device.internal.vendor.antminer.BraiinsFamilyTest;
import io.minerops.core.device.internal.wire.Reply;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a device's replies were turned into, what comes of them can be or is absent, and nothing fails. */
class HostileFamiliesPropertiesTest {
    private static final Map<Command, String> AVALON = Map.of(
            Command.VERSION,
            Replies.section(
                    "VERSION",
                    "{\"PROD\":\"Avalon Nano3s\",\"MODEL\":\"Nano3s\",\"MAC\":\"0200AABBCCDD\",\"DNA\":\"0201\"}"),
            Command.SUMMARY,
            Replies.section("SUMMARY", "{\"Elapsed\":3600,\"MHS 1m\":6000000.0,\"MHS av\":6000000.0}"),
            Command.STATS,
            Replies.section(
                    "STATS",
                    "{\"STATS\":0,\"ID\":\"AVANANO0\",\"MM ID0\":\"Ver[Nano3s-22010101_aaaaaaa] Elapsed[3600] HW[1]"
                            + " TMax[95] TAvg[90] Fan1[1500] PS[0 0 27500 4 0 3700 130] GHSspd[6600.00] GHSavg[6700.00]"
                            + " MGHS[6700.00] TA[2] PVT_T0[ 85  91]\"}"),
            Command.POOLS,
            Replies.pools());

    private static final Map<Command, String> AVALON_AS_TEXT = Map.of(
            Command.VERSION,
            "STATUS=S,When=1,Code=22,Msg=ok,Description=cgminer 4.11.1|VERSION,PROD=Avalon Mini3,MODEL=Mini3,DNA=0201|",
            Command.STATS,
            "STATUS=S,When=1,Code=70,Msg=ok,Description=cgminer 4.11.1|STATS=0,ID=AVALON0,Elapsed=3600,MM ID0="
                    + "Ver[Mini3-22010101_a] S[Work: In Work, Hash Board: 1] PS[0 1 2 3 790 1 820] GHSspd[37000] TMax[80]"
                    + " TAvg[70] Fan1[1500],MM Count=1|");

    private static final List<Map<Command, String>> DEVICES = List.of(
            AVALON,
            AVALON_AS_TEXT,
            Map.of(Command.AXEOS_INFO, AxeosFamilyTest.INFO),
            Map.of(
                    Command.EPIC_SUMMARY, EpicFamilyTest.SUMMARY,
                    Command.EPIC_CAPABILITIES, EpicFamilyTest.CAPABILITIES,
                    Command.EPIC_NETWORK, EpicFamilyTest.NETWORK),
            ProtoFamilyTest.RIG,
            BraiinsFamilyTest.REST,
            Map.of(
                    Command.VERSION,
                    Replies.section("VERSION", "{\"BOSer\":\"boser 0.1.0\"}"),
                    Command.BRAIINS_GRAPHQL,
                    BraiinsFamilyTest.GRAPHQL));

    private static final List<String> PIECES = List.of(
            "-1",
            "0",
            "-273",
            "1e300",
            "-1e300",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"x\"",
            "[[1]]",
            "@",
            "\\",
            "\"",
            "]",
            "[",
            "|",
            "=",
            ",",
            " ",
            "99999999999999999999",
            "http://a:b@",
            "\u0000",
            "\u202e",
            "é");

    /** A piece of one of these put in the place of what stands there, as often as the list is long. */
    record Damage(int reply, int at, int length, String piece) {
        String to(String text) {
            int start = at % text.length();
            return text.substring(0, start) + piece + text.substring(Math.min(text.length(), start + length));
        }
    }

    @Property(tries = 1500)
    void damaged_replies_give_plausible_readings_or_none(
            @ForAll("devices") int device, @ForAll("damage") List<Damage> all) {
        Map<Command, String> whole = DEVICES.get(device);
        List<Command> commands = whole.keySet().stream().sorted().toList();
        Map<Command, String> damaged = new EnumMap<>(whole);
        for (Damage damage : all) {
            Command command = commands.get(damage.reply() % commands.size());
            damaged.computeIfPresent(command, (key, text) -> damage.to(text));
        }
        MinerReading reading = Replies.read(DeviceProfile.UNKNOWN, queried -> answer(damaged, queried));

        assertThat(reading.describe()).hasSizeLessThan(2_000);
        if (reading instanceof MinerReading.Ok ok) {
            for (Reading each : Reading.all()) {
                ok.sample()
                        .reading(each)
                        .ifPresent(value -> assertThat(Plausible.allows(each, value))
                                .as("%s %s", each.key(), value)
                                .isTrue());
            }
            assertThat(ok.implausible()).hasSizeLessThanOrEqualTo(32);
        }
    }

    private static Outcome answer(Map<Command, String> replies, List<Command> queried) {
        Command command = queried.get(0);
        boolean epic = replies.containsKey(Command.EPIC_SUMMARY);
        boolean listens = replies.keySet().stream().anyMatch(other -> other.endpoint() == command.endpoint());
        if (command.endpoint() == Endpoint.CGMINER && epic) {
            return new Outcome.Replied(new Reply.WebServer());
        } else if (!listens) {
            return new Outcome.Unconnected("Connection refused");
        } else if (command.endpoint() == Endpoint.CGMINER) {
            return Replies.replied(Replies.bytes(
                    queried.size() > 1 ? Replies.INVALID : replies.getOrDefault(command, Replies.INVALID)));
        }
        return WebReplies.answer(replies, command);
    }

    @Provide
    Arbitrary<Integer> devices() {
        return Arbitraries.integers().between(0, DEVICES.size() - 1);
    }

    @Provide
    Arbitrary<List<Damage>> damage() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 3_000),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.of(PIECES))
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
