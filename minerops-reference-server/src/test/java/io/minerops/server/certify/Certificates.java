package io.minerops.server.certify;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.core.certify.BurnIn;
import io.minerops.core.certify.Certificate;
import io.minerops.core.certify.CertificateCriteria;
import io.minerops.core.certify.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Certificates of miners that need not be watched for a day. */
final class Certificates {
    static final MinerAddress ADDRESS = MinerAddress.of("10.0.0.7");
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    static final Issue ISSUE = new Issue(Instant.parse("2026-11-21T12:00:05Z"), "MinerOps 0.9.0", "ab".repeat(32));

    private static final double SHARE_DIFFICULTY = 262_144;

    private Certificates() {}

    /** A day of a miner that works as promised, but for its hottest chip. */
    static Certificate day(String hostname, double maxTempC) {
        return watched(24 * 60, hostname, maxTempC, 3, List.of());
    }

    static Certificate watched(int minutes, String hostname, double maxTempC, int boards, List<DeviceFault> faults) {
        BurnIn burnIn = new BurnIn(
                ADDRESS,
                CertificateCriteria.builder(200, "as given", Duration.ofMinutes(Math.max(1, minutes)))
                        .nominalJPerTh(17.5)
                        .build());
        MinerIdentity identity = new MinerIdentity(
                "Bitmain", "Antminer S21", "Vnish 1.2.7", "02:00:00:00:00:07", hostname, "SN-2026-0007");
        for (int minute = 0; minute <= minutes; minute++) {
            double shares = Math.floor(1_000 + minute * 60 * 199.0e12 / (SHARE_DIFFICULTY * 4_294_967_296.0));
            MetricSample sample = MetricSample.builder(ADDRESS, START)
                    .set(Reading.HASHRATE_THS, 201.3)
                    .set(Reading.ELAPSED_S, 7_000 + minute * 60.0)
                    .set(Reading.ACCEPTED, shares)
                    .set(Reading.REJECTED, 3)
                    .set(Reading.ACCEPTED_DIFFICULTY, shares * SHARE_DIFFICULTY)
                    .set(Reading.POWER_W, 3_520)
                    .set(Reading.MAX_TEMP_C, maxTempC)
                    .set(Reading.BOARDS_ALIVE, boards)
                    .set(Reading.BOARDS_EXPECTED, boards)
                    .set(Reading.CHIPS_ALIVE, 108.0 * boards)
                    .set(Reading.CHIPS_EXPECTED, 108.0 * boards)
                    .faults(faults)
                    .boards(IntStream.rangeClosed(1, boards)
                            .mapToObj(slot -> HashBoard.builder(slot)
                                    .serial("SMTTYRH" + (4_000 + slot))
                                    .set(BoardReading.CHIPS_ALIVE, 108)
                                    .set(BoardReading.CHIPS_EXPECTED, 108)
                                    .set(BoardReading.RATE_THS, 67.1)
                                    .set(BoardReading.CHIP_TEMP_C, maxTempC - slot)
                                    .build())
                            .toList())
                    .build();
            burnIn.add(Observation.answered(START.plus(Duration.ofMinutes(minute)), minute > 0, sample, identity));
        }
        return burnIn.certificate();
    }
}
