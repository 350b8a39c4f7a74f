package dev.ardm.cli;

import dev.ardm.coding.ModuleRules;
import java.util.List;

class ModuleTest extends ModuleRules {
    ModuleTest() {
        super(
                "cli",
                List.of("coding", "exact", "core", "data", "train", "app"),
                withJson("sun.misc..", "picocli..", "me.tongfei.progressbar.."));
    }
}
