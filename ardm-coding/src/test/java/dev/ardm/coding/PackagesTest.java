package dev.ardm.coding;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class PackagesTest extends PackageRules {
    private static final ArchRule ENTROPY_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.ardm.coding")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ardm.coding.format..", "dev.ardm.coding.internal..");

    PackagesTest() {
        super("dev.ardm.coding");
    }

    /** Entropy coding can be used without an archive. */
    @Test
    void entropyCodingKnowsNoArchive() {
        ENTROPY_ALONE.check(new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ardm.coding"));
    }

    @Test
    void anOffenceIsCaught() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThat(ENTROPY_ALONE.evaluate(offender).hasViolation()).isTrue();
    }

    private static final class Offender {
        final Class<?> archive = dev.ardm.coding.format.ArchiveHeader.class;
    }
}
