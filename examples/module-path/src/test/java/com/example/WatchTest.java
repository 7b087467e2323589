package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.core.MinerOps;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @TempDir
    private Path folder;

    @Test
    void the_library_is_a_named_module_and_hides_its_internals() {
        Module core = MinerOps.class.getModule();

        assertThat(core.isNamed()).isTrue();
        assertThat(core.getDescriptor().isAutomatic()).isFalse();
        assertThat(core.getPackages())
                .filteredOn(name -> name.contains(".internal"))
                .allSatisfy(name -> assertThat(core.isExported(name)).isFalse());
    }

    @Test
    void the_library_works_from_the_module_path() {
        try (MinerOps ops = Watch.over(folder.resolve("metrics.db"))) {
            assertThat(ops.health().ok()).isTrue();
        }
    }
}
