package io.minerops.core.device.internal.vendor.whatsminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whatsminer, by its first and second API on the CGMiner port or its third on a port of its own. What the second and the
 * third say of one device means the same.
 */
public final class WhatsminerFamily implements DeviceFamily {
    private static final List<Command> BY_CGMINER = List.of(
            Command.SUMMARY,
            Command.DEVS,
            Command.POOLS,
            Command.DEVDETAILS,
            Command.STATUS,
            Command.GET_VERSION,
            Command.GET_MINER_INFO);
    private static final List<Command> BY_THIRD_API = List.of(
            Command.WHATSMINER_INFO, Command.WHATSMINER_SUMMARY, Command.WHATSMINER_BOARDS, Command.WHATSMINER_POOLS);

    /** No other maker's summary has any of these. */
    private static final List<String> OWN_FIELDS = List.of("HS RT", "Factory GHS", "Fan Speed In", "Power Fanspeed");

    @Override
    public boolean recognises(DeviceReplies replies) {
        String description = replies.description().toLowerCase(Locale.ROOT);
        Fields summary = replies.section(Command.SUMMARY);
        return description.startsWith("whatsminer")
                || description.startsWith("btminer")
                || OWN_FIELDS.stream().anyMatch(summary::has)
                || WhatsminerByCgminer.saysWhetherOff(replies)
                || WhatsminerByThirdApi.answers(replies);
    }

    @Override
    public List<Command> commands() {
        return BY_CGMINER;
    }

    /** {@code devs} reports boards, on some firmwares by {@code edevs} alone, and on the first by {@code stats}. */
    @Override
    public List<Command> commands(DeviceReplies replies) {
        if (WhatsminerByThirdApi.answers(replies)) {
            return BY_THIRD_API;
        }
        List<Command> more = new ArrayList<>(BY_CGMINER);
        if (!WhatsminerFaults.inSummary(replies)) {
            more.add(Command.GET_ERROR_CODE);
        }
        if (!replies.section(Command.DEVS).isEmpty()) {
            return more;
        }
        more.add(Command.EDEVS);
        if (replies.section(Command.EDEVS).isEmpty()) {
            more.add(Command.STATS);
        }
        return more;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        return WhatsminerByThirdApi.answers(replies)
                ? WhatsminerByThirdApi.normalise(replies, miner, readAt)
                : WhatsminerByCgminer.normalise(replies, miner, readAt);
    }

    /** The rate, 0 where the device says that it is switched off, whatever its windows still hold. */
    static Hashrate set(DeviceValues device, Hashrate measured, boolean off) {
        Hashrate rate = off ? new Hashrate(0, measured.average(), measured.implausible()) : measured;
        device.set(rate);
        return rate;
    }
}
