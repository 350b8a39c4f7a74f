package dev.ardm.bench;

import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.process.AbsorbingDiffusion;
import dev.ardm.core.masking.process.AbsorbingSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The bound that absorbing diffusion (D3PM, Austin et al. 2021) reaches with a model in T steps, from the loss components that {@code ardm
 * plan --order random} measured and stored in its file.
 */
public final class AbsorbingBounds {
    private AbsorbingBounds() {}

    /** Arguments: model file, numbers of steps. */
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            System.err.println("usage: bench/run absorbing MODEL STEPS...");
            System.exit(2);
        }
        MaskingModel model = MaskingModel.of(Models.read(Path.of(args[0])));
        LossComponents components = model.lossComponents()
                .orElseThrow(() -> new IllegalArgumentException(
                        args[0] + ": has no loss components; measure them with ardm plan --order random"));
        System.out.print(table(
                components,
                Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray()));
    }

    /**
     * A line for each number of steps, and one for continuous time.
     *
     * @throws IllegalArgumentException if the components are those of several stages
     */
    static String table(LossComponents components, int... steps) {
        if (components.stages() != 1) {
            throw new IllegalArgumentException("absorbing diffusion has one stage, got " + components.stages());
        }
        int dimensions = components.units();
        double[] curve =
                IntStream.range(0, dimensions).mapToDouble(components::bits).toArray();
        StringBuilder table =
                new StringBuilder("| steps | bits per dimension, at most | network calls, expected |\n|---|---|---|\n");
        for (int count : steps) {
            AbsorbingDiffusion diffusion = new AbsorbingDiffusion(AbsorbingSchedule.LINEAR, dimensions, count);
            table.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.4f | %.1f |%n",
                    count,
                    diffusion.boundBits(curve) / dimensions,
                    diffusion.expectedCalls()));
        }
        return table.append(String.format(
                        Locale.ROOT,
                        "| without end | %.4f ± %.4f | %d |%n",
                        AbsorbingDiffusion.continuousBoundBits(curve) / dimensions,
                        components.totalStandardError() / dimensions,
                        dimensions))
                .toString();
    }
}
