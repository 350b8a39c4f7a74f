package dev.ardm.train.runtime;

import org.bytedeco.pytorch.global.torch;

/** Settings of LibTorch for the whole process. */
public final class TrainingRuntime {
    private TrainingRuntime() {}

    /**
     * Number of threads of LibTorch's operations that the calling thread starts. MKL and OpenBLAS also heed OMP_NUM_THREADS, which is the number
     * of processors unless it is set before the program starts.
     */
    public static void setThreads(int threads) {
        try (NativeWork work = NativeWork.begin()) {
            torch.set_num_threads(threads);
        }
    }

    /** The number that was set, or the usual one. */
    public static int threads() {
        try (NativeWork work = NativeWork.begin()) {
            return torch.get_num_threads();
        }
    }
}
