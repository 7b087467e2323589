package io.minerops.core.device.internal.vendor;

import java.util.function.Function;

/** What a family has for an action. */
public sealed interface ControlOffer {
    /**
     * One request does it.
     *
     * @param effect the effect, in our wording
     */
    record Plain(ControlRequest request, String effect) implements ControlOffer {}

    /** One request does it, in a session that is opened before and ended after. */
    record InSession(Function<LuxosSession, ControlRequest> request, String effect) implements ControlOffer {}

    /** Nothing, or nothing without a password of the device. */
    record None(String reason) implements ControlOffer {}
}
