package dev.ardm.cli;

import dev.ardm.coding.PackageRules;

class PackagesTest extends PackageRules {
    PackagesTest() {
        super("dev.ardm.cli");
    }
}
