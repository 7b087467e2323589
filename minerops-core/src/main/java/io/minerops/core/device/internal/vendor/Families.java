package io.minerops.core.device.internal.vendor;

import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.internal.vendor.antminer.AntminerFamily;
import io.minerops.core.device.internal.vendor.antminer.BraiinsFamily;
import io.minerops.core.device.internal.vendor.antminer.LuxosFamily;
import io.minerops.core.device.internal.vendor.whatsminer.WhatsminerFamily;
import io.minerops.core.device.reply.DeviceReplies;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one registry of device families, in the order in which they are tried: firmwares that pose as another come before
 * the one they pose as. Readings and control recognise a device here.
 */
public final class Families {
    private static final Entry GENERIC = new Entry(new GenericFamily(), ControlFamily.CGMINER);
    private static final List<Entry> OURS = List.of(
            new Entry(new BraiinsFamily(), ControlFamily.BRAIINS),
            new Entry(new LuxosFamily(), ControlFamily.LUXOS),
            new Entry(new WhatsminerFamily(), ControlFamily.WHATSMINER),
            readOnly(new SealMinerFamily()),
            readOnly(new AuradineFamily()),
            readOnly(new InnosiliconFamily()),
            readOnly(new StrongUFamily()),
            readOnly(new GoldshellFamily()),
            readOnly(new IceriverFamily()),
            new Entry(new AntminerFamily(), ControlFamily.ANTMINER),
            new Entry(new AvalonFamily(), ControlFamily.AVALON),
            readOnly(new EpicFamily()),
            readOnly(new AxeosFamily()),
            readOnly(new ProtoFamily()));

    /** The built-in families alone. */
    public static final Families STANDARD = new Families(List.of());

    private final List<Entry> known;

    /** A family and how its devices take commands. */
    private record Entry(DeviceFamily family, ControlFamily control) {}

    /**
     * Others, in the order in which they are tried, and then the built-in ones.
     *
     * @param others families from outside
     */
    public Families(List<DeviceFamily> others) {
        known = Stream.concat(others.stream().map(Families::readOnly), OURS.stream())
                .toList();
    }

    private static Entry readOnly(DeviceFamily family) {
        return new Entry(family, ControlFamily.OTHER);
    }

    /** The first family that recognises the replies; the generic one where none does or there is no reply. */
    public DeviceFamily of(DeviceReplies replies) {
        return entry(replies).family();
    }

    /** How a device with these replies takes commands; as CGMiner does while no other family recognises them. */
    public ControlFamily control(DeviceReplies replies) {
        return entry(replies).control();
    }

    /** Whether any but the generic family recognises the replies. */
    public boolean knows(DeviceReplies replies) {
        return !entry(replies).equals(GENERIC);
    }

    private Entry entry(DeviceReplies replies) {
        if (replies.answered().isEmpty()) {
            return GENERIC;
        }
        for (Entry entry : known) {
            if (entry.family().recognises(replies)) {
                return entry;
            }
        }
        return GENERIC;
    }
}
