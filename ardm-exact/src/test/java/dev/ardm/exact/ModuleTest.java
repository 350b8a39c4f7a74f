package dev.ardm.exact;

import dev.ardm.coding.ModuleRules;
import java.util.List;

class ModuleTest extends ModuleRules {
    ModuleTest() {
        super("exact", List.of(), List.of("jdk.incubator.vector.."));
    }
}
