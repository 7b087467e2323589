package io.minerops.api.profit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says how high the chain is and what its blocks bring. Implementations are thread-safe and never block the caller. */
public interface ChainSource {
    /** The source's name, as shown with its values. */
    String name();

    /**
     * The chain now.
     *
     * @return a stage that fails with {@link MarketException} where there is no value; a value is never invented
     */
    CompletionStage<ChainState> chain();

    /**
     * The epochs from a number on, as far as the source knows them, in any order; default: none. Others may be among them,
     * which are compared with those that are known.
     *
     * @param number the first that is of interest, 0 or more
     * @return a stage that fails with {@link MarketException} where the source does not answer
     */
    default CompletionStage<List<Epoch>> epochsFrom(int number) {
        return CompletableFuture.completedFuture(List.of());
    }
}
