package io.minerops.server;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.MinerControl;
import io.minerops.core.MinerOps;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;

/** The arrows between modules and packages. */
@AnalyzeClasses(packages = "io.minerops", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Top-level types of one package, those that are not public included. */
    private static final long MAX_TYPES = 30;

    @ArchTest
    static final ArchRule the_api_depends_on_nothing =
            only("io.minerops.api..", "io.minerops.api..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule answers_are_completed_in_one_place = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.minerops.server.http.HttpAnswer")
            .should()
            .callMethodWhere(target(nameMatching("succeeded|failed|complete.*"))
                    .and(target(owner(assignableTo(Callback.class))))
                    .or(target(nameMatching("write")).and(target(owner(assignableTo(Content.Sink.class))))))
            .because("an answer that another thread completes without a last write is lost, and the next one too");

    @ArchTest
    static final ArchRule the_core_depends_on_the_api_and_little_else = only(
            "io.minerops.core..",
            "io.minerops.core..",
            "io.minerops.api..",
            "java..",
            // of the JDK: how many file descriptors the process has left
            "com.sun.management..",
            "org.jspecify..",
            "org.slf4j..",
            "com.fasterxml.jackson..",
            "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule the_sqlite_store_knows_the_api_and_its_driver = only(
            "io.minerops.sqlite..",
            "io.minerops.sqlite..",
            "io.minerops.blocks..",
            "io.minerops.api..",
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "org.sqlite..",
            "com.zaxxer.hikari..");

    @ArchTest
    static final ArchRule the_postgres_store_knows_the_api_and_its_driver = only(
            "io.minerops.postgres..",
            "io.minerops.postgres..",
            "io.minerops.blocks..",
            "io.minerops.api..",
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "org.postgresql..",
            "com.zaxxer.hikari..");

    @ArchTest
    static final ArchRule the_storage_format_knows_the_api_alone =
            only("io.minerops.blocks..", "io.minerops.blocks..", "io.minerops.api..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_tariffs_know_the_api_alone =
            only("io.minerops.tariff..", "io.minerops.tariff..", "io.minerops.api..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_channels_know_the_api_and_mail = only(
            "io.minerops.notify..",
            "io.minerops.notify..",
            "io.minerops.api..",
            "java..",
            "javax.net..",
            "javax.crypto..",
            "org.jspecify..",
            "org.slf4j..",
            "jakarta.mail..",
            "jakarta.activation..",
            "org.eclipse.angus..",
            "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule the_metrics_know_the_core_and_micrometer = only(
            "io.minerops.micrometer..",
            "io.minerops.micrometer..",
            "io.minerops.core..",
            "io.minerops.api..",
            "java..",
            "org.jspecify..",
            "io.micrometer.core..");

    @ArchTest
    static final ArchRule the_testkit_knows_the_api_alone = only(
            "io.minerops.testkit..",
            "io.minerops.testkit..",
            "io.minerops.api..",
            "java..",
            "com.sun.net.httpserver..",
            "org.jspecify..",
            "org.slf4j..",
            "com.fasterxml.jackson..",
            "org.junit..",
            "org.assertj..");

    @ArchTest
    static final ArchRule the_engines_are_functions = noClasses()
            .that()
            .resideInAnyPackage("io.minerops.core.alert..", "io.minerops.core.certify..", "io.minerops.core.profit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.sql..",
                    "java.util.concurrent..",
                    "org.slf4j..",
                    "com.fasterxml..",
                    "io.minerops.core.job..",
                    "io.minerops.core.internal..",
                    "io.minerops.core.device..",
                    "io.minerops.core.market..")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule no_job_and_no_engine_controls_a_miner = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.minerops.core.job..",
                    "io.minerops.core.internal..",
                    "io.minerops.core.alert..",
                    "io.minerops.core.profit..",
                    "io.minerops.core.curtail..",
                    "io.minerops.core.backtest..",
                    "io.minerops.core.market..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MinerControl.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ControlAction.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(MinerOps.class);

    @ArchTest
    static final ArchRule the_dispatcher_knows_no_channel = noClasses()
            .that()
            .resideInAPackage("io.minerops.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.minerops.notify..",
                    "io.minerops.sqlite..",
                    "io.minerops.postgres..",
                    "java.sql..",
                    "jakarta.mail..");

    @ArchTest
    static final ArchRule routes_know_neither_sql_nor_jetty = noClasses()
            .that()
            .resideInAPackage("io.minerops.server.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "org.eclipse.jetty..",
                    "io.minerops.sqlite..",
                    "io.minerops.postgres..",
                    "io.minerops.notify..");

    @ArchTest
    static final ArchRule the_server_uses_what_every_embedder_can_use = noClasses()
            .that()
            .resideInAnyPackage("io.minerops.server..", "io.minerops.demo..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.minerops.core..internal..",
                            "io.minerops.rules..internal..",
                            "io.minerops.sqlite..internal..",
                            "io.minerops.postgres..internal..",
                            "io.minerops.notify..internal..",
                            "io.minerops.micrometer..internal..")
                    .and(resideOutsideOfPackage("io.minerops.core.device.internal.redact..")))
            .because("what is not exported is not promised; commands that show raw replies use the library's masks");

    @ArchTest
    static final ArchRule packages_do_not_go_in_circles =
            slices().matching("io.minerops.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule programs_use_the_services_and_not_the_store_behind_them = noClasses()
            .that()
            .resideInAPackage("io.minerops..")
            .should()
            .callMethod(MinerOps.class, "store")
            .because("what is written past the services is neither validated nor followed by a check or a dispatch");

    @ArchTest
    static void no_package_has_more_types_than_a_reader_can_keep_in_mind(JavaClasses classes) {
        Map<String, Long> types = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getFullName().endsWith(".package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));

        assertThat(types).containsKeys("io.minerops.api.store", "io.minerops.core.alert", "io.minerops.server");
        assertThat(types).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_TYPES));
    }

    private static ArchRule only(String of, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(of)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
