package dev.ardm.train.runtime;

import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads LibTorch with the settings that make it fast and that its libraries read only once. What a user has set stays. A program that has
 * loaded these libraries before keeps what they were loaded with.
 */
final class NativeLibraries {
    /**
     * How often a thread looks whether others are done before it sleeps. Sleeping at once costs much on virtual machines; spinning on and
     * on, as is usual, makes everything twenty times slower as soon as anything else wants a processor.
     */
    private static final String SPINS = "10000";

    private NativeLibraries() {}

    /** Has no effect after the first call. */
    static void load() {
        Loading.once();
    }

    /** Initialised, and so done, once. */
    private static final class Loading {
        static {
            prepare();
            Loader.load(torch.class);
        }

        private Loading() {}

        static void once() {}
    }

    private static void prepare() {
        // Limits of its own on memory, by the size of the Java heap: a training needs little of that and much outside.
        setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
        boolean amd64 = System.getProperty("os.arch").equals("amd64");
        if (linux && amd64 && isPresent("org.bytedeco.mkl.global.mkl_rt")) {
            setIfAbsent("org.bytedeco.openblas.load", "mkl"); // several times faster than OpenBLAS
        }
        if (!linux) {
            return;
        }
        Map<String, String> given = System.getenv();
        String threads = Integer.toString(Runtime.getRuntime().availableProcessors());
        for (String name : new String[] {"OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"}) {
            if (!given.containsKey(name)) {
                NativeEnvironment.add(name, threads);
            }
        }
        if (!given.containsKey("OMP_WAIT_POLICY") && !given.containsKey("GOMP_SPINCOUNT")) {
            NativeEnvironment.add("GOMP_SPINCOUNT", SPINS);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, NativeLibraries.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
