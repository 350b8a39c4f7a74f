package dev.ardm.exact;

import dev.ardm.exact.internal.Fma;
import java.lang.System.Logger.Level;

/** Says which kernels run: whoever forgets an option of the JVM would never know why everything takes several times as long. */
final class KernelReport {
    /** Set by the command where the launcher has not begun it. */
    private static final String COMMAND = "ardm.command";

    private static final String VECTOR = "vector-";
    private static boolean logged; // guarded by the class

    private KernelReport() {}

    /** A sentence on kernels that run. */
    static String of(Kernels kernels) {
        String name = kernels.name();
        if (name.startsWith(VECTOR)) {
            return "ardm runs networks on vectors of " + name.substring(VECTOR.length()) + " bits.";
        }
        return "ardm runs networks on " + name
                + " kernels, without vectors, which takes several times as long and gives the same bits" + why() + ".";
    }

    private static String why() {
        String wanted = System.getProperty("ardm.kernels");
        if (wanted != null && !wanted.equals("best")) {
            return ", as the system property ardm.kernels asks";
        }
        if (!Fma.INSTRUCTION) {
            return ", because this processor, or this JVM, has no instruction for a fused multiply-add";
        }
        if (!KernelChoice.inThisJava()) {
            return ", because this Java comes without the module jdk.incubator.vector; use one that has it";
        }
        return KernelChoice.vectorsInReach()
                ? ", because the Vector API has no vectors of at least 128 bits here"
                : "; add --add-modules=jdk.incubator.vector to JDK_JAVA_OPTIONS for vectors";
    }

    /** Logs which kernels run, once for all of the process. */
    static void log(Kernels kernels) {
        synchronized (KernelReport.class) {
            if (logged) {
                return;
            }
            logged = true;
        }
        if (System.getProperty("ardm.program") == null && System.getProperty(COMMAND) == null) {
            boolean wasted = !kernels.name().startsWith(VECTOR)
                    && Fma.INSTRUCTION
                    && System.getProperty("ardm.kernels", "best").equals("best");
            System.getLogger("dev.ardm").log(wasted ? Level.INFO : Level.DEBUG, () -> of(kernels));
        }
    }
}
