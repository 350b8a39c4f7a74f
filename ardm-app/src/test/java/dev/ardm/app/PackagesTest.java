package dev.ardm.app;

import dev.ardm.coding.PackageRules;

class PackagesTest extends PackageRules {
    PackagesTest() {
        super("dev.ardm.app");
    }
}
