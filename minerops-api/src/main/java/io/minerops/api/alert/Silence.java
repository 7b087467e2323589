package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A period without messages for certain alerts, such as maintenance. Alerts are raised and resolved as usual and carry
 * the mark; one that is still open when the silence ends is sent then. All given criteria must match, and at least one
 * must be.
 *
 * @param id the store's number; {@link #UNSAVED} before
 * @param createdAt when it was made
 * @param startsAt when it begins
 * @param endsAt when it is over, after its beginning
 * @param miner the only miner; null for all
 * @param tag miners with this tag, 1 to 64 characters; null for all
 * @param modelFilter a part of the model's name, case ignored, 1 to 120 characters; null for all. A miner whose model
 *     is unknown is not meant
 * @param ruleId the only rule, from 1; null for all
 * @param author who made it, at most 120 characters; null if not given
 * @param comment why, at most 2,000 characters; null if not given
 */
public record Silence(
        long id,
        Instant createdAt,
        Instant startsAt,
        Instant endsAt,
        @Nullable MinerAddress miner,
        @Nullable String tag,
        @Nullable String modelFilter,
        @Nullable Long ruleId,
        @Nullable String author,
        @Nullable String comment) {
    /** The id of a silence that no store has numbered. */
    public static final long UNSAVED = 0;

    public Silence {
        if (!endsAt.isAfter(startsAt)) {
            throw new InvalidArgumentException(
                    "ends_at", "ends_at must be after starts_at (" + startsAt + "), not " + endsAt);
        }
        if (tag != null) {
            Check.text("tag", tag, 64);
        }
        if (modelFilter != null) {
            Check.text("model_filter", modelFilter, 120);
        }
        if (ruleId != null) {
            Check.atLeast("rule_id", ruleId, 1);
        }
        Check.absentOrLimited("author", author, 120);
        Check.absentOrLimited("comment", comment, 2_000);
        if (miner == null && tag == null && modelFilter == null && ruleId == null) {
            throw new InvalidArgumentException(
                    "miner_ip", "a silence must name what it covers: miner_ip, tag, model_filter or rule_id");
        }
    }

    /** A silence that no store has numbered. */
    public static Builder builder(Instant startsAt, Instant endsAt) {
        return new Builder(startsAt, endsAt);
    }

    /** The same under another number, made at another time; for stores. */
    public Silence stored(long number, Instant at) {
        return new Silence(number, at, startsAt, endsAt, miner, tag, modelFilter, ruleId, author, comment);
    }

    /** Whether it holds at that time. */
    public boolean isActive(Instant at) {
        return !at.isBefore(startsAt) && at.isBefore(endsAt);
    }

    /** Whether it is meant for a rule's alerts of a miner, at whatever time. */
    public boolean covers(Miner of, long rule) {
        String model = of.model();
        return (miner == null || miner.equals(of.address()))
                && (tag == null || of.tags().contains(tag))
                && (modelFilter == null
                        || (model != null
                                && model.toLowerCase(Locale.ROOT).contains(modelFilter.toLowerCase(Locale.ROOT))))
                && (ruleId == null || ruleId == rule);
    }

    /** Whether it is meant for a rule's alerts of its whole scope: no miner, tag or model says that of many miners. */
    public boolean coversScope(long rule) {
        return miner == null && tag == null && modelFilter == null && ruleId != null && ruleId == rule;
    }

    /** Collects what a silence covers. Not thread-safe. */
    public static final class Builder {
        private final Instant startsAt;
        private final Instant endsAt;
        private @Nullable MinerAddress miner;
        private @Nullable String tag;
        private @Nullable String modelFilter;
        private @Nullable Long ruleId;
        private @Nullable String author;
        private @Nullable String comment;

        private Builder(Instant startsAt, Instant endsAt) {
            this.startsAt = startsAt;
            this.endsAt = endsAt;
        }

        public Builder miner(@Nullable MinerAddress value) {
            miner = value;
            return this;
        }

        public Builder tag(@Nullable String value) {
            tag = value;
            return this;
        }

        public Builder modelFilter(@Nullable String value) {
            modelFilter = value;
            return this;
        }

        public Builder ruleId(@Nullable Long value) {
            ruleId = value;
            return this;
        }

        public Builder author(@Nullable String value) {
            author = value;
            return this;
        }

        public Builder comment(@Nullable String value) {
            comment = value;
            return this;
        }

        /**
         * The silence.
         *
         * @throws InvalidArgumentException if it covers nothing, or a field is out of its range
         */
        public Silence build() {
            return new Silence(UNSAVED, startsAt, startsAt, endsAt, miner, tag, modelFilter, ruleId, author, comment);
        }
    }
}
