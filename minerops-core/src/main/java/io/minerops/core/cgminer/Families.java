package io.minerops.core.cgminer;

import java.util.List;

/** The families in the order in which they are tried: firmwares that pose as another come before the one they pose as. */
final class Families {
    private static final GenericFamily GENERIC = new GenericFamily();
    private static final List<Family> KNOWN = List.of(new BraiinsFamily(), new LuxosFamily(), new AntminerFamily());

    private Families() {}

    /** The first family that knows the replies, or the generic one. */
    static Family of(DeviceReplies replies) {
        for (Family family : KNOWN) {
            if (family.recognises(replies)) {
                return family;
            }
        }
        return GENERIC;
    }
}
