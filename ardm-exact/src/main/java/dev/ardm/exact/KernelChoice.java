package dev.ardm.exact;

import java.lang.module.ModuleFinder;
import org.jspecify.annotations.Nullable;

/** Picks an implementation of {@link Kernels}. */
final class KernelChoice {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String LOADER = "jdk.internal.module";

    private KernelChoice() {}

    static Kernels first(@Nullable String wanted) {
        return wanted == null ? PlainKernels.INSTANCE : best(wanted);
    }

    static Kernels best(@Nullable String wanted) {
        return switch (wanted == null ? "best" : wanted) {
            case "scalar" -> ScalarKernels.INSTANCE;
            case "plain" -> PlainKernels.INSTANCE;
            case "best" -> {
                Kernels vector = vectorOrNull();
                yield vector == null ? PlainKernels.INSTANCE : vector;
            }
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
                        "ardm.kernels=" + wanted + ": must be one of best, vector, plain and scalar");
        };
    }

    private static @Nullable Kernels vectorOrNull() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty() && !loadModule()) {
            return null;
        }
        try {
            return VectorHolder.get();
        } catch (LinkageError unusable) {
            return null;
        }
    }

    /**
     * Loads the module into the running JVM, as the JVM itself loads modules that it needs late, if the option {@code --add-exports} gives access to
     * that. {@code --add-modules} would do the same at the start of every command, and would print a warning in front of its output.
     */
    private static boolean loadModule() {
        Module base = Object.class.getModule();
        if (!base.isExported(LOADER, KernelChoice.class.getModule())
                || ModuleFinder.ofSystem().find(MODULE).isEmpty()) {
            return false;
        }
        try {
            Class.forName(LOADER + ".Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, MODULE);
            return true;
        } catch (ReflectiveOperationException changed) {
            return false; // It is not a public interface of Java: plain loops do without it.
        }
    }

    /** Keeps the vector classes from being loaded before the module is known to be there. */
    private static final class VectorHolder {
        static @Nullable Kernels get() {
            return Lanes.USABLE ? VectorKernels.INSTANCE : null;
        }
    }
}
