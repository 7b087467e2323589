package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.testkit.fixture.DeviceDoor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A miner that is drawn from the fleet's seed.
 *
 * @param told the commands that clients sent
 * @param obedient whether it does so
 */
record ModelMiner(long fleetSeed, int index, Model model, ToldMiner told, boolean obedient) implements FleetMember {
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
        Request parsed = Request.parse(new String(request, StandardCharsets.UTF_8));
        ToldMiner.Obeyed obeyed = obedient
                        && parsed instanceof Request.Commands commands
                        && commands.names().size() == 1
                ? told.obey(commands.names().get(0), commands.parameter(), now)
                : null;
        Replies replies = new Replies(index, model, state(now, trouble), now.getEpochSecond(), told.pool());
        return obeyed == null ? replies.answer(parsed) : replies.answer(obeyed);
    }

    MinerState state(Instant now, Trouble trouble) {
        return told.state(MinerState.of(fleetSeed, index, model, now, trouble), now);
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
