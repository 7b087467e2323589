package io.minerops.core.statement;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which statement is wanted.
 *
 * @param period its time
 * @param by by what the miners are grouped; null for the fleet alone
 * @param name the only group, whose miners are then listed; null for all groups. Null without {@code by}
 */
public record StatementRequest(
        StatementPeriod period, @Nullable By by, @Nullable String name) {
    /** By what miners are grouped. */
    public enum By {
        /** By the owner of the miner. */
        OWNER(miner -> present(miner.owner())),
        /** By the site of the miner. */
        SITE(miner -> present(miner.site())),
        /** By tag; a miner with several is in each of these groups, so that they can add up to more than the fleet. */
        TAG(Miner::tags),
        /** By miner; the names are addresses, as {@link io.minerops.api.miner.MinerAddress#toString()} writes them. */
        MINER(miner -> List.of(miner.address().toString()));

        @SuppressWarnings("ImmutableEnumChecker") // a function of values alone
        private final Function<Miner, List<String>> names;

        By(Function<Miner, List<String>> names) {
            this.names = names;
        }

        private static List<String> present(@Nullable String name) {
            return name == null || name.isBlank() ? List.of() : List.of(name);
        }

        /** The name in lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The groups of a miner; empty where it is in none. */
        public List<String> namesOf(Miner miner) {
            return names.apply(miner);
        }
    }

    public StatementRequest {
        Objects.requireNonNull(period, "period");
        if (by == null && name != null) {
            throw new InvalidArgumentException("by", "by must be given with name");
        }
    }

    /** Whether a miner is in what is wanted. */
    public boolean covers(Miner miner) {
        return by == null || name == null || by.namesOf(miner).contains(name);
    }
}
