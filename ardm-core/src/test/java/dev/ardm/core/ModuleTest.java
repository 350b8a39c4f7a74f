package dev.ardm.core;

import dev.ardm.coding.ModuleRules;
import java.util.List;

class ModuleTest extends ModuleRules {
    ModuleTest() {
        super("core", List.of("coding", "exact"), withJson());
    }
}
