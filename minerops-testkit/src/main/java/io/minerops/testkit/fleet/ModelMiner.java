package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.WorkState;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fleet.server.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A miner that is drawn from the fleet's seed.
 *
 * @param reported the commands that clients sent
 * @param obedient whether it does so
 */
record ModelMiner(long fleetSeed, int index, Model model, ControllableMiner reported, boolean obedient)
        implements FleetMember {
    @Override
    public Set<DeviceEndpoint> endpointsAtAddress() {
        return Set.of(DeviceEndpoint.CGMINER);
    }

    @Override
    public Map<DeviceEndpoint, Integer> otherEndpoints() {
        return Map.of();
    }

    @Override
    public byte[] reply(DeviceEndpoint endpoint, byte[] request, Instant now, Trouble trouble) {
        Request parsed = Request.parse(new String(request, StandardCharsets.UTF_8));
        ControllableMiner.Accepted obeyed = obedient
                        && parsed instanceof Request.Commands commands
                        && commands.names().size() == 1
                ? reported.accept(commands.names().get(0), commands.parameter(), now)
                : null;
        Replies replies =
                new Replies(index, model, state(now, trouble), trouble, now.getEpochSecond(), reported.pool());
        return obeyed == null ? replies.answer(parsed) : replies.answer(obeyed);
    }

    MinerState state(Instant now, Trouble trouble) {
        return reported.state(MinerState.of(fleetSeed, index, model, now, trouble), now);
    }

    @Override
    public void checkShows(Trouble trouble, List<FleetMember> fleet) {
        if (trouble == Trouble.OVER_POWER && !model.measuresPower()) {
            throw new InvalidArgumentException(
                    "trouble",
                    "OVER_POWER shows only on a miner that measures its power; " + index + " is an " + model.type()
                            + " and does not, the first that does is " + firstMeasuring(fleet));
        } else if (trouble == Trouble.FAULT && !model.reportsFaults()) {
            throw new InvalidArgumentException(
                    "trouble",
                    "FAULT shows only on a miner that reports faults, an " + Model.S21_PRO.type() + "; " + index
                            + " is an " + model.type() + " and does not");
        } else if (trouble.state() != WorkState.UNKNOWN && !model.reports(trouble.state())) {
            throw new InvalidArgumentException(
                    "trouble",
                    trouble + " shows only on a miner that reports it: " + reporting(trouble.state()) + "; " + index
                            + " is an " + model.type() + " and does not");
        }
    }

    private static String reporting(WorkState state) {
        return Arrays.stream(Model.values())
                .filter(model -> model.reports(state))
                .map(Model::name)
                .collect(Collectors.joining(", "));
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
