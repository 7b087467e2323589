package io.minerops.blocks;

/** Stored bytes are not what they claim to be; the message says which part and why. */
public final class DamagedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedBytesException(String message) {
        super(message);
    }
}
