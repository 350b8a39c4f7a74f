package dev.ardm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The library is above core and data only, and its inside knows nothing of what users see. */
class ModuleTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ardm");

    @Test
    void theModuleUsesOnlyWhatItMay() {
        classes()
                .that()
                .resideInAnyPackage("dev.ardm", "dev.ardm.internal..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations..",
                        "dev.ardm",
                        "dev.ardm.internal..",
                        "dev.ardm.coding..",
                        "dev.ardm.core..",
                        "dev.ardm.exact..",
                        "dev.ardm.data..")
                .check(CLASSES);
    }

    @Test
    void nothingBelowKnowsTheLibrary() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.ardm.internal..",
                        "dev.ardm.coding..",
                        "dev.ardm.core..",
                        "dev.ardm.exact..",
                        "dev.ardm.data..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ardm")
                .check(CLASSES);
    }
}
