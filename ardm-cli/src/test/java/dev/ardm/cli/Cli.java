package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.Listener;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.Compression;
import dev.ardm.app.train.Presets;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.items.ItemInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs commands in this process, and makes what they need: untrained models and random items. */
public final class Cli {
    private Cli() {}

    /** What a command did. */
    public record Result(int code, String out, String err) {
        public Result good() {
            assertThat(code).as(err).isZero();
            assertThat(err).isEmpty();
            return this;
        }

        /** Succeeded, and said something beside. */
        public Result warned(String... parts) {
            return ended(0, parts);
        }

        /** Failed with a message, and not with a surprise. */
        public Result failed(String... parts) {
            return ended(1, parts);
        }

        /** Refused how it was called. */
        public Result refused(String... parts) {
            return ended(2, parts);
        }

        private Result ended(int wanted, String... parts) {
            assertThat(code).as(out + err).isEqualTo(wanted);
            for (String part : parts) {
                assertThat(err).contains(part);
            }
            assertThat(err).doesNotContain("internal error").doesNotContain("Exception");
            return this;
        }
    }

    public static Result run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] expanded =
                Shorthands.expanded(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        CommandLine line = Main.commandLine(expanded);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(expanded);
        return new Result(code, out.toString(), err.toString());
    }

    /** What a command writes to standard output, given bytes on its standard input. */
    public static byte[] piped(byte[] input, Object... args) {
        InputStream in = System.in;
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input));
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Result result = run(args);
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out()).isEmpty();
        } finally {
            System.setIn(in);
            System.setOut(out);
        }
        return bytes.toByteArray();
    }

    /** A small network whose distributions are far from uniform, though it has learnt nothing. */
    public static MaskingModel model(Space space, long seed) {
        NetworkConfig config = Presets.of("tiny", space);
        Weights weights = noisy(Weights.initial(Network.of(config, space), seed), seed);
        return new MaskingModel(space, config, weights, Map.of(), Map.of());
    }

    /** Such a network for what is in files of a format. */
    public static MaskingModel model(DataFormat format, long seed) {
        Process process = new OrderAgnostic(format.space());
        boolean ordered = format.space().scale() == Space.Scale.ORDERED;
        OutputDistribution output = ordered ? new LogisticMixture(2, 1) : OutputDistribution.of(process);
        return model(
                new MaskingDefinition(
                        process,
                        output,
                        Presets.of("tiny", process, output),
                        format.definition().toString()),
                seed);
    }

    public static MaskingModel model(MaskingDefinition definition, long seed) {
        Weights weights = noisy(Weights.initial(definition.buildNetwork(), seed), seed);
        return new MaskingModel(definition, weights, Map.of(), Map.of());
    }

    private static Weights noisy(Weights initial, long seed) {
        Weights weights = initial;
        int number = 0;
        for (String name : List.copyOf(weights.names())) {
            float[] values = weights.get(name).clone();
            RandomStream random = RandomStream.of(seed, Purpose.TEST, number++);
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.05 * random.nextGaussian());
            }
            weights = weights.with(name, values);
        }
        return weights;
    }

    /** Makes an archive without the times of files, and returns the messages to the user. */
    public static String archive(Path archive, LikelihoodModel model, int calls, ItemInput input) throws IOException {
        StringBuilder messages = new StringBuilder();
        Listener listener = new Listener() {
            @Override
            public Task begin(String task, long total) {
                return done -> {};
            }

            @Override
            public void notice(String line) {
                messages.append(line).append('\n');
            }
        };
        try (input;
                ItemArchiveWriter writer =
                        ItemArchiveWriter.create(archive, model, model.plan(calls), input.layout())) {
            new Compression(input, Attributes.NONE, listener).into(writer);
        }
        return messages.toString();
    }

    /** The file of such a model. */
    public static Path modelFile(Path path, Space space, long seed) throws IOException {
        return write(path, model(space, seed));
    }

    public static Path write(Path path, Model model) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            ModelFile.write(model, SafeTensors.Type.F32, out);
        }
        return path;
    }

    /** Items drawn at random. */
    public static PackedItemSet items(Space space, int count, long seed) {
        return PackedItemSet.of(space, values(space, count, seed), null);
    }

    public static List<int[]> values(Space space, int count, long seed) {
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            RandomStream random = RandomStream.of(seed, Purpose.TEST, n);
            int[] item = new int[space.dimensions()];
            for (int i = 0; i < item.length; i++) {
                item[i] = random.nextInt(space.categories(i));
            }
            items.add(item);
        }
        return items;
    }

    /** All files below a folder: path relative to it, and content. Empty if there is none. */
    public static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) walk::iterator) {
                    if (!path.equals(folder)) {
                        files.put(
                                folder.relativize(path).toString(),
                                Files.isDirectory(path) ? "folder" : Arrays.toString(Files.readAllBytes(path)));
                    }
                }
            }
        }
        return files;
    }
}
