package dev.ardm.data;

import dev.ardm.coding.ModuleRules;
import java.util.List;

class ModuleTest extends ModuleRules {
    ModuleTest() {
        super("data", List.of("core", "coding"), withJson("javax.imageio..", "org.w3c.dom..", "com.twelvemonkeys.."));
    }
}
