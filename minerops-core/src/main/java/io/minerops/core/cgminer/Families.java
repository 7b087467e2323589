package io.minerops.core.cgminer;

import java.util.List;
import java.util.stream.Stream;

/** The families in the order in which they are tried: firmwares that pose as another come before the one they pose as. */
final class Families {
    private static final GenericFamily GENERIC = new GenericFamily();
    private static final List<Family> OURS = List.of(
            new BraiinsFamily(),
            new LuxosFamily(),
            new WhatsminerFamily(),
            new SealMinerFamily(),
            new AuradineFamily(),
            new InnosiliconFamily(),
            new StrongUFamily(),
            new GoldshellFamily(),
            new IceriverFamily(),
            new AntminerFamily(),
            new AvalonFamily(),
            new EpicFamily(),
            new AxeosFamily(),
            new ProtoFamily());

    /** Ours alone. */
    static final Families STANDARD = new Families(List.of());

    private final List<Family> known;

    /**
     * Others, in the order in which they are tried, and then ours.
     *
     * @param others families from outside
     */
    Families(List<DeviceFamily> others) {
        known = Stream.concat(others.stream(), OURS.stream()).toList();
    }

    /** The first family that knows the replies; the generic one where none does or there is no reply. */
    Family of(DeviceReplies replies) {
        if (replies.answered().isEmpty()) {
            return GENERIC;
        }
        for (Family family : known) {
            if (family.recognises(replies)) {
                return family;
            }
        }
        return GENERIC;
    }

    /** Whether any but the generic family knows the replies. */
    boolean knows(DeviceReplies replies) {
        return of(replies) != GENERIC;
    }
}
