package io.minerops.server.http;

import org.jspecify.annotations.Nullable;

/** Answers the requests of a route. */
@FunctionalInterface
public interface RouteHandler {
    /**
     * Answers, on a thread that may wait for a database or a network.
     *
     * @throws HttpFailure where the answer is an error
     * @throws io.minerops.api.InvalidArgumentException where a field is at fault
     */
    Reply answer(ApiRequest request);

    /**
     * The cached response to a reading request. It is called on the thread that takes requests in, which
     * saves handing the request to another, but lets all other connections wait: so it must neither read a file or a
     * database nor calculate for long.
     *
     * @return null where there is more to do, and {@link #answer} is to do it
     * @throws HttpFailure where the answer is an error
     */
    default @Nullable Reply ready(ApiRequest request) {
        return null;
    }

    /** Always ready. */
    static RouteHandler always(Reply reply) {
        return new RouteHandler() {
            @Override
            public Reply answer(ApiRequest request) {
                return reply;
            }

            @Override
            public Reply ready(ApiRequest request) {
                return reply;
            }
        };
    }
}
