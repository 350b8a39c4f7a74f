package dev.ardm.bench;

import dev.ardm.exact.Kernels;

/** Picks kernels by name within one JVM. */
final class KernelNames {
    private KernelNames() {}

    /** @param name vector, plain or scalar */
    static Kernels kernels(String name) {
        String before = System.getProperty("ardm.kernels");
        System.setProperty("ardm.kernels", name);
        try {
            return Kernels.best();
        } finally {
            if (before == null) {
                System.clearProperty("ardm.kernels");
            } else {
                System.setProperty("ardm.kernels", before);
            }
        }
    }
}
