package io.minerops.benchmarks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A fleet as its sensors show it, poll after poll: rates and powers that swing about a level, temperatures and fans that
 * drift, counters that grow, a restart now and then, a miner in a hundred that does not answer.
 */
final class FleetDay {
    private static final Pool POOL = new Pool("stratum+tcp://pool.example:3333", "farm");
    private static final double TEMP_STEP_C = 0.3;

    private final Random random;
    private final Miner[] miners;

    FleetDay(int miners, long seed) {
        random = new Random(seed);
        this.miners = new Miner[miners];
        for (int miner = 0; miner < miners; miner++) {
            this.miners[miner] = new Miner(Fleets.address(miner), miner % 20 == 0 ? 0.5 : 95 + random.nextInt(150));
        }
    }

    private final class Miner {
        private final MinerAddress address;
        private final double levelThs;
        private final double levelW;
        private double averageThs;
        private double tempC = 62 + random.nextInt(10);
        private double fanRpm = 5_000 + random.nextInt(800);
        private int elapsedS = random.nextInt(1_000_000);
        private int accepted;
        private int rejected;
        private int hwErrors;

        Miner(MinerAddress address, double ths) {
            this.address = address;
            levelThs = ths;
            levelW = ths * 30;
            averageThs = ths;
        }

        MetricSample sample(Instant at, int seconds) {
            elapsedS += seconds + (random.nextInt(10) == 0 ? 1 : 0);
            if (random.nextInt(20_000) == 0) {
                elapsedS = 0;
                accepted = 0;
                rejected = 0;
                hwErrors = 0;
            }
            double ths = levelThs * (1 + 0.015 * random.nextGaussian());
            averageThs += (ths - averageThs) / 500;
            tempC += TEMP_STEP_C * random.nextGaussian() - (tempC - 67) / 50;
            fanRpm += 20 * random.nextGaussian() - (fanRpm - 5_400) / 50;
            accepted += random.nextInt(6);
            rejected += random.nextInt(80) == 0 ? 1 : 0;
            hwErrors += random.nextInt(15) == 0 ? 1 : 0;
            return MetricSample.builder(address, at.plusMillis(20 + random.nextInt(400)))
                    .set(Reading.HASHRATE_THS, ths)
                    .set(Reading.HASHRATE_AVG_THS, averageThs)
                    .set(Reading.POWER_W, Math.rint(levelW * (1 + 0.008 * random.nextGaussian())))
                    .set(Reading.AVG_TEMP_C, tempC)
                    .set(Reading.MAX_TEMP_C, Math.rint(tempC + 6))
                    .set(Reading.AVG_FAN_RPM, Math.rint(fanRpm))
                    .set(Reading.MIN_FAN_RPM, Math.rint(fanRpm / 30) * 30 - 60)
                    .set(Reading.MAX_FAN_RPM, Math.rint(fanRpm / 30) * 30 + 60)
                    .set(Reading.ELAPSED_S, elapsedS)
                    .set(Reading.ACCEPTED, accepted)
                    .set(Reading.REJECTED, rejected)
                    .set(Reading.HW_ERRORS, hwErrors)
                    .set(Reading.BOARDS_ALIVE, 3)
                    .set(Reading.BOARDS_EXPECTED, 3)
                    .set(Reading.CHIPS_ALIVE, 342)
                    .set(Reading.CHIPS_EXPECTED, 342)
                    .set(Reading.POOLS_ALIVE, 3)
                    .pool(POOL)
                    .build();
        }
    }

    /** The next poll, so many seconds after the one before. */
    Poll next(Instant at, int seconds) {
        List<MetricSample> samples = new ArrayList<>(miners.length);
        for (int number = 0; number < miners.length; number++) {
            MetricSample sample = miners[number].sample(at, seconds);
            if (random.nextInt(100) != 0) {
                samples.add(sample);
            }
        }
        return Poll.of(at, samples);
    }
}
