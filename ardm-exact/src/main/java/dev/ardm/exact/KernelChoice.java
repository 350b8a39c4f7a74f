package dev.ardm.exact;

import dev.ardm.exact.internal.Fma;
import java.lang.module.ModuleFinder;
import org.jspecify.annotations.Nullable;

/** Picks an implementation of {@link Kernels}, by name: implementations know the interface, and it does not know them. */
final class KernelChoice {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String LOADER = "jdk.internal.module";

    private KernelChoice() {}

    static Kernels first(@Nullable String wanted) {
        return wanted == null ? load("plain.PlainKernels") : best(wanted);
    }

    /** Whether {@link #best} can have vectors, as far as that is known without loading them. */
    static boolean vectorsInReach() {
        return Fma.INSTRUCTION && (ModuleLayer.boot().findModule(MODULE).isPresent() || canLoadModule());
    }

    static Kernels best(@Nullable String wanted) {
        return switch (wanted == null ? "best" : wanted) {
            case "scalar" -> load("plain.ScalarKernels");
            case "plain" -> load("plain.PlainKernels");
            case "best" -> {
                // Vectors have no fma either where the processor has none.
                Kernels vector = Fma.INSTRUCTION ? vectorOrNull() : null;
                yield vector == null ? load("plain.PlainKernels") : vector;
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
            return load("vector.VectorKernels");
        } catch (LinkageError unusable) {
            return null; // Also where the processor has no vectors of a useful width.
        }
    }

    private static Kernels load(String implementation) {
        try {
            return (Kernels) Class.forName(KernelChoice.class.getPackageName() + ".internal." + implementation)
                    .getField("INSTANCE")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(implementation + " is in the same jar", e);
        }
    }

    private static boolean canLoadModule() {
        return Object.class.getModule().isExported(LOADER, KernelChoice.class.getModule()) && inThisJava();
    }

    /** Whether this Java comes with the module of the Vector API. */
    static boolean inThisJava() {
        return ModuleFinder.ofSystem().find(MODULE).isPresent();
    }

    /**
     * Loads the module into the running JVM, as the JVM itself loads modules that it needs late, if the option {@code --add-exports} gives access to
     * that. {@code --add-modules} would do the same at the start of every command, and would print a warning in front of its output.
     */
    private static boolean loadModule() {
        if (!canLoadModule()) {
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
}
