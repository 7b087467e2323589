package io.minerops.server.certify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.certify.Certificate;
import io.minerops.core.certify.CertificateCriteria;
import java.util.List;
import java.util.function.BiConsumer;

/** A certificate as JSON. NaN is {@code null}, times are ISO-8601 in UTC, parts of a whole are 0 to 1. */
final class CertificateJson {
    static final String FORMAT = "minerops-burn-in-certificate";
    static final int VERSION = 1;

    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double MILLIS_PER_SECOND = 1_000;

    private CertificateJson() {}

    static ObjectNode of(Certificate certificate, Issue issue) {
        ObjectNode json = object().put("format", FORMAT)
                .put("version", VERSION)
                .put("issued_at", issue.at().toString())
                .put("software", issue.software())
                .put("source", issue.pollsSha256() == null ? "stored history" : "polls of the command")
                .put("polls_sha256", issue.pollsSha256())
                .put("verdict", certificate.verdict().key())
                .put("miner_ip", certificate.miner().toString());
        json.set("device", device(certificate.identity()));
        json.set("criteria", criteria(certificate.criteria()));
        json.set("watch", watch(certificate.watch()));
        json.set("work", work(certificate.work()));
        number(json, "max_temp_c", certificate.maxTempC());
        list(json, "boards", certificate.boards(), CertificateJson::board);
        list(json, "faults", certificate.faults(), CertificateJson::fault);
        list(json, "results", certificate.results(), CertificateJson::result);
        ArrayNode notes = json.putArray("notes");
        for (String note : certificate.notes()) {
            notes.add(note);
        }
        return json;
    }

    private static ObjectNode device(MinerIdentity identity) {
        return object().put("vendor", identity.vendor())
                .put("model", identity.model())
                .put("firmware_version", identity.firmwareVersion())
                .put("mac", identity.mac())
                .put("hostname", identity.hostname())
                .put("serial", identity.serial());
    }

    /** The criteria, as in a file of polls too. */
    static ObjectNode criteria(CertificateCriteria criteria) {
        ObjectNode json = object();
        number(json, "nominal_ths", criteria.nominalThs());
        json.put("nominal_source", criteria.nominalSource());
        Double nominalJPerTh = criteria.nominalJPerTh();
        number(json, "nominal_j_per_th", nominalJPerTh == null ? Double.NaN : nominalJPerTh);
        number(json, "tolerance", criteria.tolerance());
        number(json, "efficiency_tolerance", criteria.efficiencyTolerance());
        number(json, "confidence", criteria.confidence());
        number(json, "max_temp_c", criteria.maxTempC());
        json.put("boards", criteria.boards())
                .put("chips", criteria.chips())
                .put("max_restarts", criteria.maxRestarts());
        number(json, "hours", criteria.span().toMillis() / MILLIS_PER_SECOND / SECONDS_PER_HOUR);
        number(json, "interval_s", criteria.interval().toMillis() / MILLIS_PER_SECOND);
        number(json, "min_covered", criteria.minCovered());
        number(json, "min_answered", criteria.minAnswered());
        return json;
    }

    private static ObjectNode watch(Certificate.Watch watch) {
        ObjectNode json = object().put("from", watch.from().toString())
                .put("until", watch.until().toString());
        number(json, "covered_s", watch.coveredS());
        return json.put("gaps", watch.gaps())
                .put("polls", watch.polls())
                .put("answered", watch.answered())
                .put("restarts", watch.restarts());
    }

    private static ObjectNode work(Certificate.Work work) {
        ObjectNode json = object();
        number(json, "claimed_ths", work.claimedThs());
        number(json, "proven_ths", work.provenThs());
        number(json, "lower_ths", work.lowerThs());
        number(json, "upper_ths", work.upperThs());
        number(json, "proven_s", work.provenS());
        number(json, "shares", work.shares());
        number(json, "accepted_difficulty", work.difficultySum());
        number(json, "unproven_share", work.unprovenShare());
        number(json, "power_w", work.powerW());
        json.put("power_estimated", work.powerEstimated());
        number(json, "j_per_th", work.jPerTh());
        number(json, "rejected_share", work.rejectedShare());
        return json;
    }

    private static void board(ObjectNode json, Certificate.Board board) {
        json.put("slot", board.slot()).put("serial", board.serial());
        number(json, "chips_alive", board.chipsAlive());
        number(json, "chips_expected", board.chipsExpected());
        number(json, "mean_ths", board.meanThs());
        number(json, "max_temp_c", board.maxTempC());
    }

    private static void fault(ObjectNode json, DeviceFault fault) {
        json.put("code", fault.code())
                .put("message", fault.message())
                .put("since", fault.since() == null ? null : fault.since().toString())
                .put("slot", fault.slot());
    }

    private static void result(ObjectNode json, Certificate.Result result) {
        json.put("key", result.key()).put("label", result.label());
        number(json, "measured", result.measured());
        number(json, "limit", result.limit());
        json.put("at_least", result.atLeast())
                .put("unit", result.unit())
                .put("verdict", result.verdict().key())
                .put("finding", result.finding());
    }

    private static <T> void list(ObjectNode json, String name, List<T> items, BiConsumer<ObjectNode, T> view) {
        ArrayNode array = json.putArray(name);
        items.forEach(item -> view.accept(array.addObject(), item));
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, CanonicalJson.number(value));
        } else {
            json.putNull(name);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
