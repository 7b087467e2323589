package io.minerops.testkit.fleet.server;

/** What a miner does with one request. */
public sealed interface Answer {
    /** It keeps the connection and never says a word. */
    record Silence() implements Answer {}

    /** It ends the connection with a reset. */
    record Reset() implements Answer {}

    /**
     * It sends bytes and closes the connection.
     *
     * @param pace how it sends them
     */
    @SuppressWarnings("ArrayRecordComponent") // made and written once, never compared
    record Bytes(byte[] bytes, Pace pace) implements Answer {}

    /** How bytes are sent. */
    enum Pace {
        /** As fast as the client takes them. */
        AT_ONCE,
        /** One at each tick of the server. */
        DRIP,
        /** As fast as the client takes them, and when all are sent the second half of them again, for ever. */
        FOR_EVER
    }

    static Answer atOnce(byte[] bytes) {
        return new Bytes(bytes, Pace.AT_ONCE);
    }
}
