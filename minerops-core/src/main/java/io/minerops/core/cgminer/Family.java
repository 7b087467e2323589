package io.minerops.core.cgminer;

import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.List;

/**
 * A family of devices: how to know one by its replies, what else to ask it, and what its fields mean. Ours are listed
 * here; others implement {@link DeviceFamily}.
 */
public sealed interface Family
        permits AntminerFamily,
                BraiinsFamily,
                LuxosFamily,
                AvalonFamily,
                EpicFamily,
                AxeosFamily,
                ProtoFamily,
                WhatsminerFamily,
                SealMinerFamily,
                AuradineFamily,
                InnosiliconFamily,
                StrongUFamily,
                GoldshellFamily,
                IceriverFamily,
                GenericFamily,
                DeviceFamily {
    /** Whether these replies, of which there is at least one, come from a device of this family. */
    boolean recognises(DeviceReplies replies);

    /** All that is to be asked of a device of this family, in this order. */
    List<Command> commands();

    /**
     * All that is to be asked of a device of this family that has answered these so far, in this order; asked again after
     * each round until it names nothing new. By default {@link #commands()}.
     */
    default List<Command> commands(DeviceReplies replies) {
        return commands();
    }

    /**
     * What the replies say, in the units of the API; what they do not say, or cannot mean, is absent. Must not fail
     * whatever the replies hold.
     *
     * @param readAt when the last of the replies came
     */
    Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt);
}
