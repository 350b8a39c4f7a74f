package dev.ardm.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules, and what each may use from outside. */
class ModulesTest {
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ardm");

    private static final List<String> JSON = List.of("tools.jackson..", "com.fasterxml.jackson.annotation..");

    /** Module, the modules it may use, and libraries. */
    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of("coding", List.of(), List.of()),
                Arguments.of("exact", List.of(), List.of("jdk.incubator.vector..")),
                Arguments.of("core", List.of("coding", "exact"), JSON),
                Arguments.of(
                        "data",
                        List.of("core", "coding"),
                        Stream.concat(
                                        JSON.stream(),
                                        Stream.of("javax.imageio..", "org.w3c.dom..", "com.twelvemonkeys.."))
                                .toList()),
                Arguments.of("train", List.of("core", "data", "coding"), List.of("org.bytedeco..")),
                Arguments.of(
                        "app",
                        List.of("coding", "exact", "core", "data", "train"),
                        Stream.concat(
                                        JSON.stream(),
                                        Stream.of(
                                                "javax.imageio..",
                                                "org.knowm.xchart..",
                                                "com.github.luben.zstd..",
                                                "org.apache.commons.text.."))
                                .toList()),
                Arguments.of(
                        "cli",
                        List.of("coding", "exact", "core", "data", "train", "app"),
                        Stream.concat(
                                        JSON.stream(),
                                        Stream.of(
                                                "javax.imageio..",
                                                "sun.misc..",
                                                "picocli..",
                                                "me.tongfei.progressbar..",
                                                "org.knowm.xchart..",
                                                "com.github.luben.zstd..",
                                                "org.apache.commons.text.."))
                                .toList()));
    }

    private static ArchRule rule(String module, List<String> modules, List<String> libraries) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify.annotations.."));
        allowed.add("dev.ardm." + module + "..");
        modules.forEach(other -> allowed.add("dev.ardm." + other + ".."));
        allowed.addAll(libraries);
        return classes()
                .that()
                .resideInAPackage("dev.ardm." + module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatItMay(String module, List<String> modules, List<String> libraries) {
        rule(module, modules, libraries).check(PRODUCTION);
    }

    @Test
    void everyPackageBelongsToAModule() {
        List<String> known = new ArrayList<>(List.of("dev.ardm.bench"));
        modules().forEach(arguments -> known.add("dev.ardm." + arguments.get()[0]));
        assertThat(PRODUCTION).allSatisfy(type -> assertThat(known)
                .anyMatch(name -> type.getPackageName().equals(name)
                        || type.getPackageName().startsWith(name + ".")));
    }

    /** The rule is not vacuous: this class uses ArchUnit, and nobody said it may. */
    @Test
    void anOffenceIsCaught() {
        JavaClasses offender = new ClassFileImporter().importClasses(ModulesTest.class);
        assertThat(rule("bench", List.of(), List.of()).evaluate(offender).hasViolation())
                .isTrue();
    }
}
