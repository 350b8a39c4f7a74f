package dev.ardm.train;

import org.bytedeco.pytorch.global.torch;

/** Settings of LibTorch for the whole process. */
public final class TrainingRuntime {
    private TrainingRuntime() {}

    /** Number of threads of LibTorch's operations. MKL and OpenBLAS also heed OMP_NUM_THREADS, set before the JVM starts. */
    public static void setThreads(int threads) {
        torch.set_num_threads(threads);
    }
}
