package io.minerops.api.miner;

import io.minerops.api.internal.Check;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a device reports of one of its hash boards. A reading that it did not give is absent; 0 is a reading. Immutable. */
public final class HashBoard {
    /** How many boards of one device are kept. */
    public static final int MAX_BOARDS = 64;

    /** The highest number of a slot. */
    public static final int MAX_SLOT = 511;

    /** The longest serial number, characters. */
    public static final int MAX_SERIAL_CHARACTERS = 64;

    private final int slot;
    private final @Nullable String serial;
    private final double[] values;

    private HashBoard(Builder builder) {
        slot = builder.slot;
        serial = builder.serial;
        values = builder.values.clone();
    }

    /**
     * Starts a board of which every reading is absent.
     *
     * @param slot the slot, 0 to {@value #MAX_SLOT}
     * @throws io.minerops.api.InvalidArgumentException ({@code slot}) if it is out of range
     */
    public static Builder builder(int slot) {
        return new Builder(slot);
    }

    /** Starts a copy of this board. */
    public Builder toBuilder() {
        Builder copy = new Builder(slot);
        copy.serial = serial;
        System.arraycopy(values, 0, copy.values, 0, values.length);
        return copy;
    }

    /** The slot as the device numbers it: from 0 or 1 on. */
    public int slot() {
        return slot;
    }

    /** The board's serial number as the device gives it, 1 to {@value #MAX_SERIAL_CHARACTERS} characters; null if unknown. */
    public @Nullable String serial() {
        return serial;
    }

    /** The reading in the unit that its constant names; NaN where absent. */
    public double value(BoardReading reading) {
        return values[reading.column()];
    }

    /** The reading in the unit that its constant names; empty where absent. */
    public OptionalDouble reading(BoardReading reading) {
        double value = value(reading);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether a history should keep this beside an earlier state of the slot: another serial number, or a value that moved. */
    public boolean moved(HashBoard before) {
        return !Objects.equals(serial, before.serial)
                || BoardReading.all().stream()
                        .anyMatch(reading -> reading.moved(before.value(reading), value(reading)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashBoard that
                && slot == that.slot
                && Objects.equals(serial, that.serial)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(slot, serial, Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("HashBoard[").append(slot);
        if (serial != null) {
            text.append(", serial=").append(serial);
        }
        for (BoardReading reading : BoardReading.all()) {
            if (!Double.isNaN(value(reading))) {
                text.append(", ").append(reading.key()).append('=').append(value(reading));
            }
        }
        return text.append(']').toString();
    }

    /** Collects the readings of one board; not thread-safe. */
    public static final class Builder {
        private final int slot;
        private final double[] values = new double[BoardReading.count()];
        private @Nullable String serial;

        private Builder(int slot) {
            this.slot = Check.between("slot", slot, 0, MAX_SLOT);
            Arrays.fill(values, Double.NaN);
        }

        /**
         * Sets the serial number; null or blank where it is unknown.
         *
         * @throws io.minerops.api.InvalidArgumentException ({@code serial}) if it is too long
         */
        public Builder serial(@Nullable String value) {
            serial = value == null || value.isBlank() ? null : value;
            Check.absentOrLimited("serial", serial, MAX_SERIAL_CHARACTERS);
            return this;
        }

        /** Sets a reading in its unit; NaN or a value that is not plausible makes it absent. */
        public Builder set(BoardReading reading, double value) {
            values[reading.column()] = reading.isPlausible(value) ? value : Double.NaN;
            return this;
        }

        /** Whether neither a serial number nor a reading was set. */
        public boolean isEmpty() {
            return serial == null && Arrays.stream(values).allMatch(Double::isNaN);
        }

        /** The board as collected so far. */
        public HashBoard build() {
            return new HashBoard(this);
        }
    }
}
