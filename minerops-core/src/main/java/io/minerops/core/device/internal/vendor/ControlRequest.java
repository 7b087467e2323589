package io.minerops.core.device.internal.vendor;

import java.nio.charset.StandardCharsets;

/**
 * A request that changes a device. The ones that can be made are the ones that are named here: there is no way to make
 * one of a text, and so none to stop a miner for good, to change its pools or to save its settings.
 */
public final class ControlRequest {
    private final String verb;
    private final String parameter;

    private ControlRequest(String verb, String parameter) {
        this.verb = verb;
        this.parameter = parameter;
    }

    /** CGMiner: the mining process starts again. */
    static ControlRequest restart() {
        return new ControlRequest("restart", "");
    }

    /** CGMiner and its relatives: work for that pool first. */
    static ControlRequest switchPool(int pool) {
        return new ControlRequest("switchpool", Integer.toString(pool));
    }

    /** CGMiner: the first chip chain flashes for a while, where its driver can. */
    static ControlRequest identify() {
        return new ControlRequest("ascidentify", "0");
    }

    /** Avalon: the light of the first module. */
    static ControlRequest avalonLed(boolean on) {
        return new ControlRequest("ascset", "0,led,1-" + (on ? 1 : 0));
    }

    /** LuxOS: opens the one session that there can be. */
    public static ControlRequest logon() {
        return new ControlRequest("logon", "");
    }

    /** LuxOS: ends the session. */
    public static ControlRequest logoff(LuxosSession session) {
        return new ControlRequest("logoff", session.id());
    }

    /** LuxOS: the mining process starts again. */
    static ControlRequest resetMiner(LuxosSession session) {
        return new ControlRequest("resetminer", session.id());
    }

    /** LuxOS: the red light blinks, or is left to the firmware again. */
    static ControlRequest luxosLed(LuxosSession session, boolean on) {
        return new ControlRequest("ledset", session.id() + ",red," + (on ? "blink" : "off"));
    }

    /** The command, without its parameter, which may hold a session. */
    public String verb() {
        return verb;
    }

    /** What goes over the wire. */
    public byte[] bytes() {
        String rest = parameter.isEmpty() ? "" : ",\"parameter\":\"" + parameter + '"';
        return ("{\"command\":\"" + verb + '"' + rest + '}').getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return verb;
    }
}
