package io.minerops.server.rest;

import io.minerops.api.alert.Silence;
import io.minerops.core.MinerOps;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.SilenceForm;
import io.minerops.server.rest.view.Slice;
import io.minerops.server.rest.view.Views;
import java.time.InstantSource;
import java.util.List;

/** Silences: list, make and end. */
final class SilenceRoutes {
    private final MinerOps ops;
    private final Views views;
    private final SilenceForm form;
    private final InstantSource clock;

    SilenceRoutes(MinerOps ops, Views views, InstantSource clock) {
        this.ops = ops;
        this.views = views;
        this.form = new SilenceForm(views.names());
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/alerts/silences", this::list).query("limit", "cursor"),
                Route.post("/api/alerts/silences", this::create)
                        .body(SilenceForm.FIELDS)
                        .effect(Route.Effect.ALERTS),
                Route.delete("/api/alerts/silences/{id:id}", this::delete).effect(Route.Effect.ALERTS));
    }

    private Reply list(ApiRequest request) {
        Query query = request.query();
        var slice = Slice.of(query, ops.silences().all());
        return Reply.json(JsonObject.ok()
                .whole("count", slice.items().size())
                .list("silences", slice.items(), silence -> views.silence(silence, clock.instant()))
                .text("next", slice.next()));
    }

    private Reply create(ApiRequest request) {
        Silence silence = ops.silences().create(form.read(request.body(), clock.instant()));
        return Reply.json(201, JsonObject.ok().object("silence", views.silence(silence, clock.instant())));
    }

    private Reply delete(ApiRequest request) {
        if (!ops.silences().end(request.id())) {
            throw HttpFailure.notFound("there is no silence " + request.id());
        }
        return Reply.json(JsonObject.ok().text("message", "silence " + request.id() + " ended"));
    }
}
