package dev.ardm.train;

import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;

/**
 * All that training needs to continue: weights, averaged weights, optimiser, step and time. A folder {@code step-N} of two
 * files; the newest complete one counts, and older ones are deleted only after it is complete.
 */
final class Checkpoint {
    private static final String STATE = "state.safetensors";
    private static final String OPTIMIZER = "optimizer.pt";

    private final Path folder;
    private final Weights weights;
    private final Weights averaged;
    private final long step;
    private final double seconds;

    private Checkpoint(Path folder, Weights weights, Weights averaged, long step, double seconds) {
        this.folder = folder;
        this.weights = weights;
        this.averaged = averaged;
        this.step = step;
        this.seconds = seconds;
    }

    static void write(Path root, Weights weights, Weights averaged, AdamW optimizer, long step, double seconds)
            throws IOException {
        Files.createDirectories(root);
        Path temporary = root.resolve("step-" + step + ".tmp");
        deleteFolder(temporary);
        Files.createDirectory(temporary);
        try {
            writeFiles(temporary, weights, averaged, optimizer, step, seconds);
        } catch (IOException e) {
            deleteFolder(temporary);
            throw e;
        }
        Path complete = root.resolve("step-" + step);
        deleteFolder(complete);
        Files.move(temporary, complete);
        try (Stream<Path> others = Files.list(root)) {
            for (Path other : (Iterable<Path>) others::iterator) {
                if (!other.equals(complete) && other.getFileName().toString().startsWith("step-")) {
                    deleteFolder(other);
                }
            }
        }
    }

    private static void writeFiles(
            Path temporary, Weights weights, Weights averaged, AdamW optimizer, long step, double seconds)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : weights.names()) {
            float[] values = weights.get(name);
            tensors.put("weights." + name, new Tensor(new int[] {values.length}, values, Type.F32));
            tensors.put("averaged." + name, new Tensor(new int[] {values.length}, averaged.get(name), Type.F32));
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary.resolve(STATE)))) {
            new SafeTensors(
                            Map.of(
                                    "format",
                                    "ardm-checkpoint",
                                    "step",
                                    Long.toString(step),
                                    "seconds",
                                    Double.toString(seconds)),
                            tensors)
                    .write(out);
        }
        try (OutputArchive archive = new OutputArchive()) {
            optimizer.save(archive);
            archive.save_to(temporary.resolve(OPTIMIZER).toString());
        } catch (RuntimeException e) {
            throw new IOException("cannot write " + temporary.resolve(OPTIMIZER) + ": " + firstLine(e), e);
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Reads the newest complete checkpoint. */
    static Checkpoint read(Path root, List<Layer> layers) throws IOException {
        Path newest = null;
        long newestStep = -1;
        if (Files.isDirectory(root)) {
            try (Stream<Path> folders = Files.list(root)) {
                for (Path folder : (Iterable<Path>) folders::iterator) {
                    String name = folder.getFileName().toString();
                    if (name.matches("step-\\d{1,18}") && Long.parseLong(name.substring(5)) > newestStep) {
                        newest = folder;
                        newestStep = Long.parseLong(name.substring(5));
                    }
                }
            }
        }
        if (newest == null) {
            throw new NoSuchFileException(root.toString(), null, "no checkpoint to resume from");
        }
        SafeTensors state = SafeTensors.read(newest.resolve(STATE));
        Map<String, float[]> weights = new LinkedHashMap<>();
        Map<String, float[]> averaged = new LinkedHashMap<>();
        for (Layer layer : layers) {
            for (Parameter parameter : layer.parameters()) {
                weights.put(parameter.name(), values(newest, state, "weights." + parameter.name(), parameter));
                averaged.put(parameter.name(), values(newest, state, "averaged." + parameter.name(), parameter));
            }
        }
        double seconds = Double.parseDouble(state.metadata().getOrDefault("seconds", "0"));
        return new Checkpoint(newest, new Weights(weights), new Weights(averaged), newestStep, seconds);
    }

    private static float[] values(Path folder, SafeTensors state, String name, Parameter parameter) throws IOException {
        Tensor tensor = state.tensors().get(name);
        if (tensor == null || tensor.values().length != parameter.size()) {
            throw new IOException(folder + ": the checkpoint belongs to another network (" + name + " is "
                    + (tensor == null ? "missing" : Arrays.toString(tensor.shape())) + ")");
        }
        return tensor.values();
    }

    /** Gives the optimiser its state back. */
    void restore(AdamW optimizer) throws IOException {
        try (InputArchive archive = new InputArchive()) {
            archive.load_from(folder.resolve(OPTIMIZER).toString());
            optimizer.load(archive);
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

    long step() {
        return step;
    }

    double seconds() {
        return seconds;
    }
}
