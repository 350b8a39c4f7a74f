package dev.ardm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every class lies in a package of its module, so that the test of the module's arrows sees it. */
class ModulesTest {
    private static final List<String> MODULES =
            List.of("coding", "exact", "core", "data", "train", "app", "cli", "bench");

    private static final List<String> LIBRARY = List.of("dev.ardm", "dev.ardm.internal");

    @Test
    void everyPackageBelongsToAModule() {
        JavaClasses production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ardm");
        assertThat(production).isNotEmpty().allSatisfy(type -> {
            if (!LIBRARY.contains(type.getPackageName())) {
                assertThat(MODULES)
                        .anyMatch(module -> (type.getPackageName() + ".").startsWith("dev.ardm." + module + "."));
            }
        });
    }
}
