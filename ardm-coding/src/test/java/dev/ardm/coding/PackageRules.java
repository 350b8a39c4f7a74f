package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The walls inside a module, for a test of each module to inherit: packages are small, and arrows between them form no circle. */
public abstract class PackageRules {
    private static final int MOST_CLASSES = 25;

    private final String root;
    private final JavaClasses production;

    /** Rules for the packages below a root, such as {@code dev.ardm.coding}. */
    protected PackageRules(String root) {
        this.root = root;
        this.production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ImportOption.DoNotIncludeArchives())
                .importPackages(root);
    }

    @Test
    void noPackageIsLarge() {
        Map<String, Integer> sizes = new TreeMap<>();
        for (JavaClass type : production) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                sizes.merge(type.getPackageName(), 1, Integer::sum);
            }
        }
        assertThat(sizes)
                .isNotEmpty()
                .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        for (JavaClass type : production) {
            assertThat(production.stream()
                            .anyMatch(other -> other.getSimpleName().equals("package-info")
                                    && other.getPackageName().equals(type.getPackageName())))
                    .as(type.getPackageName())
                    .isTrue();
        }
    }

    @Test
    void packagesFormNoCircle() {
        SlicesRuleDefinition.slices()
                .matching(root + ".(**)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(production);
    }
}
