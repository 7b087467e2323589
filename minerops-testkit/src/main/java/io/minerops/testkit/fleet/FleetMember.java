package io.minerops.testkit.fleet;

import io.minerops.testkit.fixture.DeviceEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One miner of a fleet as its sockets need it. */
sealed interface FleetMember permits ModelMiner, RecordedMiner {
    /** The endpoints at its address; none where connections to it are refused. */
    Set<DeviceEndpoint> endpointsAtAddress();

    /** Its other endpoints, and the port of each where it was recorded. */
    Map<DeviceEndpoint, Integer> otherEndpoints();

    /** Its reply to one request, as it is when its wire is well. */
    byte[] reply(DeviceEndpoint endpoint, byte[] request, Instant now, Trouble trouble);

    /**
     * Does nothing where such a trouble would show.
     *
     * @param fleet all miners, to name one on which it would
     * @throws io.minerops.api.InvalidArgumentException ({@code trouble}) if it would not, saying why
     */
    void checkShows(Trouble trouble, List<FleetMember> fleet);
}
