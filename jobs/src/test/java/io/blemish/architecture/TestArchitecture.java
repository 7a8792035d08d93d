package io.blemish.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The arrows between the modules and inside them, as README.md draws them. */
class TestArchitecture {
    private static final String[] LIBRARIES = {
        "io.blemish.error..",
        "io.blemish.checkpoint..",
        "io.blemish.image..",
        "io.blemish.clip..",
        "io.blemish.script..",
        "io.blemish.lm..",
        "io.blemish.caption..",
        "io.blemish.train..",
        "io.blemish.explain..",
        "io.blemish.broadcast..",
        "io.blemish.knowledge..",
        "io.blemish.metrics..",
        "io.blemish.trends..",
        "io.blemish.udfs..",
        "io.blemish.samples.."
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("io.blemish");

    @Test
    void modelsDoNotKnowSpark() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.blemish.error..",
                        "io.blemish.checkpoint..",
                        "io.blemish.image..",
                        "io.blemish.clip..",
                        "io.blemish.script..",
                        "io.blemish.lm..",
                        "io.blemish.caption..",
                        "io.blemish.train..",
                        "io.blemish.explain..",
                        "io.blemish.knowledge..",
                        "io.blemish.metrics..",
                        "io.blemish.trends..",
                        "io.blemish.samples..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.hadoop..")
                .because("a model must be usable, and testable, without a cluster")
                .check(classes);
    }

    @Test
    void broadcastKnowsNoModel() {
        noClasses()
                .that()
                .resideInAPackage("io.blemish.broadcast..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.blemish.clip..",
                        "io.blemish.lm..",
                        "io.blemish.caption..",
                        "io.blemish.explain..",
                        "io.blemish.checkpoint..",
                        "io.blemish.train..")
                .because("how an executor comes to hold a model does not depend on which model it is")
                .check(classes);
    }

    @Test
    void onlyJobsOpenSessions() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .callMethod(SparkSession.class, "builder")
                .because("a library uses the session that it is handed")
                .check(classes);
    }

    @Test
    void onlyJobsEndTheProcess() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("an executor's process belongs to Spark")
                .check(classes);
    }

    @Test
    void onlyJobsPrint() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .because("standard output belongs to what a command answers")
                .check(classes);
    }

    @Test
    void tablesDoNotKnowJobs() {
        noClasses()
                .that()
                .resideInAPackage("io.blemish.tables..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.blemish.jobs..")
                .check(classes);
    }

    @Test
    void packageLiesInOneModule() {
        Map<String, Set<String>> modules = new TreeMap<>();
        for (JavaClass type : classes) {
            String source = type.getSource().orElseThrow().getUri().toString();
            String classFile = type.getName().replace('.', '/');
            modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(source.substring(0, source.indexOf(classFile)));
        }
        assertThat(modules)
                .isNotEmpty()
                .allSatisfy((name, places) ->
                        assertThat(places).as("modules of package %s", name).hasSize(1));
    }
}
