package io.minerops.testkit.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a simulated miner is doing at one instant. It is a pure function of the fleet's seed, the miner's index and
 * model, the instant and the trouble, so a miner's uptime and its shares run on through its troubles. Shares come as a Poisson
 * process at its usual rate, whatever it claims.
 *
 * @param chainThs the rate of each hash board, TH/s, at least 0
 * @param averageThs the rate since the mining process started, TH/s; the usual one, whatever the trouble
 * @param chipTempC the hottest chip of each hash board, °C; 0 where the board is dead
 * @param fanRpm the speed of each fan, rpm; 0 stands still
 * @param powerW what it draws at the wall, W, whether or not its model measures that
 * @param elapsedS since the mining process started, seconds, at least 0
 * @param acceptedShares since then
 * @param rejectedShares since then
 * @param hardwareErrors since then
 * @param lastShareAgeS how long ago the last share was found, seconds
 */
public record MinerState(
        List<Double> chainThs,
        double averageThs,
        List<Integer> chipTempC,
        List<Integer> fanRpm,
        int powerW,
        long elapsedS,
        long acceptedShares,
        long rejectedShares,
        long hardwareErrors,
        long lastShareAgeS) {
    private static final long DAY_S = 86_400;
    private static final long MINUTE_MS = 60_000;

    private static final double SLOW_FACTOR = 0.6;
    private static final double OVER_POWER_FACTOR = 1.6;
    /** What a miner draws that does not hash, as a part of its usual power. */
    private static final double IDLE_POWER = 0.15;
    /** What its control board draws while it sleeps, as a part of its usual power. */
    private static final double ASLEEP_POWER = 0.01;

    private static final double TUNING_FACTOR = 0.85;
    private static final double OVERCLAIM_FACTOR = 1.1;
    /** The difficulty of every share. */
    static final int SHARE_DIFFICULTY = 262_144;

    private static final double HASHES_PER_DIFFICULTY = 1L << 32;
    /** The rate that finds a share a second on average, TH/s. */
    private static final double THS_PER_SHARE_A_SECOND = SHARE_DIFFICULTY * HASHES_PER_DIFFICULTY / 1e12;

    private static final int HOT_CHIP_C = 96;
    private static final int RPM_STEP = 30;
    private static final long STALLED_SHARE_AGE_S = 2_700;

    public MinerState {
        chainThs = List.copyOf(chainThs);
        chipTempC = List.copyOf(chipTempC);
        fanRpm = List.copyOf(fanRpm);
    }

    /** The rate of all hash boards together, TH/s. */
    public double hashrateThs() {
        return chainThs.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The same state where the mining process started so long ago at the most. */
    MinerState restartedBefore(Duration ago) {
        long since = Math.max(0, ago.toSeconds());
        if (since >= elapsedS) {
            return this;
        }
        double share = (double) since / elapsedS;
        return new MinerState(
                chainThs,
                averageThs,
                chipTempC,
                fanRpm,
                powerW,
                since,
                (long) (acceptedShares * share),
                (long) (rejectedShares * share),
                (long) (hardwareErrors * share),
                lastShareAgeS);
    }

    /** The state of one miner of a fleet. */
    static MinerState of(long fleetSeed, int index, Model model, Instant at, Trouble trouble) {
        long seed = Noise.mix(fleetSeed, Noise.Stream.QUALITY, index);
        long millis = at.toEpochMilli();
        double usualThs = model.nominalThs() * (0.97 + 0.05 * Noise.constant(seed, Noise.Stream.QUALITY, 0));
        double share = rateFactor(trouble)
                * (1
                        + 0.012 * Noise.smooth(seed, Noise.Stream.RATE_SLOW, millis, 5 * MINUTE_MS)
                        + 0.008 * Noise.smooth(seed, Noise.Stream.RATE_FAST, millis, 10_000));
        long elapsed = elapsed(seed, at.getEpochSecond());
        long run = at.getEpochSecond() - elapsed;
        long accepted =
                ShareCount.at(Noise.mix(seed, Noise.Stream.SHARES, run), usualThs / THS_PER_SHARE_A_SECOND, elapsed);
        return new MinerState(
                chains(seed, usualThs * share, trouble),
                trouble == Trouble.OVERCLAIM ? usualThs * OVERCLAIM_FACTOR : usualThs,
                chips(seed, model, millis, trouble),
                fans(seed, model, millis, trouble),
                power(seed, model, millis, share, trouble),
                elapsed,
                accepted,
                accepted / 500,
                (long) (elapsed / 3600.0 * (1 + 4 * Noise.constant(seed, Noise.Stream.SHARES, 1))),
                rateFactor(trouble) == 0 ? STALLED_SHARE_AGE_S : Math.floorMod(at.getEpochSecond() + seed, 12L));
    }

    private static double rateFactor(Trouble trouble) {
        return switch (trouble) {
            case ZERO, PAUSED, ASLEEP -> 0;
            case SLOW -> SLOW_FACTOR;
            case TUNING -> TUNING_FACTOR;
            case OVERCLAIM -> OVERCLAIM_FACTOR;
            default -> 1;
        };
    }

    private static List<Double> chains(long seed, double totalThs, Trouble trouble) {
        double[] weights = new double[Model.CHAINS];
        double sum = 0;
        for (int chain = 0; chain < weights.length; chain++) {
            weights[chain] = 0.98 + 0.04 * Noise.constant(seed, Noise.Stream.CHAIN, chain);
            sum += weights[chain];
        }
        double whole = sum;
        return IntStream.range(0, Model.CHAINS)
                .mapToObj(chain -> isDead(chain, trouble) ? 0.0 : totalThs * weights[chain] / whole)
                .toList();
    }

    /** Whether a hash board does nothing at all. */
    static boolean isDead(int chain, Trouble trouble) {
        return trouble == Trouble.DEAD_BOARD && chain == 1;
    }

    private static List<Integer> chips(long seed, Model model, long millis, Trouble trouble) {
        double base = model == Model.S9 ? 72 : 60 + 8 * Noise.constant(seed, Noise.Stream.TEMPERATURE_BASE, 0);
        double drift = 2.5 * Noise.smooth(seed, Noise.Stream.TEMPERATURE, millis, 20 * MINUTE_MS);
        double usual = rateFactor(trouble) == 0 ? 38 + drift : base + drift;
        return IntStream.range(0, Model.CHAINS)
                .mapToObj(chain -> isDead(chain, trouble)
                        ? 0
                        : trouble == Trouble.HOT ? HOT_CHIP_C + chain : (int) Math.round(usual + chain))
                .toList();
    }

    private static List<Integer> fans(long seed, Model model, long millis, Trouble trouble) {
        int dead = trouble == Trouble.DEAD_FAN
                ? (int) (Noise.constant(seed, Noise.Stream.DEAD_FAN, 0) * model.fans())
                : -1;
        double base = 4_400 + 1_200 * Noise.constant(seed, Noise.Stream.FAN_BASE, 0);
        double drift = 120 * Noise.smooth(seed, Noise.Stream.FAN, millis, 2 * MINUTE_MS);
        return IntStream.range(0, model.fans())
                .mapToObj(fan -> fan == dead || trouble.state().isStopped()
                        ? 0
                        : (int) Math.round((base + drift + 60 * fan) / RPM_STEP) * RPM_STEP)
                .toList();
    }

    private static int power(long seed, Model model, long millis, double share, Trouble trouble) {
        double usual = model.nominalW() * (1 + 0.01 * Noise.smooth(seed, Noise.Stream.POWER, millis, MINUTE_MS));
        double idle = trouble == Trouble.ASLEEP ? ASLEEP_POWER : IDLE_POWER;
        double worked = trouble == Trouble.OVERCLAIM ? share / OVERCLAIM_FACTOR : share;
        double drawn = usual * (idle + (1 - idle) * worked);
        return (int) Math.round(trouble == Trouble.OVER_POWER ? drawn * OVER_POWER_FACTOR : drawn);
    }

    /** It restarts every 20 to 40 days, each miner at a time of its own. */
    private static long elapsed(long seed, long epochSeconds) {
        long period = DAY_S * (20 + (long) (20 * Noise.constant(seed, Noise.Stream.UPTIME, 0)));
        long phase = (long) (period * Noise.constant(seed, Noise.Stream.UPTIME, 1));
        return Math.floorMod(epochSeconds + phase, period);
    }
}
