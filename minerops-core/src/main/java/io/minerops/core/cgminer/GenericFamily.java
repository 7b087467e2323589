package io.minerops.core.cgminer;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whatever speaks CGMiner and is not known: what its summary says, which means the same everywhere. */
final class GenericFamily implements Family {
    /** Makers and models that compute something other than SHA-256: their rate must not be counted as if it were. */
    private static final Pattern NOT_SHA256 = Pattern.compile(
            "scrypt|equihash|zmaster|\\ba9\\b|stu-?u\\d|dragonmint t[^1]|volcminer|elphapex", Pattern.CASE_INSENSITIVE);

    private static final Set<String> BITCOIN = Set.of("btc", "bch", "bsv", "sha256", "sha256d");

    @Override
    public boolean recognises(DeviceReplies replies) {
        return true;
    }

    @Override
    public List<Command> commands() {
        return Command.BASIC;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        String type = DeviceText.clean(replies.type());
        return Normalised.builder(replies, miner, readAt)
                .set(mayBeSha256(replies, type) ? Hashrate.of(replies) : Hashrate.ABSENT)
                .build(new MinerIdentity(null, type, firmware(replies), null, null, null));
    }

    /** Whether a coin, as a firmware abbreviates it, is mined by SHA-256. */
    static boolean minedBySha256(String coin) {
        return BITCOIN.contains(coin.toLowerCase(Locale.ROOT));
    }

    private static boolean mayBeSha256(DeviceReplies replies, @Nullable String type) {
        String coin = replies.section(Command.SUMMARY).text("Miner type");
        return (coin == null || minedBySha256(coin))
                && !NOT_SHA256.matcher(replies.description() + " " + type).find();
    }

    private static @Nullable String firmware(DeviceReplies replies) {
        String version = replies.section(Command.VERSION).text("CGMiner");
        return version != null ? version : DeviceText.clean(replies.description());
    }
}
