package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.SerialNumber;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** ePIC's PowerPlay, on ePIC's own machines and on Antminers: a web server on the port of the CGMiner API. */
final class EpicFamily implements DeviceFamily {
    private static final List<Command> COMMANDS =
            List.of(Command.EPIC_SUMMARY, Command.EPIC_CAPABILITIES, Command.EPIC_NETWORK);
    private static final int MAX_FANS = 16;

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields summary = replies.section(Command.EPIC_SUMMARY);
        return summary.has("HBs") && (summary.has("HBStatus") || summary.has("Software"));
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields summary = replies.section(Command.EPIC_SUMMARY);
        Fields session = summary.child("Session");
        Fields boards = summary.child("HBs");
        Hashrate hashrate = hashrate(summary, session, boards);
        return DeviceValues.empty(miner, readAt)
                .set(hashrate)
                .set(Power.given(summary.child("Power Supply Stats").number("Input Power"), false, hashrate.now()))
                .set(Temperatures.of(boards.numbers("Temperature")))
                .set(fans(summary.child("Fans Rpm"), hashrate))
                .set(boards(replies.section(Command.EPIC_CAPABILITIES), session, hashrate))
                .set(Reading.ELAPSED_S, session.number("Uptime"))
                .set(Reading.ACCEPTED, session.number("Accepted"))
                .set(Reading.REJECTED, session.number("Rejected"))
                .pools(summary.child("Stratum").has("IsPoolConnected") ? alive(summary) : Double.NaN, pool(summary))
                .faults(new Faults(readAt)
                        .addField(summary.child("Status"), "Last Error")
                        .list())
                .build(identity(replies, summary), Normalised::new);
    }

    /** Of a board's list of rates the first is the measured one, MH/s; the next is it in % of what was expected. */
    private static Hashrate hashrate(Fields summary, Fields session, Fields boards) {
        String algorithm = summary.child("Mining").rawText("Algorithm");
        boolean other = algorithm != null && !algorithm.toLowerCase(Locale.ROOT).startsWith("sha");
        double megahashes = boards.each().stream()
                .map(board -> board.list("Hashrate"))
                .filter(rates -> rates.length > 0)
                .mapToDouble(rates -> rates[0])
                .filter(rate -> !Double.isNaN(rate))
                .sum();
        double now = boards.isEmpty() && !resting(summary) ? Double.NaN : megahashes / 1e6;
        return other
                ? Hashrate.ABSENT
                : Hashrate.checked(ExpectedRate.of(expected(boards) / 1e6), session.number("Average MHs") / 1e6, now);
    }

    /** What the boards should do, MH/s, by the share of it that they reach; 0 where they do not say. */
    private static double expected(Fields boards) {
        return boards.each().stream()
                .map(board -> board.list("Hashrate"))
                .filter(rates -> rates.length > 1 && rates[1] > 0)
                .mapToDouble(rates -> rates[0] * 100 / rates[1])
                .filter(rate -> !Double.isNaN(rate))
                .sum();
    }

    /** A machine that does not mine lists no boards. */
    private static boolean resting(Fields summary) {
        String state = summary.child("Status").text("Operating State");
        return state != null && !state.equalsIgnoreCase("Mining");
    }

    /** A slot without a fan is null; 0 is a stopped fan. */
    private static Fans fans(Fields fans, Hashrate hashrate) {
        double[] rpm = IntStream.rangeClosed(1, MAX_FANS)
                .mapToDouble(fan -> fans.number("Fans Speed " + fan))
                .toArray();
        return hashrate.atRest() ? Fans.ofSlots(rpm) : Fans.of(rpm);
    }

    /** It reports the expected chips of a board, but not the working ones. */
    private static Boards boards(Fields capabilities, Fields session, Hashrate hashrate) {
        double boards = capabilities.number("Max HBs");
        double chips = capabilities.child("Performance Estimator").number("Chip Count");
        double alive = hashrate.atRest() ? Double.NaN : session.number("Active HBs");
        return new Boards(alive, boards, Double.NaN, boards * chips);
    }

    private static double alive(Fields summary) {
        return summary.child("Stratum").flag("IsPoolConnected") ? 1 : 0;
    }

    private static @Nullable Pool pool(Fields summary) {
        Fields stratum = summary.child("Stratum");
        return stratum.flag("IsPoolConnected")
                ? Pools.pool(stratum.text("Current Pool"), Double.NaN, "stratum+tcp", stratum.text("Current User"))
                : null;
    }

    private static MinerIdentity identity(DeviceReplies replies, Fields summary) {
        Fields capabilities = replies.section(Command.EPIC_CAPABILITIES);
        Fields network = replies.section(Command.EPIC_NETWORK);
        String reported = capabilities.text("Model");
        boolean antminer = reported != null && reported.toLowerCase(Locale.ROOT).startsWith("antminer");
        AntminerModel model = antminer ? AntminerModel.parse(reported) : null;
        String mac = MacAddress.parse(network.child("dhcp").rawText("mac_address"));
        return new MinerIdentity(
                antminer ? "Bitmain" : "ePIC",
                model == null ? reported : model.name(),
                summary.text("Software"),
                mac != null ? mac : MacAddress.parse(network.child("static").rawText("mac_address")),
                summary.text("Hostname"),
                SerialNumber.parse(capabilities.child("Control Board Version").rawText("cpuSerial")));
    }
}
