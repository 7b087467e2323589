package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.ControlAction;
import io.minerops.core.device.internal.vendor.ControlOffer.InSession;
import io.minerops.core.device.internal.vendor.ControlOffer.None;
import io.minerops.core.device.internal.vendor.ControlOffer.Plain;
import io.minerops.core.device.reply.Command;
import java.util.List;

/** How the families of devices take commands over the CGMiner API. */
public enum ControlFamily {
    /** CGMiner itself, and what is not known to be anything else. */
    CGMINER,
    /** Antminers with Bitmain's firmware, VNish, Hiveon and the like. */
    ANTMINER,
    /** Braiins OS. */
    BRAIINS,
    LUXOS,
    AVALON,
    WHATSMINER,
    /** A family that is known, but not how it takes commands. */
    OTHER;

    /** What is queried to find out, until it is known. */
    public static final List<Command> REQUESTS = List.of(Command.VERSION, Command.STATS, Command.SUMMARY);

    private static final String PROCESS_RESTARTS = "the mining process restarts";

    /** What devices of this family have for an action. */
    public ControlOffer offer(ControlAction action) {
        if (this == WHATSMINER) {
            return new None("a Whatsminer takes commands only with its own password, which MinerOps does not hold");
        } else if (this == OTHER) {
            return new None("it is not known how devices of this family take commands");
        } else if (action instanceof ControlAction.SwitchPool switched) {
            return new Plain(
                    ControlRequest.switchPool(switched.pool()),
                    "it works for pool " + switched.pool() + " from now on");
        } else if (action instanceof ControlAction.Led led) {
            return led(led.on());
        }
        return restart();
    }

    private ControlOffer restart() {
        return switch (this) {
            case LUXOS -> new InSession(ControlRequest::resetMiner, PROCESS_RESTARTS);
            case BRAIINS -> new None("Braiins OS restarts only through its web server or SSH, with a password");
            default -> new Plain(ControlRequest.restart(), PROCESS_RESTARTS);
        };
    }

    private ControlOffer led(boolean on) {
        return switch (this) {
            case LUXOS ->
                new InSession(
                        session -> ControlRequest.luxosLed(session, on),
                        on ? "its red LED blinks" : "its red LED is off");
            case AVALON -> new Plain(ControlRequest.avalonLed(on), on ? "its LED is on" : "its LED is off");
            case CGMINER ->
                on
                        ? new Plain(ControlRequest.identify(), "its first chain flashes for a while")
                        : new None("the flash of a CGMiner device ends by itself");
            case ANTMINER -> new None("an Antminer's LED is switched only through its web server, with a password");
            default -> new None("Braiins OS switches LEDs only through its web server or SSH, with a password");
        };
    }
}
