package io.minerops.server.reload;

import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rules.RuleFiles;

/** The route that reloads at once. */
public final class ReloadRoute {
    private ReloadRoute() {}

    /** {@code POST /api/reload}. */
    public static Route of(Reload reload) {
        return Route.post("/api/reload", request -> answer(reload)).effect(Route.Effect.ALERTS);
    }

    private static Reply answer(Reload reload) {
        try {
            ReloadReport report = reload.now();
            return Reply.json(JsonObject.ok()
                    .object("rules", report.rules() == null ? null : RuleFiles.changes(report.rules()))
                    .texts("warnings", report.warnings())
                    .texts("channels", report.channels())
                    .texts("taken_up", report.takenUp())
                    .texts("needs_restart", report.waiting()));
        } catch (ReloadException e) {
            return Reply.json(
                    400,
                    JsonObject.object()
                            .flag("ok", false)
                            .text("error", e.getMessage())
                            .texts("problems", e.problems()));
        }
    }
}
