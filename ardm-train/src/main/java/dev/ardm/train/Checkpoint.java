package dev.ardm.train;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import dev.ardm.data.file.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.jspecify.annotations.Nullable;

/**
 * All that training needs to continue: weights, averaged weights, the best so far, optimiser, step and time. A folder {@code step-N} of two
 * files; the newest complete one counts, and older ones are deleted only after it is complete.
 */
final class Checkpoint {
    private static final String STATE = "state.safetensors";
    private static final String MOMENTUM = "momentum.";
    private static final String BEST = "best.";
    private static final String BEST_BITS = "best_bits";
    private static final String BEST_STEP = "best_step";
    private static final String OPTIMIZER = "optimizer.pt";

    private final Path folder;
    private final Weights weights;
    private final Weights averaged;
    private final @Nullable BestWeights best;
    /** Muon's, by parameter; empty if all parameters are AdamW's. */
    private final Map<String, float[]> momenta;

    private final long step;
    private final double seconds;

    private Checkpoint(
            Path folder,
            Weights weights,
            Weights averaged,
            @Nullable BestWeights best,
            Map<String, float[]> momenta,
            long step,
            double seconds) {
        this.folder = folder;
        this.weights = weights;
        this.averaged = averaged;
        this.best = best;
        this.momenta = momenta;
        this.step = step;
        this.seconds = seconds;
    }

    static void write(
            Path root,
            Weights weights,
            Weights averaged,
            @Nullable BestWeights best,
            Optimization optimization,
            long step,
            double seconds)
            throws IOException {
        Path complete = root.resolve("step-" + step);
        try (Staging staging = Staging.folder(complete)) {
            writeFile(
                    staging.path().resolve(STATE),
                    out -> writeState(
                            weights, averaged, best, optimization.muon().momenta(), step, seconds, out));
            writeFile(staging.path().resolve(OPTIMIZER), out -> writeOptimizer(optimization.adamW(), out));
            staging.commit();
        } catch (IOException e) {
            throw AtomicFile.named(complete, e);
        }
        try (Stream<Path> others = Files.list(root)) {
            for (Path other : (Iterable<Path>) others::iterator) {
                if (!other.equals(complete) && other.getFileName().toString().startsWith("step-")) {
                    deleteFolder(other);
                }
            }
        }
    }

    /** Writes a file and forces it to the disk, since the older checkpoint is deleted next. */
    private static void writeFile(Path file, IOConsumer<OutputStream> body) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            body.accept(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void writeState(
            Weights weights,
            Weights averaged,
            @Nullable BestWeights best,
            Map<String, float[]> momenta,
            long step,
            double seconds,
            OutputStream out)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : weights.names()) {
            float[] values = weights.get(name);
            tensors.put("weights." + name, new Tensor(new int[] {values.length}, values, Type.F32));
            tensors.put("averaged." + name, new Tensor(new int[] {values.length}, averaged.get(name), Type.F32));
        }
        momenta.forEach((name, values) ->
                tensors.put(MOMENTUM + name, new Tensor(new int[] {values.length}, values, Type.F32)));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "ardm-checkpoint");
        metadata.put("step", Long.toString(step));
        metadata.put("seconds", Double.toString(seconds));
        if (best != null) {
            metadata.put(BEST_BITS, Double.toString(best.bits()));
            metadata.put(BEST_STEP, Long.toString(best.step()));
            for (String name : best.weights().names()) {
                float[] values = best.weights().get(name);
                tensors.put(BEST + name, new Tensor(new int[] {values.length}, values, Type.F32));
            }
        }
        new SafeTensors(metadata, tensors).write(out);
    }

    private static void writeOptimizer(AdamW optimizer, OutputStream out) throws IOException {
        try (OutputArchive archive = new OutputArchive();
                StreamWriter writer = new StreamWriter(out)) {
            optimizer.save(archive);
            archive.save_to(writer);
            writer.requireWritten();
        } catch (RuntimeException e) {
            throw new IOException("the optimiser's state cannot be saved: " + firstLine(e), e);
        }
    }

    /**
     * Takes what LibTorch saves. LibTorch ends the whole process where a write fails, so a failure is remembered and the
     * rest dropped.
     */
    private static final class StreamWriter extends ArchiveWriter {
        private final OutputStream out;
        private @Nullable IOException failure;

        StreamWriter(OutputStream out) {
            this.out = out;
        }

        @Override
        public long call(Pointer data, long length) {
            try {
                if (failure == null) {
                    byte[] bytes = new byte[(int) Math.min(length, 1 << 20)];
                    BytePointer source = new BytePointer(data).capacity(length);
                    for (long at = 0; at < length; at += bytes.length) {
                        int count = (int) Math.min(length - at, bytes.length);
                        source.position(at).get(bytes, 0, count);
                        out.write(bytes, 0, count);
                    }
                }
            } catch (IOException e) {
                failure = e;
            }
            return length;
        }

        void requireWritten() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Whether there is a complete checkpoint. */
    static boolean exists(Path root) throws IOException {
        return newest(root) >= 0;
    }

    /** The step of the newest complete checkpoint, -1 if there is none. */
    private static long newest(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return -1;
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("step-\\d{1,18}"))
                    .mapToLong(name -> Long.parseLong(name.substring(5)))
                    .max()
                    .orElse(-1);
        }
    }

    /** Reads the newest complete checkpoint. */
    static Checkpoint read(Path root, List<Layer> layers) throws IOException {
        long newestStep = newest(root);
        if (newestStep < 0) {
            throw new NoSuchFileException(root.toString(), null, "no checkpoint to resume from");
        }
        Path newest = root.resolve("step-" + newestStep);
        SafeTensors state = SafeTensors.read(newest.resolve(STATE));
        Map<String, float[]> weights = new LinkedHashMap<>();
        Map<String, float[]> averaged = new LinkedHashMap<>();
        Map<String, float[]> best = new LinkedHashMap<>();
        boolean judged = state.metadata().containsKey(BEST_STEP);
        Map<String, float[]> momenta = new LinkedHashMap<>();
        for (Layer layer : layers) {
            for (Parameter parameter : layer.parameters()) {
                weights.put(parameter.name(), values(newest, state, "weights." + parameter.name(), parameter));
                averaged.put(parameter.name(), values(newest, state, "averaged." + parameter.name(), parameter));
                if (judged) {
                    best.put(parameter.name(), values(newest, state, BEST + parameter.name(), parameter));
                }
                if (state.tensors().containsKey(MOMENTUM + parameter.name())) {
                    momenta.put(parameter.name(), values(newest, state, MOMENTUM + parameter.name(), parameter));
                }
            }
        }
        double seconds = Double.parseDouble(state.metadata().getOrDefault("seconds", "0"));
        BestWeights before = !judged
                ? null
                : new BestWeights(
                        new Weights(best),
                        Double.parseDouble(state.metadata().getOrDefault(BEST_BITS, "NaN")),
                        Long.parseLong(state.metadata().getOrDefault(BEST_STEP, "0")));
        return new Checkpoint(
                newest, new Weights(weights), new Weights(averaged), before, momenta, newestStep, seconds);
    }

    private static float[] values(Path folder, SafeTensors state, String name, Parameter parameter) throws IOException {
        Tensor tensor = state.tensors().get(name);
        if (tensor == null || tensor.values().length != parameter.size()) {
            throw new IOException(folder + ": the checkpoint belongs to another network (" + name + " is "
                    + (tensor == null ? "missing" : Arrays.toString(tensor.shape())) + ")");
        }
        return tensor.values();
    }

    /**
     * Gives the optimiser its state back.
     *
     * @throws IOException if the checkpoint is of another optimiser, or cannot be read
     */
    void restore(Optimization optimization) throws IOException {
        Set<String> needed = optimization.muon().momenta().keySet();
        if (!needed.equals(momenta.keySet())) {
            throw new IOException(folder + ": the checkpoint has the momenta of " + momenta.size()
                    + " matrices, and the optimizer of this run needs those of " + needed.size());
        }
        optimization.muon().restore(momenta);
        try (InputArchive archive = new InputArchive()) {
            archive.load_from(folder.resolve(OPTIMIZER).toString());
            optimization.adamW().load(archive);
        } catch (RuntimeException e) {
            throw new IOException(folder.resolve(OPTIMIZER) + ": cannot be read: " + firstLine(e), e);
        }
    }

    private static String firstLine(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.lines().findFirst().orElse(message);
    }

    Weights weights() {
        return weights;
    }

    Weights averaged() {
        return averaged;
    }

    /** The best weights so far; null if none were judged. */
    @Nullable
    BestWeights best() {
        return best;
    }

    long step() {
        return step;
    }

    double seconds() {
        return seconds;
    }
}
