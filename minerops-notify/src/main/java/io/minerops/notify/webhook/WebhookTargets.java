package io.minerops.notify.webhook;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookPolicy;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.IpNetwork;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which hosts webhooks may reach. Everybody who may edit a rule may name a webhook's address, so without a limit they
 * could make the server post into its own network. Public addresses are reached over https; private, loopback,
 * link-local, unique-local, multicast and cloud-metadata addresses, and any host over plain http, only where they are
 * listed. Ports are free. Immutable.
 */
public final class WebhookTargets implements WebhookPolicy {
    /** The most entries of a list. */
    public static final int MAX_ENTRIES = 256;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final String PLAIN = "plain http is only for hosts in the list of allowed ones";
    private static final WebhookTargets PUBLIC_ONLY = new WebhookTargets(Set.of(), List.of());

    private final Set<String> hosts;
    private final List<IpNetwork> blocks;

    private WebhookTargets(Set<String> hosts, List<IpNetwork> blocks) {
        this.hosts = Set.copyOf(hosts);
        this.blocks = List.copyOf(blocks);
    }

    /** Public addresses over https, and nothing else. */
    public static WebhookTargets publicOnly() {
        return PUBLIC_ONLY;
    }

    /**
     * Public addresses over https, and these over http and https.
     *
     * @param allow CIDRs such as {@code 192.168.1.0/24}, addresses, or hosts' names, which match as a whole and without
     *     regard to case; at most {@link #MAX_ENTRIES}
     * @throws InvalidArgumentException if an entry is none of these
     */
    public static WebhookTargets allowing(Collection<String> allow) {
        Check.between("webhook_allow", allow.size(), 0, MAX_ENTRIES);
        Set<String> hosts = new HashSet<>();
        List<IpNetwork> blocks = new ArrayList<>();
        for (String entry : allow) {
            String text = entry.trim();
            if (IpNetwork.looksLike(text)) {
                blocks.add(IpNetwork.parse("webhook_allow", text));
            } else if (HOST.matcher(normal(text)).matches()) {
                hosts.add(normal(text));
            } else {
                throw new InvalidArgumentException(
                        "webhook_allow",
                        "webhook_allow must hold hosts, addresses or CIDRs such as 10.0.0.0/8, not "
                                + Check.quote(text));
            }
        }
        return new WebhookTargets(hosts, blocks);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Addresses in numbers, {@code localhost} and plain http are judged here as they are at sending; the address of any
     * other name only at sending, since it may change.
     */
    @Override
    public Optional<String> refusal(Webhook webhook) {
        URI target = webhook.uri();
        List<InetAddress> literal = LiteralHost.addresses(target.getHost());
        if (!literal.isEmpty()) {
            return refusal(target, literal);
        }
        boolean plain = !"https".equalsIgnoreCase(target.getScheme());
        return plain && blocks.isEmpty() && !hosts.contains(normal(target.getHost()))
                ? Optional.of(PLAIN)
                : Optional.empty();
    }

    /**
     * Why nothing may be posted there.
     *
     * @param target the address
     * @param resolved what its host resolves to just now, at least one
     * @return one phrase without the address; empty where it may be
     */
    Optional<String> refusal(URI target, List<InetAddress> resolved) {
        if (hosts.contains(normal(target.getHost()))) {
            return Optional.empty();
        }
        boolean plain = !"https".equalsIgnoreCase(target.getScheme());
        for (InetAddress address : resolved) {
            boolean listed = blocks.stream().anyMatch(block -> block.contains(address));
            if (!listed && !PublicAddresses.contain(address)) {
                return Optional.of("it resolves to an address that is not public and not in the list of allowed ones");
            }
            if (!listed && plain) {
                return Optional.of(PLAIN);
            }
        }
        return Optional.empty();
    }

    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override
    public String toString() {
        return "WebhookTargets[" + hosts.size() + " hosts, " + blocks.size() + " blocks]";
    }
}
