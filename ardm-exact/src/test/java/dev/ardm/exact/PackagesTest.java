package dev.ardm.exact;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ardm.coding.PackageRules;
import org.junit.jupiter.api.Test;

class PackagesTest extends PackageRules {
    PackagesTest() {
        super("dev.ardm.exact");
    }

    /** Implementations know the operations; these know no implementation, and the classes of one are loaded only where it is chosen. */
    @Test
    void operationsNameNoImplementation() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ardm.exact", "dev.ardm.exact.internal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ardm.exact.internal.*..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.ardm.exact"));
    }
}
