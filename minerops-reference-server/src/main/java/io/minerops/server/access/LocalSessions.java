package io.minerops.server.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The sessions of one server, by the digest of what their browsers' cookies say. They end with the process: a client that
 * logged in before a restart logs in again.
 */
public final class LocalSessions implements Sessions {
    /** The most at a time; then the token that has most of them loses the one that was idle for longest. */
    static final int MAX_SESSIONS = 1_000;

    /** The most of one token at a time; then its session that was idle for longest ends, and never that of another. */
    static final int MAX_PER_TOKEN = 100;

    private static final int RANDOM_BYTES = 32;

    private final AccessTokens tokens;
    private final Duration idle;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();

    /** In the order in which they were last seen. */
    private final Map<String, Session> byKey = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * No session yet.
     *
     * @param tokens what sessions begin with, and end with
     * @param idle how long a session lasts without a request
     * @param longest how long it lasts at all
     * @param nanoTime a clock that never steps back, ns
     */
    public LocalSessions(AccessTokens tokens, Duration idle, Duration longest, LongSupplier nanoTime) {
        this.tokens = tokens;
        this.idle = idle;
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    @Override
    public Opened open(AccessToken token) {
        String secret = randomText();
        long now = nanoTime.getAsLong();
        Session session = new Session(key(secret), token, randomText(), now, now, null);
        synchronized (this) {
            byKey.values().removeIf(this::isOver);
            makeRoom(token.name());
            byKey.put(session.key(), session);
        }
        return new Opened(session, secret);
    }

    private void makeRoom(String token) {
        Map<String, List<Session>> byToken = byKey.values().stream()
                .collect(Collectors.groupingBy(session -> session.token().name()));
        List<Session> own = byToken.getOrDefault(token, List.of());
        if (own.size() >= MAX_PER_TOKEN) {
            byKey.remove(own.get(0).key());
        } else if (byKey.size() >= MAX_SESSIONS) {
            byToken.values().stream()
                    .max(Comparator.comparingInt(List::size))
                    .ifPresent(most -> byKey.remove(most.get(0).key()));
        }
    }

    @Override
    public Optional<Caller> find(String secret) {
        String key = key(secret);
        Session session;
        synchronized (this) {
            session = byKey.get(key);
            if (session == null) {
                return Optional.empty();
            }
            if (isOver(session)) {
                byKey.remove(key);
                return Optional.empty();
            }
            session.seen(nanoTime.getAsLong());
        }
        Optional<AccessToken> token = tokens.renewed(session.token());
        if (token.isEmpty()) {
            close(session);
        }
        return token.map(now -> new Caller(now.right(), now, session));
    }

    @Override
    public boolean goesOn(Session session) {
        synchronized (this) {
            if (!byKey.containsKey(session.key()) || isOver(session)) {
                return false;
            }
        }
        return tokens.renewed(session.token()).isPresent();
    }

    @Override
    public synchronized void close(Session session) {
        byKey.remove(session.key());
    }

    private boolean isOver(Session session) {
        long now = nanoTime.getAsLong();
        return now - session.seenNanos() > idle.toNanos() || now - session.begunNanos() > longest.toNanos();
    }

    private String randomText() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The duration of a look-up may reveal parts of the digest, which do not lead back to the cookie. */
    private static String key(String secret) {
        return HexFormat.of().formatHex(AccessToken.digest(secret));
    }
}
