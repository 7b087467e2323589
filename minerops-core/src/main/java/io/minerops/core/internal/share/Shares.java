package io.minerops.core.internal.share;

import io.minerops.api.miner.MinerAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Divides miners among instances by rendezvous hashing: of each miner the instance with the highest number that is made of
 * both names. Without one instance only its miners move, and each instance has about as many as another.
 */
public final class Shares {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final List<String> instances;
    /** Of the instances' names, in the same order. */
    private final long[] numbers;

    private Shares(List<String> instances) {
        this.instances = instances;
        numbers = instances.stream().mapToLong(name -> mix(hash(name))).toArray();
    }

    /**
     * The shares of these instances; they depend on the names alone.
     *
     * @param instances the names, each once, in any order
     */
    public static Shares among(Collection<String> instances) {
        return new Shares(List.copyOf(instances));
    }

    /** The instances that share the miners. */
    public List<String> instances() {
        return instances;
    }

    /** The instance that polls a miner; empty where there is no instance. */
    public String owner(MinerAddress miner) {
        long name = hash(miner.toString());
        String owner = "";
        long highest = 0;
        for (int i = 0; i < numbers.length; i++) {
            String instance = instances.get(i);
            long number = mix(name ^ numbers[i]);
            if (owner.isEmpty() || number > highest || (number == highest && instance.compareTo(owner) < 0)) {
                owner = instance;
                highest = number;
            }
        }
        return owner;
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (unit & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /** Spreads each bit over all, as the last step of MurmurHash3 does. */
    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
