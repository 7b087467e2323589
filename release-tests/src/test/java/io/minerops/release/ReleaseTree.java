package io.minerops.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** A copy of the project's sources in which the version is that of a release. */
final class ReleaseTree {
    /** The project's own folder: the one above this module. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Set<String> NOT_COPIED = Set.of("target", ".git", "node_modules", "data", "logs");
    private static final String SNAPSHOT = "-SNAPSHOT</version>";

    private ReleaseTree() {}

    static Path copyTo(Path target) throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NOT_COPIED.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(target.resolve(ROOT.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = target.resolve(ROOT.relativize(file));
                Files.copy(file, copy);
                if (file.endsWith("pom.xml")) {
                    Files.writeString(copy, Files.readString(copy).replace(SNAPSHOT, "</version>"));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return target;
    }

    /** The version that the release has. */
    static String version() {
        try {
            String pom = Files.readString(ROOT.resolve("minerops-bom/pom.xml"));
            String version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
            return version.replace("-SNAPSHOT", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
