package io.minerops.core.cgminer;

/** How one exchange ended; a deadline that passes is not here, for it belongs to the whole reading. */
sealed interface Outcome {
    /** Bytes came: a whole reply, or what there was when the device closed the connection. */
    record Replied(Reply reply) implements Outcome {
        /** Reads the bytes that came. */
        static Replied of(byte[] bytes) {
            return new Replied(ReplyReader.read(bytes));
        }
    }

    /** No connection came about. */
    record Unconnected(String reason) implements Outcome {}

    /** The connection broke after it had come about. */
    record Broken(String reason) implements Outcome {}

    /** The reply went past the limit. */
    record TooLarge(int limitBytes) implements Outcome {}
}
