package io.minerops.core.device.internal.wire;

/** Finds where one reply ends while its bytes come in, and then reads it. Holds the state of one reply. */
public interface Framing {
    /**
     * Looks at the bytes that follow those of earlier calls.
     *
     * @param bytes the reply from its first byte; later calls give the same bytes and more
     * @return an index at which no more need be awaited, or -1 where more is to come
     */
    int scan(byte[] bytes, int from, int to);

    /**
     * Reads all that came, whole or not, once {@link #scan} has seen it; any bytes at all may be given.
     *
     * @param bytes the reply from its first byte; what comes after its length is not the reply's
     */
    Reply read(byte[] bytes, int length);
}
