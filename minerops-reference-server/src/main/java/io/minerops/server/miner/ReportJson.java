package io.minerops.server.miner;

import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.reply.Command;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.LatestSamples;

/** The report for programs. */
final class ReportJson {
    private ReportJson() {}

    static JsonObject of(MinerReport report) {
        JsonObject identity = JsonObject.object();
        report.identity().forEach(identity::text);
        boolean read = report.reading() instanceof MinerReading.Ok;
        JsonObject object = JsonObject.object().flag("ok", read);
        if (!read) {
            object.text("error", report.outcome());
        }
        WorkState state = report.state();
        return object.text("miner_ip", report.reading().miner().toString())
                .text("outcome", report.reading().getClass().getSimpleName())
                .text("description", report.outcome())
                .object("identity", identity)
                .numbers("readings", report.readings())
                .text("state", state == null ? null : state.key())
                .list("faults", report.faults(), ReportJson::fault)
                .list("boards", report.boards(), board -> board(report, board))
                .flag("power_estimated", report.powerEstimated())
                .whole("repairs", report.repairs())
                .texts("implausible", report.implausible())
                .texts("missing", report.missing())
                .list(
                        "replies",
                        report.replies(),
                        reply -> JsonObject.object()
                                .whole("port", reply.port())
                                .texts(
                                        "commands",
                                        reply.commands().stream()
                                                .map(Command::wireName)
                                                .toList())
                                .whole("bytes", reply.bytes().length)
                                .text("text", report.mask().mask(reply.bytes())));
    }

    private static JsonObject board(MinerReport report, HashBoard board) {
        String serial = board.serial();
        return LatestSamples.board(board)
                .text("serial", serial == null ? null : report.mask().value("serial", serial));
    }

    private static JsonObject fault(MinerReport.ShownFault fault) {
        Integer slot = fault.slot();
        return JsonObject.object()
                .text("code", fault.code())
                .text("message", fault.message())
                .time("since", fault.since())
                .whole("slot", slot == null ? null : slot.longValue());
    }
}
