package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.testkit.fixture.DeviceDoor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A miner that is drawn from the fleet's seed. */
record ModelMiner(long fleetSeed, int index, Model model) implements FleetMember {
    @Override
    public Set<DeviceDoor> doorsAtAddress() {
        return Set.of(DeviceDoor.CGMINER);
    }

    @Override
    public Map<DeviceDoor, Integer> otherDoors() {
        return Map.of();
    }

    @Override
    public byte[] reply(DeviceDoor door, byte[] request, Instant now, Trouble trouble) {
        return new Replies(index, model, state(now, trouble), now.getEpochSecond())
                .answer(Request.parse(new String(request, StandardCharsets.UTF_8)));
    }

    MinerState state(Instant now, Trouble trouble) {
        return MinerState.of(fleetSeed, index, model, now, trouble);
    }

    @Override
    public void checkShows(Trouble trouble, List<FleetMember> fleet) {
        if (trouble == Trouble.OVER_POWER && !model.measuresPower()) {
            throw new InvalidArgumentException(
                    "trouble",
                    "OVER_POWER shows only on a miner that measures its power; " + index + " is an " + model.type()
                            + " and does not, the first that does is " + firstMeasuring(fleet));
        }
    }

    private static String firstMeasuring(List<FleetMember> fleet) {
        return fleet.stream()
                .filter(member ->
                        member instanceof ModelMiner drawn && drawn.model().measuresPower())
                .map(member -> Integer.toString(((ModelMiner) member).index()))
                .findFirst()
                .orElse("none of this fleet");
    }
}
