package io.minerops.api.profit;

import java.util.concurrent.CompletionStage;

/** Says how difficult the network is. Implementations are thread-safe and never block the caller. */
public interface DifficultySource {
    /** The source's name, as shown with its values. */
    String name();

    /**
     * The difficulty now.
     *
     * @return a stage that fails with {@link MarketException} where there is no value; a value is never invented
     */
    CompletionStage<Difficulty> difficulty();
}
