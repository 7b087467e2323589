package io.minerops.server.access;

import io.minerops.api.HealthContributor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that count now: those of the settings, and those of a file that is read again when it has changed. What is
 * wrong with the file is a fault of readiness, and is logged once:
 *
 * <ul>
 *   <li>A file that was emptied or deleted revokes its tokens at once. The settings' own tokens stay; where there are none,
 *       every request that needs a token is refused.
 *   <li>A version that cannot be used, because of a line, of its permissions or because it cannot be read, leaves the
 *       tokens before it in force, so that a mistake in an editor or a changed mode does not lock all users out.
 * </ul>
 */
public final class AccessTokens implements HealthContributor {
    /** The component of readiness. */
    static final String COMPONENT = "tokens";

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    /** How often the file is looked at, at most. */
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<AccessToken> fixed;
    private final @Nullable Path file;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLook;
    private final FileFault fault = new FileFault(COMPONENT);
    private volatile List<AccessToken> current;
    private volatile FileStamp seen;

    private AccessTokens(List<AccessToken> fixed, @Nullable Path file, LongSupplier nanoTime) {
        this.fixed = List.copyOf(fixed);
        this.file = file;
        this.nanoTime = nanoTime;
        this.nextLook = new AtomicLong(nanoTime.getAsLong() + LOOK_NANOS);
        this.seen = file == null ? FileStamp.ABSENT : FileStamp.of(file);
        this.current = file == null ? this.fixed : with(TokenFile.read(file));
    }

    /**
     * The tokens of the settings and of a file.
     *
     * @param fixed those that stay
     * @param file those that may change; null for none
     * @param nanoTime a clock that never steps back, ns
     * @throws TokenFileException if the file cannot be used
     */
    public static AccessTokens of(List<AccessToken> fixed, @Nullable Path file, LongSupplier nanoTime) {
        return new AccessTokens(fixed, file, nanoTime);
    }

    /** Whether there are none and never will be, so that everybody may do all. */
    public boolean none() {
        return file == null && fixed.isEmpty();
    }

    /** The token of that text; of several, the one that allows most. All are compared, whichever it is. */
    public Optional<AccessToken> find(String text) {
        byte[] digest = AccessToken.digest(text);
        AccessToken found = null;
        for (AccessToken token : current()) {
            // first of all: its duration must not reveal a near match
            boolean matches = token.matches(digest);
            if (matches && (found == null || token.right().compareTo(found.right()) > 0)) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The first token that passes a test; empty where there is none. */
    Optional<AccessToken> first(Predicate<AccessToken> test) {
        return current().stream().filter(test).findFirst();
    }

    /** The token as it counts now; empty where it was taken away or has another text. */
    public Optional<AccessToken> renewed(AccessToken token) {
        return first(token::sameAs);
    }

    @Override
    public String component() {
        return COMPONENT;
    }

    /** What is wrong with the file as it is now; looks at it where that is due. */
    @Override
    public Optional<String> fault() {
        List<AccessToken> unused = current();
        return fault.fault();
    }

    private List<AccessToken> current() {
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        if (file != null && now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_NANOS)) {
            look(file);
        }
        return current;
    }

    private void look(Path changed) {
        FileStamp stamp = FileStamp.of(changed);
        if (stamp.equals(seen)) {
            return;
        }
        // before reading: what is written meanwhile is then seen as another change
        seen = stamp;
        TokenFile.Version version = TokenFile.readAgain(changed);
        if (version.revoked() || version.faults().isEmpty()) {
            current = with(version.tokens());
        }
        if (version.faults().isEmpty()) {
            fault.cleared();
            LOG.info("read {} again: {} tokens", changed, version.tokens().size());
        } else {
            String faults = String.join("; ", version.faults())
                    + (version.revoked() ? "" : "; the tokens before this version are still accepted");
            fault.failed(faults);
            LOG.error("{}", faults);
        }
    }

    private List<AccessToken> with(List<AccessToken> read) {
        List<AccessToken> all = new ArrayList<>(fixed);
        all.addAll(read);
        return List.copyOf(all);
    }
}
