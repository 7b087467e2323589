package io.minerops.api;

import java.util.Objects;

/**
 * A value that cannot be accepted. The message names the argument, the value given and what would be accepted;
 * {@link #argument()} names the argument alone, so that a server can point at the field.
 */
public final class InvalidArgumentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String argument;

    /**
     * A refusal of one argument.
     *
     * @param argument the name of the argument at fault
     * @param message one sentence that names the argument, the value and what would be accepted; never a secret
     */
    public InvalidArgumentException(String argument, String message) {
        super(message);
        this.argument = Objects.requireNonNull(argument, "argument");
    }

    /** The name of the argument at fault. */
    public String argument() {
        return argument;
    }
}
