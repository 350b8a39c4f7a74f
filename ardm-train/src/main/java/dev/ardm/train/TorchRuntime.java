package dev.ardm.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What is set once for the whole of LibTorch, or around a region of code. */
final class TorchRuntime {
    private TorchRuntime() {}

    /** Whether convolutions and linear layers run in bf16. */
    static boolean usesBf16(TrainingSettings.Precision precision) {
        return switch (precision) {
            case BF16 -> true;
            case FP32 -> false;
            case AUTO -> processorHasBf16();
        };
    }

    /** Without such instructions bf16 is emulated, and slower than fp32. */
    private static boolean processorHasBf16() {
        try {
            String processor = Files.readString(Path.of("/proc/cpuinfo"));
            return processor.contains("avx512_bf16") || processor.contains("amx_bf16");
        } catch (IOException e) {
            return false; // not Linux
        }
    }

    /** Switches CPU autocast to bf16 on or off and returns its former state. */
    static boolean autocast(boolean enabled) {
        boolean before = torch.is_autocast_enabled(DeviceType.CPU);
        torch.set_autocast_enabled(DeviceType.CPU, enabled);
        return before;
    }

    /** Runs code with convolutions and linear layers in bf16 where {@code enabled}. */
    static <T> T withAutocast(boolean enabled, Supplier<T> code) {
        if (!enabled) {
            return code.get();
        }
        torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
        autocast(true);
        torch.increment_nesting();
        try {
            return code.get();
        } finally {
            autocast(false);
            if (torch.decrement_nesting() == 0) {
                torch.clear_cache(); // else the next block would use bf16 copies of old weights
            }
        }
    }
}
