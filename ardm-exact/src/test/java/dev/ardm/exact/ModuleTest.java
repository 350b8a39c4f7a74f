package dev.ardm.exact;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This module uses no other, so it cannot inherit the rules that the others have from the tests of ardm-coding. */
class ModuleTest {
    @Test
    void theModuleUsesOnlyWhatItMay() {
        classes()
                .that()
                .resideInAPackage("dev.ardm.exact..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify.annotations..", "dev.ardm.exact..", "jdk.incubator.vector..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.ardm.exact"));
    }
}
