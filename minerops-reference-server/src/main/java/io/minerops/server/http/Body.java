package io.minerops.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer and their compressed form, which is made once, at its first use: an answer that is
 * kept and sent many times costs its compression once.
 */
public final class Body {
    /** No bytes. */
    static final Body NONE = new Body(new byte[0]);

    /** Below this size compression saves no packet, bytes. */
    private static final int MIN_COMPRESSED_BYTES = 1_024;

    private final byte[] plain;
    private volatile byte @Nullable [] compressed;

    private Body(byte[] plain) {
        this.plain = plain;
    }

    /** These bytes, which must not be changed afterwards. */
    static Body of(byte[] plain) {
        return new Body(plain);
    }

    /** A text in UTF-8. */
    static Body of(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** This one, whose compressed form is made now where it is worth it, so that no user of it waits. */
    Body compressed() {
        if (gainsByCompression()) {
            gzip();
        }
        return this;
    }

    /** How many bytes it has, uncompressed. */
    public int size() {
        return plain.length;
    }

    /** Whether compressing it is worth it. */
    boolean gainsByCompression() {
        return plain.length >= MIN_COMPRESSED_BYTES;
    }

    /** The bytes as they are. */
    ByteBuffer plain() {
        return ByteBuffer.wrap(plain);
    }

    /** The bytes in the form of gzip (RFC 1952). */
    ByteBuffer gzip() {
        byte[] known = compressed;
        if (known == null) {
            known = compress(plain);
            compressed = known;
        }
        return ByteBuffer.wrap(known);
    }

    private static byte[] compress(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("compressing in memory", e);
        }
        return out.toByteArray();
    }
}
