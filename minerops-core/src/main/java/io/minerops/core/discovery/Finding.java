package io.minerops.core.discovery;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;

/** What one attempt to read an address says of who is there. */
sealed interface Finding {
    /** A miner. */
    record Found(DiscoveredMiner miner) implements Finding {}

    /** Something unidentified. */
    record Unidentified(String reason) implements Finding {}

    /** The port is closed. */
    record Refused() implements Finding {}

    /** No sign of anybody. */
    record Silent() implements Finding {}

    /** It was not queried. */
    record NotQueried() implements Finding {}

    /** Start of the message of all platforms' kernels for a closed port. */
    String PORT_SHUT = "Connection refused";

    /** What a reading says. */
    static Finding of(MinerReading reading) {
        if (reading instanceof MinerReading.Ok ok) {
            return new Found(new DiscoveredMiner(ok.sample(), ok.identity()));
        } else if (reading instanceof MinerReading.Refused refused) {
            // no route, and no answer to ARP, is no word from the host itself
            return refused.reason().startsWith(PORT_SHUT) ? new Refused() : new Silent();
        } else if (reading instanceof MinerReading.NotRead
                || (reading instanceof MinerReading.TimedOut timedOut && timedOut.phase() == Phase.QUEUED)) {
            return new NotQueried();
        } else if (reading instanceof MinerReading.TimedOut timedOut && timedOut.phase() == Phase.CONNECT) {
            return new Silent();
        } else if (reading instanceof MinerReading.TimedOut) {
            return new Unidentified("accepts connections and gives no whole answer in time");
        } else if (reading instanceof MinerReading.NotAMiner other) {
            return new Unidentified(other.reason());
        } else if (reading instanceof MinerReading.AccessDenied denied) {
            return new Unidentified("denies access to " + denied.command());
        } else if (reading instanceof MinerReading.NoReadings named) {
            return new Unidentified(named.device() + ": " + named.reason());
        } else if (reading instanceof MinerReading.Disconnected) {
            return new Unidentified("ends the connection before its answer is whole");
        } else if (reading instanceof MinerReading.Partial) {
            return new Unidentified("gives half an answer");
        } else if (reading instanceof MinerReading.TooLarge large) {
            return new Unidentified("answers more than " + large.limitBytes() + " bytes");
        }
        return new Unidentified(
                reading instanceof MinerReading.Malformed malformed ? malformed.reason() : reading.describe());
    }

    /** Whether a second try may end better: by then the address is looked up, and a packet is rarely lost twice. */
    static boolean isWorthARetry(MinerReading reading) {
        return reading instanceof MinerReading.TimedOut
                || reading instanceof MinerReading.NotRead
                || reading instanceof MinerReading.Disconnected
                || reading instanceof MinerReading.Partial
                || of(reading) instanceof Silent;
    }

    /** Whether a connection was accepted and the host may only be slow. */
    static boolean isSlow(MinerReading reading) {
        return !(of(reading) instanceof Silent) && !(of(reading) instanceof NotQueried);
    }
}
