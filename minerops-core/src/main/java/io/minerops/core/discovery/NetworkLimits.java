package io.minerops.core.discovery;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The addresses that a discovery may query by default: those inside the site.
 * They are the private ones (RFC 1918: 10/8, 172.16/12, 192.168/16; RFC 4193: fc00::/7), loopback and link-local ones.
 * A host name is none, because what it leads to may change between the check and the connection.
 */
public final class NetworkLimits {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");
    private static final int SHOWN = 3;
    private static final int UNIQUE_LOCAL = 0xFC;
    private static final int UNIQUE_LOCAL_MASK = 0xFE;
    private static final int IPV6_BYTES = 16;

    private NetworkLimits() {}

    /**
     * Lets a range pass that stays on the site.
     *
     * @throws InvalidArgumentException ({@code range}) naming the first addresses that do not
     */
    public static MinerRange requireLocal(MinerRange range) {
        List<String> others = range.addresses().stream()
                .filter(address -> !isLocal(address))
                .limit(SHOWN + 1L)
                .map(MinerAddress::toString)
                .toList();
        if (!others.isEmpty()) {
            String shown = String.join(", ", others.subList(0, Math.min(SHOWN, others.size())));
            throw new InvalidArgumentException(
                    "range",
                    "range must hold private, loopback or link-local addresses only, not " + shown
                            + (others.size() > SHOWN ? " and more" : ""));
        }
        return range;
    }

    /** Whether an address is one of the site. */
    public static boolean isLocal(MinerAddress address) {
        if (!LITERAL.matcher(address.host()).matches()) {
            return false;
        }
        try {
            return isLocal(InetAddress.getByName(address.host()));
        } catch (UnknownHostException e) {
            // an interface of this machine that there is not, as in fe80::1%nowhere
            return false;
        }
    }

    private static boolean isLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == IPV6_BYTES && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                // of IPv6 these are the site-local ones (fec0::/10), which RFC 3879 took back
                || (address.isSiteLocalAddress() && bytes.length != IPV6_BYTES)
                || uniqueLocal;
    }
}
