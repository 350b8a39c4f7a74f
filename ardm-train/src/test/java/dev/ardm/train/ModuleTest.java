package dev.ardm.train;

import dev.ardm.coding.ModuleRules;
import java.util.List;

class ModuleTest extends ModuleRules {
    ModuleTest() {
        super("train", List.of("core", "data", "coding"), List.of("org.bytedeco.."));
    }
}
