package io.minerops.api.miner;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a device reported of itself, with the time for which it held, such as the serial number of a hash board
 * or a fault. All text comes from the device and may be hostile; it is bounded in length.
 *
 * @param id the store's number, ascending; {@link #UNSAVED} before it is stored
 * @param miner the miner
 * @param kind what it is about
 * @param slot the slot of the hash board, 0 to {@value HashBoard#MAX_SLOT}; null for the miner as a whole
 * @param value what the device reported; 1 to {@value #MAX_CHARACTERS} characters
 * @param previous the value that this one took the place of; null where none was known, and for faults
 * @param message what a fault stands for, at most {@value #MAX_CHARACTERS} characters; empty for all else
 * @param from since when it holds: the poll that first saw it, or a fault's beginning as the device says
 * @param until when another value or the fault's end was seen; null as long as it holds
 * @param announced whether the change to this value was announced before it, made by MinerOps, or accepted since
 */
public record Fact(
        long id,
        MinerAddress miner,
        FactKind kind,
        @Nullable Integer slot,
        String value,
        @Nullable String previous,
        String message,
        Instant from,
        @Nullable Instant until,
        boolean announced) {
    /** The id of a fact that no store has numbered. */
    public static final long UNSAVED = 0;

    /** The longest value or message, characters. */
    public static final int MAX_CHARACTERS = 256;

    /**
     * What a fact is about: of one subject one value holds at a time.
     *
     * @param code the code of a fault; empty for all else
     */
    public record Subject(
            MinerAddress miner, FactKind kind, @Nullable Integer slot, String code) {}

    public Fact {
        Objects.requireNonNull(miner, "miner");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(from, "from");
        if (slot != null) {
            Check.between("slot", slot, 0, HashBoard.MAX_SLOT);
        }
        Check.text("value", value, MAX_CHARACTERS);
        Check.absentOrLimited("previous", previous, MAX_CHARACTERS);
        Check.limited("message", message, MAX_CHARACTERS);
        if (until != null && until.isBefore(from)) {
            throw new InvalidArgumentException("until", "until must not be before from (" + from + "), not " + until);
        }
    }

    /** A fact of which no earlier value is known, as no store has numbered it. */
    public static Fact first(MinerAddress miner, FactKind kind, @Nullable Integer slot, String value, Instant from) {
        return new Fact(UNSAVED, miner, kind, slot, value, null, "", from, null, false);
    }

    /** The value that takes the place of this one at a time. */
    public Fact changedTo(String other, Instant at, boolean wasAnnounced) {
        return new Fact(UNSAVED, miner, kind, slot, other, value, "", at, null, wasAnnounced);
    }

    /** A fault that no store has numbered, from its beginning, or from a time where the device gives none. */
    public static Fact of(MinerAddress miner, DeviceFault fault, Instant firstSeen) {
        Instant since = fault.since();
        return new Fact(
                UNSAVED,
                miner,
                FactKind.FAULT,
                fault.slot(),
                fault.code(),
                null,
                fault.message(),
                since == null ? firstSeen : since,
                null,
                false);
    }

    /** This fact with an end; one before its beginning becomes its beginning. */
    public Fact ended(Instant at) {
        return copy(id, miner, at.isBefore(from) ? from : at, announced);
    }

    /** This fact as that of a miner that stands at another address. */
    public Fact at(MinerAddress address) {
        return copy(id, address, until, announced);
    }

    /** This fact with its change announced. */
    public Fact accepted() {
        return copy(id, miner, until, true);
    }

    /** The same under a store's number; for stores. */
    public Fact stored(long number) {
        return copy(number, miner, until, announced);
    }

    /** What it is about. */
    public Subject subject() {
        return new Subject(miner, kind, slot, kind == FactKind.FAULT ? value : "");
    }

    /** Whether it took the place of another value. */
    public boolean isChange() {
        return previous != null;
    }

    private Fact copy(long number, MinerAddress address, @Nullable Instant end, boolean known) {
        return new Fact(number, address, kind, slot, value, previous, message, from, end, known);
    }
}
