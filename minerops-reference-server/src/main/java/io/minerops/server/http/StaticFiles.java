package io.minerops.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of the class path below one folder. Each is read once and kept; there are as many as the program brings along.
 */
public final class StaticFiles {
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,8}");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final String folder;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();

    /**
     * The files of a folder.
     *
     * @param folder its path on the class path, with a slash at both ends
     */
    public StaticFiles(String folder) {
        this.folder = folder;
    }

    /** Answers with the file that a variable of the route's path names; 404 where there is none of a type that is served. */
    public RouteHandler named(String variable) {
        return handler(request -> request.path(variable));
    }

    /** Answers with the file of that path; 404 where there is none of a type that is served. */
    public RouteHandler file(String path) {
        return handler(request -> path);
    }

    private RouteHandler handler(Function<ApiRequest, String> path) {
        return new RouteHandler() {
            @Override
            public Reply answer(ApiRequest request) {
                return get(path.apply(request));
            }

            @Override
            public @Nullable Reply ready(ApiRequest request) {
                return replies.get(path.apply(request));
            }
        };
    }

    private Reply get(String path) {
        Reply read = read(path).orElseThrow(() -> HttpFailure.notFound("there is no such file"));
        replies.put(path, read);
        return read;
    }

    private Optional<Reply> read(String path) {
        int dot = path.lastIndexOf('.');
        // a folder has no type, and must not be listed
        String type = dot < 0 ? null : TYPES.get(path.substring(dot + 1));
        if (type == null || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(folder + path)) {
            if (in == null) {
                return Optional.empty();
            }
            return Optional.of(Reply.kept(type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + folder + path + " from the class path", e);
        }
    }
}
