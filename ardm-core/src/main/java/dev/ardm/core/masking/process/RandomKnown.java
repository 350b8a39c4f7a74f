package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import java.util.Arrays;

/** Draws uniformly random sets of known units; shared by the processes that generate in any order. */
final class RandomKnown {
    private RandomKnown() {}

    /** The corruption of a stage with exactly {@code count} of the generated units known. */
    static Corruption corruption(Process process, int stage, int count, RandomStream random) {
        int units = process.units();
        int[] candidates = process.given().others(units);
        boolean[] knownUnits = process.given().flags(units);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(candidates.length - i);
            int chosen = candidates[j];
            candidates[j] = candidates[i];
            knownUnits[chosen] = true;
        }
        int size = process.unitSize();
        boolean[] known = new boolean[units * size];
        boolean[] predicted = new boolean[units];
        for (int unit = 0; unit < units; unit++) {
            Arrays.fill(known, unit * size, (unit + 1) * size, knownUnits[unit]);
            predicted[unit] = !knownUnits[unit];
        }
        return new Corruption(stage, known, predicted, null);
    }

    static void checkPlace(double place) {
        if (!(place >= 0 && place < 1)) {
            throw new IllegalArgumentException("place must be in [0, 1), got " + place);
        }
    }

    static void checkUnit(dev.ardm.core.Space space, int unitSize) {
        if (unitSize != 1 && unitSize != space.extent(space.rank() - 1)) {
            throw new IllegalArgumentException(
                    "a unit is one variable or all of the last axis, got " + unitSize + " of " + space);
        }
    }
}
