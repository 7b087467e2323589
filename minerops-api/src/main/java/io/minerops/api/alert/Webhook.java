package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a webhook goes. The address is a secret, because it allows posting; {@link #masked()} shows scheme and
 * host only.
 *
 * @param url an absolute {@code http} or {@code https} address without user information, at most 2,000 characters
 * @param format the shape of the body
 */
public record Webhook(Secret url, WebhookFormat format) {
    private static final String HIDDEN_PATH = "/***";

    public Webhook {
        checked(url);
    }

    /**
     * A webhook of that address.
     *
     * @throws InvalidArgumentException if the address is not one that a webhook can have; the message does not repeat it
     */
    public static Webhook of(String url, WebhookFormat format) {
        return new Webhook(Secret.of(url.trim()), format);
    }

    /** The address to post to; never to be logged or shown. */
    public URI uri() {
        return checked(url);
    }

    /** Scheme, host and port, with the rest hidden. */
    public String masked() {
        URI uri = checked(url);
        return uri.getScheme() + "://" + uri.getRawAuthority() + HIDDEN_PATH;
    }

    @Override
    public String toString() {
        return "Webhook[" + format.key() + " " + masked() + "]";
    }

    private static URI checked(Secret url) {
        URI uri;
        try {
            uri = new URI(url.reveal());
        } catch (URISyntaxException e) {
            throw refused(e.getReason().toLowerCase(Locale.ROOT));
        }
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw refused("its scheme is neither");
        }
        if (uri.getHost() == null) {
            throw refused("it names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused("it holds a user name");
        }
        if (url.reveal().length() > 2_000) {
            throw refused("it has more than 2000 characters");
        }
        return uri;
    }

    private static InvalidArgumentException refused(String why) {
        return new InvalidArgumentException(
                "webhook_url", "webhook_url must be an absolute http or https address, but " + why);
    }
}
