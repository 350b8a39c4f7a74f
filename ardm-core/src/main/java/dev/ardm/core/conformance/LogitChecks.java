package dev.ardm.core.conformance;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.process.Process;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Logits of a model on fixed inputs: what they are, and that only the input decides them. */
final class LogitChecks {
    private static final long SEED = 2022;

    /** How many single inputs are evaluated where a batch is evaluated once. */
    private static final int SINGLES = 3;

    private final String name;
    private final ItemEngine engine;
    private final Space space;
    private final Process process;
    private final Sizes sizes;
    private final int[] everywhere;
    private final int outputs;
    private final List<Input> inputs = new ArrayList<>();
    private final List<float[]> logits = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Input(int[] values, boolean[] known) {}

    LogitChecks(String name, MaskingModel model, Kernels kernels, Sizes sizes) {
        this.name = name;
        this.engine = new ItemEngine(model.network(), model.weights(), kernels)
                .told(model.definition().countLogs());
        this.space = model.space();
        this.process = model.process();
        this.sizes = sizes;
        this.everywhere = positions(process.units());
        this.outputs = model.network().output().outputs();
        for (int i = 0; i < sizes.inputs(); i++) {
            inputs.add(input(i));
        }
    }

    /** A random item: nothing known in the first, all but one variable in the second, a random part in all others. */
    private Input input(int index) {
        int dimensions = space.dimensions();
        RandomStream random = RandomStream.of(SEED, Purpose.TEST, index);
        int[] values = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            values[i] = random.nextInt(space.categories(i));
        }
        int part = random.nextInt(dimensions);
        int count = index == 0 ? 0 : index == 1 ? dimensions - 1 : part;
        int[] order = random.permutation(dimensions);
        boolean[] known = new boolean[dimensions];
        for (int i = 0; i < count; i++) {
            known[order[i]] = true;
        }
        return new Input(values, known);
    }

    private static int[] positions(int count) {
        int[] positions = new int[count];
        Arrays.setAll(positions, i -> i);
        return positions;
    }

    /** The hash of each input's logits at all positions, one item at a time on one thread. */
    List<String> hashes() {
        List<String> hashes = new ArrayList<>();
        try (ItemEngine.Worker worker = engine.worker()) {
            for (Input input : inputs) {
                logits.add(worker.logits(input.values, input.known, everywhere));
                hashes.add(new Hash().add(logits.get(logits.size() - 1)).text().substring(0, Golden.SHORT));
            }
        }
        return hashes;
    }

    /** Compares all other ways with the logits that {@link #hashes} computed. */
    void ways(Consumer<Check> sink) {
        sink.accept(check("some positions alone", positionsAlone()));
        for (int batch : sizes.batches()) {
            sink.accept(check("batches of " + batch + ", threads " + Arrays.toString(sizes.threads()), batches(batch)));
        }
    }

    private Check check(String what, @Nullable String difference) {
        Hash hash = new Hash();
        logits.forEach(hash::add);
        String expected = hash.text();
        return Check.of(name + ": logits, " + what, expected, difference == null ? expected : difference);
    }

    /** Asks for the logits of one position, and of a few in random order. */
    private @Nullable String positionsAlone() {
        try (ItemEngine.Worker worker = engine.worker()) {
            for (int i = 0; i < Math.min(inputs.size(), 3); i++) {
                Input input = inputs.get(i);
                int[] order = RandomStream.of(SEED + 1, Purpose.TEST, i).permutation(everywhere.length);
                int[] few = Arrays.copyOf(order, Math.min(sizes.alone(), order.length));
                float[] together = worker.logits(input.values, input.known, few);
                for (int k = 0; k < few.length; k++) {
                    float[] alone = worker.logits(input.values, input.known, new int[] {few[k]});
                    String where = "input " + i + ", position " + few[k];
                    String difference =
                            difference(where + " alone", logits.get(i), few[k] * outputs, alone, 0, outputs);
                    if (difference == null) {
                        difference = difference(where, logits.get(i), few[k] * outputs, together, k * outputs, outputs);
                    }
                    if (difference != null) {
                        return difference;
                    }
                }
            }
        }
        return null;
    }

    /** Evaluates batches on each number of threads, with every item at several places of the batch. */
    private @Nullable String batches(int size) {
        int[] all = positions(Math.multiplyExact(size, everywhere.length));
        int[] threads = sizes.threads();
        for (int t = 0; t < threads.length; t++) {
            try (ItemEngine.Worker worker = engine.worker(threads[t])) {
                int rotations = size == 1
                        ? Math.min(inputs.size(), SINGLES * sizes.rotations())
                        : Math.min(size, sizes.rotations());
                for (int turn = 0; turn < rotations; turn++) {
                    int first = (t + turn * Math.max(1, size / rotations)) % size;
                    String where = threads[t] + " threads, ";
                    String difference = size == 1
                            ? single(worker, where, turn)
                            : compare(where, worker.logits(batch(size, first), all), size, first);
                    if (difference != null) {
                        return difference;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable String single(ItemEngine.Worker worker, String where, int index) {
        Input input = inputs.get(index);
        float[] out = worker.logits(input.values, input.known, everywhere);
        return difference(where + "input " + index, logits.get(index), 0, out, 0, out.length);
    }

    /** The first inputs as a batch that begins with one of them and goes round. */
    private NetworkInput batch(int size, int first) {
        int dimensions = space.dimensions();
        int[] values = new int[size * dimensions];
        boolean[] known = new boolean[size * dimensions];
        for (int place = 0; place < size; place++) {
            Input input = inputs.get((first + place) % size);
            System.arraycopy(input.values, 0, values, place * dimensions, dimensions);
            System.arraycopy(input.known, 0, known, place * dimensions, dimensions);
        }
        return new NetworkInput(process, size, values, known, new int[size], null);
    }

    private @Nullable String compare(String where, float[] out, int size, int first) {
        for (int place = 0; place < size; place++) {
            int index = (first + place) % size;
            float[] wanted = logits.get(index);
            String difference = difference(
                    where + "input " + index + " at place " + place + " of " + size,
                    wanted,
                    0,
                    out,
                    place * wanted.length,
                    wanted.length);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** Says where two ranges differ in a bit, null if nowhere. */
    private static @Nullable String difference(
            String where, float[] wanted, int wantedFrom, float[] got, int gotFrom, int length) {
        for (int i = 0; i < length; i++) {
            float a = wanted[wantedFrom + i];
            float b = got[gotFrom + i];
            if (Float.floatToRawIntBits(a) != Float.floatToRawIntBits(b)) {
                return where + ": logit " + i + " is " + Float.toHexString(b) + ", not " + Float.toHexString(a);
            }
        }
        return null;
    }
}
