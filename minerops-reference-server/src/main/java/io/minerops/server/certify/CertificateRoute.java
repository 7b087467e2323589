package io.minerops.server.certify;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.certify.BurnIn;
import io.minerops.core.certify.Certificate;
import io.minerops.core.certify.CertificateCriteria;
import io.minerops.core.service.FleetService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.MinerNames;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** A certificate of what is stored of a miner: signed JSON, or a page. */
public final class CertificateRoute {
    private static final Duration DEFAULT_SPAN = Duration.ofDays(1);
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;
    private static final Map<String, Boolean> FORMATS = Map.of("json", false, "html", true);

    private final FleetService fleet;
    private final Path keyFile;
    private final Duration pollInterval;
    private final String software;
    private final MinerNames names;
    private final InstantSource clock;

    private CertificateRoute(
            FleetService fleet,
            Path keyFile,
            Duration pollInterval,
            String software,
            MinerNames names,
            InstantSource clock) {
        this.fleet = fleet;
        this.keyFile = keyFile;
        this.pollInterval = pollInterval;
        this.software = software;
        this.names = names;
        this.clock = clock;
    }

    /**
     * The route.
     *
     * @param keyFile the file of the key that signs
     * @param pollInterval the time between two polls
     * @param software the program and its version
     */
    public static Route of(
            FleetService fleet,
            Path keyFile,
            Duration pollInterval,
            String software,
            MinerNames names,
            InstantSource clock) {
        CertificateRoute route = new CertificateRoute(fleet, keyFile, pollInterval, software, names, clock);
        return Route.get("/api/miners/{ip}/certificate", route::certificate).query("since", "until", "format");
    }

    private Reply certificate(ApiRequest request) {
        Query query = request.query();
        Instant givenUntil = query.time("until");
        Instant givenSince = query.time("since");
        Boolean html = query.choice("format", FORMATS);
        query.check();
        Instant now = clock.instant();
        Instant until = givenUntil == null || givenUntil.isAfter(now) ? now : givenUntil;
        Instant since = givenSince == null ? until.minus(DEFAULT_SPAN) : givenSince;
        Duration span = Duration.between(since, until);
        if (span.isNegative() || span.isZero()) {
            throw new InvalidArgumentException("since", "since must be before until (" + until + "), not " + since);
        }
        MinerAddress address = names.inPath(request);
        Miner miner =
                fleet.find(address).orElseThrow(() -> HttpFailure.notFound("there is no miner " + names.of(address)));
        BurnIn burnIn = fleet.burnIn(miner, criteria(miner, span), since, until);
        if (!burnIn.hasReadings()) {
            throw HttpFailure.notFound(
                    "no reading of " + names.of(address) + " is stored between " + since + " and " + until);
        }
        return reply(burnIn.certificate(), new Issue(now, software, null), signingKey(), html != null && html);
    }

    private CertificateCriteria criteria(Miner miner, Duration span) {
        Nominal nominal = Nominal.of(miner, fleet.latest());
        if (nominal == null) {
            throw HttpFailure.of(
                    CONFLICT,
                    "the nominal hashrate of " + names.of(miner.address())
                            + " is unknown: set nominal_ths of the miner first");
        }
        return CertificateCriteria.builder(nominal.ths(), nominal.source(), span)
                .nominalJPerTh(miner.nominalEfficiencyJPerTh())
                .interval(interval(pollInterval))
                .build();
    }

    /** The poll interval, as far as criteria take one. */
    static Duration interval(Duration pollInterval) {
        return pollInterval.compareTo(CertificateCriteria.MAX_INTERVAL) > 0
                ? CertificateCriteria.MAX_INTERVAL
                : pollInterval;
    }

    private SigningKey signingKey() {
        try {
            return SigningKey.of(keyFile);
        } catch (UncheckedIOException e) {
            throw HttpFailure.of(UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static Reply reply(Certificate certificate, Issue issue, SigningKey key, boolean html) {
        if (!html) {
            return Reply.text(
                    "application/json",
                    new String(SignedCertificate.sign(certificate, issue, key), StandardCharsets.UTF_8));
        }
        String page = CertificatePage.of(certificate, issue, PublicKeys.fingerprint(key.publicKey()));
        // the page carries its style, and needs nothing else
        return Reply.html(page)
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src '" + CertificatePage.styleHash()
                                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }
}
