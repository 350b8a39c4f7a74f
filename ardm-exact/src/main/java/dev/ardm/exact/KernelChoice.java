package dev.ardm.exact;

import org.jspecify.annotations.Nullable;

/** Picks an implementation of {@link Kernels}. */
final class KernelChoice {
    private static final String MODULE = "jdk.incubator.vector";

    private KernelChoice() {}

    static Kernels best(@Nullable String wanted) {
        if (wanted == null) {
            Kernels vector = vectorOrNull();
            return vector == null ? PlainKernels.INSTANCE : vector;
        }
        return switch (wanted) {
            case "scalar" -> ScalarKernels.INSTANCE;
            case "plain" -> PlainKernels.INSTANCE;
            case "vector" -> {
                Kernels vector = vectorOrNull();
                if (vector == null) {
                    throw new IllegalStateException("ardm.kernels=vector needs the JVM option --add-modules " + MODULE
                            + " and a processor with vectors of at least 128 bits");
                }
                yield vector;
            }
            default ->
                throw new IllegalArgumentException(
                        "ardm.kernels=" + wanted + ": must be one of vector, plain and scalar");
        };
    }

    private static @Nullable Kernels vectorOrNull() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return null;
        }
        try {
            return VectorHolder.get();
        } catch (LinkageError unusable) {
            return null;
        }
    }

    /** Keeps the vector classes from being loaded before the module is known to be there. */
    private static final class VectorHolder {
        static @Nullable Kernels get() {
            return Lanes.USABLE ? VectorKernels.INSTANCE : null;
        }
    }
}
