package dev.ardm.coding;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What is coded depends on integers alone. */
class IntegersOnlyTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ardm.coding");

    private static final DescribedPredicate<JavaClass> FLOATING = DescribedPredicate.describe(
            "a floating-point type",
            type -> type.isEquivalentTo(double.class)
                    || type.isEquivalentTo(float.class)
                    || type.isEquivalentTo(Double.class)
                    || type.isEquivalentTo(Float.class));

    @Test
    void onlyTheReportOfBitsIsFloatingPoint() {
        noMethods()
                .that()
                .doNotHaveFullName("dev.ardm.coding.Distribution.bits(int)")
                .should()
                .haveRawReturnType(FLOATING)
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.ardm.coding.Distribution")
                .should()
                .dependOnClassesThat(FLOATING)
                .check(CLASSES);
    }

    @Test
    void nothingReachesOtherModulesOrDeflate() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ardm.core..", "dev.ardm.exact..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.zip.Deflater")
                .orShould()
                .callMethod(Distribution.class, "bits", int.class)
                .check(CLASSES);
    }
}
