package io.minerops.rules;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.alert.RuleTypes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a file of rules is read with.
 *
 * @param types the types of rules that are known
 * @param defaultPort the port of a miner whose address has none
 * @param environment gives the value of a variable that a {@code webhook_url} names, or null where it is not set
 */
public record RuleContext(RuleTypes types, int defaultPort, Function<String, @Nullable String> environment) {
    /** The types that come with the library, the port of the CGMiner API, and the environment of this process. */
    public static RuleContext standard() {
        return new RuleContext(RuleTypes.standard(), MinerAddress.DEFAULT_PORT, System::getenv);
    }

    /** The same with other types. */
    public RuleContext withTypes(RuleTypes other) {
        return new RuleContext(other, defaultPort, environment);
    }

    /** The same with another default port. */
    public RuleContext withDefaultPort(int other) {
        return new RuleContext(types, other, environment);
    }

    /** The same with another environment. */
    public RuleContext withEnvironment(Function<String, @Nullable String> other) {
        return new RuleContext(types, defaultPort, other);
    }
}
