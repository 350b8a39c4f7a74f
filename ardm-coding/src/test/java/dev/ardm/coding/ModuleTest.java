package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleTest extends ModuleRules {
    ModuleTest() {
        super("coding", List.of(), List.of());
    }

    /** The rule is not vacuous: {@link ModuleRules} lies in the module's package and uses ArchUnit, which the module may not. */
    @Test
    void anOffenceIsCaught() {
        assertThat(rule().evaluate(new ClassFileImporter().importClasses(ModuleRules.class))
                        .hasViolation())
                .isTrue();
    }
}
