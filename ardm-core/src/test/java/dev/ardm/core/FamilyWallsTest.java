package dev.ardm.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.ardm.core.family.Models;
import org.junit.jupiter.api.Test;

/** Interfaces, model files and archives name no family of models; only {@link Models} opens them. */
class FamilyWallsTest {
    private static final String FAMILY = "dev.ardm.core.masking..";
    private static final String[] NEUTRAL = {"dev.ardm.core.model..", "dev.ardm.core.archive.."};

    private static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ardm.core");
    }

    @Test
    void familiesAreNamedByTheRegistryOnly() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(NEUTRAL)
                .and()
                .doNotBelongToAnyOf(Models.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FAMILY);
        rule.check(classes());
    }

    /** The rule would find an offence: the registry is one. */
    @Test
    void theRuleIsNotEmpty() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(NEUTRAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FAMILY);
        assertThatThrownBy(() -> rule.check(classes()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Models");
    }

    @Test
    void aFamilyKnowsNoArchives() {
        noClasses()
                .that()
                .resideInAPackage(FAMILY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ardm.core.archive..")
                .check(classes());
    }
}
