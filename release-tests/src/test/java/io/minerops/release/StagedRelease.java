package io.minerops.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A release that was built from a copy of the sources and uploaded to a portal on loopback.
 *
 * @param folder where it was built
 * @param repository the Maven repository that the portal was sent
 * @param key what signed it
 * @param output what Maven printed
 */
record StagedRelease(Path folder, Path repository, ThrowAwayKey key, String output) {
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(minerops-[a-z]+)</artifactId>");

    /** Settings with an account for the portal, which requires one. */
    private static final String SETTINGS =
            "<settings><servers><server><id>central</id><username>test</username><password>test</password></server></servers></settings>";

    private static StagedRelease shared;

    /** The release of every module that the tests share; built when it is first needed. */
    static synchronized StagedRelease shared() throws Exception {
        StagedRelease built = shared;
        if (built == null) {
            built = build(Path.of("target/release-1").toAbsolutePath(), List.of());
            shared = built;
        }
        return built;
    }

    /** The Maven repository as a whole. */
    Path root() {
        return folder.resolve("repository");
    }

    /**
     * Builds a release.
     *
     * @param folder where to; emptied first
     * @param modules Maven's arguments that name the modules; none for all
     */
    static StagedRelease build(Path folder, List<String> modules) throws Exception {
        deleteAll(folder);
        Files.createDirectories(folder);
        Path sources = ReleaseTree.copyTo(folder.resolve("sources"));
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path settings = Files.writeString(folder.resolve("settings.xml"), SETTINGS);
        ThrowAwayKey key = ThrowAwayKey.generate();
        try (Portal portal = Portal.start(repository)) {
            List<String> arguments = new ArrayList<>(List.of(
                    "-gs",
                    settings.toString(),
                    "-Prelease",
                    "-DskipTests",
                    "-Dmaven.install.skip=true",
                    "-DcentralBaseUrl=" + portal.url()));
            arguments.addAll(modules);
            arguments.add("deploy");
            NestedMaven run = NestedMaven.run(
                    sources,
                    folder.resolve("maven.log"),
                    Map.of("MAVEN_GPG_KEY", key.armoured(), "MAVEN_GPG_PASSPHRASE", key.passphrase()),
                    arguments);
            if (run.exitCode() != 0) {
                throw new AssertionError("the release build failed:\n" + tail(run.output()));
            }
            return new StagedRelease(folder, repository.resolve("io/minerops"), key, run.output());
        }
    }

    /** The library artifacts, which the BOM lists. */
    static List<String> libraries() {
        try {
            String bom = Files.readString(ReleaseTree.ROOT.resolve("minerops-bom/pom.xml"));
            return ARTIFACT.matcher(bom.substring(bom.indexOf("<dependencyManagement>")))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file of an artifact, as {@code .jar}, {@code -sources.jar} or {@code .pom}. */
    Path file(String artifact, String ending) {
        String version = ReleaseTree.version();
        return repository.resolve(artifact).resolve(version).resolve(artifact + "-" + version + ending);
    }

    /** Every file by its path in the repository. */
    Map<String, Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(repository, new FileVisitOption[0])) {
            return all.filter(Files::isRegularFile)
                    .collect(
                            Collectors.toMap(file -> repository.relativize(file).toString(), file -> file));
        }
    }

    /** Deletes a folder with all that it holds, if it is there. */
    static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 4_000));
    }
}
