package dev.ardm.data;

import dev.ardm.coding.PackageRules;

class PackagesTest extends PackageRules {
    PackagesTest() {
        super("dev.ardm.data");
    }
}
