package io.minerops.api.internal;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Argument checks whose messages name the argument, the value and the accepted range. */
public final class Check {
    /** The longest piece of a refused text that a message repeats. */
    private static final int QUOTED_CHARACTERS = 60;

    /** How much of a refused text is looked at for what must be masked in that piece. */
    private static final int READ_CHARACTERS = 4_096;

    /** The highest tariff, USD/kWh. */
    public static final int MAX_TARIFF = 1_000;

    private Check() {}

    /** Returns the value when it is finite and at least {@code min}. */
    public static double atLeast(String argument, double value, double min) {
        if (!(value >= min) || Double.isInfinite(value)) {
            throw new InvalidArgumentException(
                    argument, argument + " must be a number of at least " + plain(min) + ", not " + plain(value));
        }
        return value;
    }

    /** Returns the value when it lies in {@code min..max}, both included. */
    public static double between(String argument, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new InvalidArgumentException(
                    argument,
                    argument + " must be between " + plain(min) + " and " + plain(max) + ", not " + plain(value));
        }
        return value;
    }

    /** Returns the tariff, USD/kWh, when it is above -1 and at most {@value #MAX_TARIFF}. */
    public static double tariff(String argument, double value) {
        if (!(value > -1 && value <= MAX_TARIFF)) {
            throw new InvalidArgumentException(
                    argument, argument + " must be above -1 and at most " + MAX_TARIFF + ", not " + value);
        }
        return value;
    }

    /** Returns the value when it lies in {@code min..max}, both included. */
    public static int between(String argument, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidArgumentException(
                    argument, argument + " must be between " + min + " and " + max + ", not " + value);
        }
        return value;
    }

    /** Returns the value when it is absent, or finite and at least {@code min}. */
    public static @Nullable Double absentOrAtLeast(String argument, @Nullable Double value, double min) {
        if (value != null) {
            atLeast(argument, value, min);
        }
        return value;
    }

    /** Returns the value when it is absent, or finite and above zero. */
    public static @Nullable Double absentOrPositive(String argument, @Nullable Double value) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException(argument, argument + " must be above 0, not " + plain(value));
        }
        return value;
    }

    /** Returns the text when it has a character that is not blank and at most {@code max} characters. */
    public static String text(String argument, String value, int max) {
        if (value.isBlank()) {
            throw new InvalidArgumentException(argument, argument + " must not be blank");
        }
        return limited(argument, value, max);
    }

    /** Returns the text when it has at most {@code max} characters. */
    public static String limited(String argument, String value, int max) {
        if (value.length() > max) {
            throw new InvalidArgumentException(
                    argument, argument + " must have at most " + max + " characters, not " + value.length());
        }
        return value;
    }

    /** Returns the text when it is absent or has at most {@code max} characters. */
    public static @Nullable String absentOrLimited(String argument, @Nullable String value, int max) {
        return value == null ? null : limited(argument, value, max);
    }

    /** Returns the duration when it is zero or longer. */
    public static Duration notNegative(String argument, Duration value) {
        if (value.isNegative()) {
            throw new InvalidArgumentException(argument, argument + " must not be negative, not " + value);
        }
        return value;
    }

    /** Returns the duration when it is longer than zero. */
    public static Duration positive(String argument, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidArgumentException(argument, argument + " must be longer than 0, not " + value);
        }
        return value;
    }

    /** A refused text as a message may repeat it: quoted, {@linkplain Masked masked}, cut, without control characters. */
    public static String quote(String value) {
        boolean allRead = value.length() <= READ_CHARACTERS;
        // an @ beyond what is read ends a user and password that begin within it
        String end = !allRead && value.indexOf('@', READ_CHARACTERS) >= 0 ? "@" : "";
        String shown = Masked.value(allRead ? value : value.substring(0, READ_CHARACTERS) + end);
        boolean whole = allRead && shown.length() <= QUOTED_CHARACTERS;
        String cut = whole ? shown : shown.substring(0, Math.min(shown.length(), QUOTED_CHARACTERS)) + "…";
        return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
