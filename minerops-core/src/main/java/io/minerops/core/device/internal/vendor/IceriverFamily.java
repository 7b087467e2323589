package io.minerops.core.device.internal.vendor;

import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Iceriver where it speaks CGMiner: none of its machines computes SHA-256, so that it has no rate that counts. */
final class IceriverFamily extends TableFamily {
    private static final String NAME = "iceriver";

    IceriverFamily() {
        super(
                List.of(Command.VERSION, Command.SUMMARY, Command.STATS, Command.POOLS, Command.DEVS),
                Row.of(Item.MAC, Command.STATS, "mac"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.section(Command.VERSION).keyed(NAME) != null
                || names(replies.description())
                || names(replies.type());
    }

    @Override
    protected Make make(DeviceReplies replies) {
        String type = replies.type();
        return Make.of("Iceriver", type == null ? null : DeviceText.clean(type.replaceFirst("(?i)iceriver\\s*", "")));
    }

    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        return Hashrate.ABSENT;
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        Fields stats = replies.section(Command.STATS);
        device.set(Temperatures.ofAntminer(stats)
                        .or(() -> Temperatures.of(replies.section(Command.DEVS).numbers("Temperature"))))
                .set(Fans.ofAntminer(stats, true));
    }

    private static boolean names(@Nullable String text) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(NAME);
    }
}
