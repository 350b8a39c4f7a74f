package dev.ardm.app;

import dev.ardm.coding.ModuleRules;
import java.util.List;

class ModuleTest extends ModuleRules {
    ModuleTest() {
        super(
                "app",
                List.of("coding", "exact", "core", "data", "train"),
                withJson(
                        "dev.ardm.internal..",
                        "javax.imageio..",
                        "org.knowm.xchart..",
                        "com.github.luben.zstd..",
                        "org.tukaani.xz..",
                        "org.apache.commons.text.."));
    }
}
