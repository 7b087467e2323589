package io.minerops.notify.internal;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Checks the page that messages link to. */
public final class DashboardLink {
    private static final int MAX_CHARACTERS = 1_000;

    private DashboardLink() {}

    public static @Nullable URI checked(@Nullable URI link) {
        if (link == null) {
            return null;
        }
        boolean web = "http".equalsIgnoreCase(link.getScheme()) || "https".equalsIgnoreCase(link.getScheme());
        if (!web || link.getHost() == null || link.getRawUserInfo() != null) {
            throw new InvalidArgumentException(
                    "dashboard",
                    "dashboard must be an absolute http or https address without a user name, not "
                            + Check.quote(link.toString()));
        }
        Check.limited("dashboard", link.toString(), MAX_CHARACTERS);
        return link;
    }
}
