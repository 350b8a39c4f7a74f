package dev.ardm.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.ardm.core.masking.Arithmetics;
import dev.ardm.core.masking.arithmetic.v1.Arithmetic1;
import org.junit.jupiter.api.Test;

/** The package of a version of the arithmetic is named by the registry of versions and by nothing else. */
class ArithmeticPackagesTest {
    private static final String VERSIONS = "dev.ardm.core.masking.arithmetic.v*..";

    private static final ArchRule RULE = noClasses()
            .that()
            .resideOutsideOfPackage(VERSIONS)
            .and()
            .areNotAssignableTo(Arithmetics.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(VERSIONS);

    @Test
    void onlyTheRegistryNamesThem() {
        RULE.check(new ClassFileImporter()
                .withImportOption(location -> !location.contains("Test"))
                .importPackages("dev.ardm"));
    }

    @Test
    void anOffenceIsCaught() {
        assertThat(RULE.evaluate(new ClassFileImporter().importClasses(Offender.class))
                        .hasViolation())
                .isTrue();
    }

    /** What must not pass. */
    static final class Offender {
        Object version() {
            return new Arithmetic1();
        }
    }
}
