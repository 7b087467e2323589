package io.minerops.server.http.gateway;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.profit.MarketException;
import io.minerops.server.http.HttpFailure;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Responses to failures; unexpected ones are logged and identified by a number. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static HttpFailure of(Request request, Throwable e) {
        if (e instanceof HttpFailure failure) {
            return failure;
        }
        if (e instanceof InvalidArgumentException invalid) {
            return HttpFailure.of(400, message(invalid), invalid.argument());
        }
        if (e instanceof MarketException) {
            return HttpFailure.of(502, message(e));
        }
        if (e instanceof HttpException http) {
            return HttpFailure.of(http.getCode(), "the request is not valid HTTP");
        }
        String id = UUID.randomUUID().toString();
        LOG.error(
                "{} {} failed, error {}",
                request.getMethod(),
                request.getHttpURI().getPath(),
                id,
                e);
        return e instanceof StoreException
                ? HttpFailure.of(503, "the database did not respond; see the server's log for error " + id)
                : HttpFailure.of(500, "internal error; see the server's log for error " + id);
    }

    private static String message(@Nullable Throwable e) {
        return e == null || e.getMessage() == null ? "not accepted" : e.getMessage();
    }
}
