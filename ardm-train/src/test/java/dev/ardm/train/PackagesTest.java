package dev.ardm.train;

import dev.ardm.coding.PackageRules;

class PackagesTest extends PackageRules {
    PackagesTest() {
        super("dev.ardm.train");
    }
}
