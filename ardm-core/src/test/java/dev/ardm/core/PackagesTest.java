package dev.ardm.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.ardm.coding.PackageRules;
import dev.ardm.core.masking.MaskingModel;
import org.junit.jupiter.api.Test;

class PackagesTest extends PackageRules {
    private static final ArchRule NEUTRAL = noClasses()
            .that()
            .resideOutsideOfPackages("dev.ardm.core.masking..", "dev.ardm.core.family..", "dev.ardm.core.conformance..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ardm.core.masking..", "dev.ardm.core.family..");

    PackagesTest() {
        super("dev.ardm.core");
    }

    /** Models, model files, networks, engine and archives serve every family and name none. */
    @Test
    void onlyTheRegistryNamesAFamily() {
        NEUTRAL.check(production());
    }

    private static JavaClasses production() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ImportOption.DoNotIncludeArchives())
                .importPackages("dev.ardm.core");
    }

    /** Models can be used without archives; the model itself needs neither networks nor an engine. */
    @Test
    void familiesKnowNoArchivesAndInterfacesNoNetworks() {
        noClasses()
                .that()
                .resideInAPackage("dev.ardm.core.masking..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ardm.core.archive..")
                .check(production());
        noClasses()
                .that()
                .resideInAnyPackage("dev.ardm.core.model..", "dev.ardm.core.archive..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ardm.core.network..", "dev.ardm.core.engine..")
                .check(production());
    }

    @Test
    void anOffenceIsCaught() {
        assertThat(NEUTRAL.evaluate(new ClassFileImporter().importClasses(Offender.class))
                        .hasViolation())
                .isTrue();
    }

    /** What must not pass. */
    private static final class Offender {
        final Class<?> family = MaskingModel.class;
    }
}
