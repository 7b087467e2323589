package io.minerops.server.rest;

import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.MinerOps;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.ControlForm;
import io.minerops.server.rest.view.MinerNames;
import java.util.List;
import java.util.Locale;

/** Tells miners to do things, where the settings allow that. */
final class ControlRoutes {
    private final MinerOps ops;
    private final MinerNames names;

    ControlRoutes(MinerOps ops, MinerNames names) {
        this.ops = ops;
        this.names = names;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/miners/{ip}/actions", this::act)
                .body(ControlForm.FIELDS)
                .effect(Route.Effect.MINERS));
    }

    private Reply act(ApiRequest request) {
        if (!ops.controls()) {
            throw HttpFailure.of(403, "miners are not controlled by this server; MINER_CONTROL=true allows it");
        }
        MinerAddress miner = names.inPath(request);
        ControlForm form = ControlForm.of(request.body(), request.tokenName());
        if (ops.fleet().find(miner).isEmpty()) {
            throw HttpFailure.notFound("there is no miner " + names.of(miner));
        }
        ControlResult result = ops.control(miner, form.action(), form.who())
                .toCompletableFuture()
                .join();
        return answer(result, miner, form.name());
    }

    private Reply answer(ControlResult result, MinerAddress miner, String action) {
        JsonObject reply = JsonObject.object().flag("ok", result instanceof ControlResult.Done);
        int status = 200;
        if (result instanceof ControlResult.Done done) {
            reply.text("message", done.effect()).text("outcome", "done");
        } else if (result instanceof ControlResult.Unsupported unsupported) {
            status = 409;
            reply.text("error", unsupported.reason()).text("outcome", "unsupported");
        } else if (result instanceof ControlResult.Denied) {
            status = 502;
            reply.text("error", result.describe()).text("outcome", "denied");
        } else if (result instanceof ControlResult.Failed failed) {
            status = failed.step() == ControlResult.Step.QUEUED ? 409 : 502;
            reply.text("error", failed.reason())
                    .text("outcome", "failed")
                    .text("step", failed.step().name().toLowerCase(Locale.ROOT));
        }
        return Reply.json(status, reply.text("miner_ip", names.of(miner)).text("action", action));
    }
}
