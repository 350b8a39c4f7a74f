package dev.ardm.coding;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows of a module, for a test of each module to inherit: the modules and libraries that it may use. */
public abstract class ModuleRules {
    private final String root;
    private final List<String> modules;
    private final List<String> libraries;

    /**
     * Rules for a module.
     *
     * @param module its name without {@code ardm-}
     * @param modules names of the modules it may use
     * @param libraries patterns of packages it may use, in addition to those of {@code java}
     */
    protected ModuleRules(String module, List<String> modules, List<String> libraries) {
        this.root = "dev.ardm." + module;
        this.modules = modules;
        this.libraries = libraries;
    }

    /** Patterns of packages, and those of Jackson. */
    protected static List<String> withJson(String... libraries) {
        List<String> all = new ArrayList<>(List.of("tools.jackson..", "com.fasterxml.jackson.annotation.."));
        all.addAll(List.of(libraries));
        return all;
    }

    final ArchRule rule() {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify.annotations..", root + ".."));
        modules.forEach(other -> allowed.add("dev.ardm." + other + ".."));
        allowed.addAll(libraries);
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    @Test
    void theModuleUsesOnlyWhatItMay() {
        rule().check(new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root));
    }
}
