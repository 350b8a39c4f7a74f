package dev.ardm.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.data.ItemSet;
import dev.ardm.data.items.ItemSets;
import dev.ardm.exact.Kernels;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/**
 * Measures what a model costs its users, as Markdown: time to encode and decode, peak memory, and the size of what a
 * decoder needs.
 */
public final class Report {
    private static final int[] CALLS = {16, 64};
    private static final int ITEMS_PER_THREAD = 64;
    private static final int MOST_ITEMS = 256;
    private static final int WARM_UP_PER_THREAD = 16;
    private static final long WARM_UP_NANOS = 5_000_000_000L;
    /** Those of the launcher on a few cores, and as little heap as one might give. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-XX:+UseParallelGC -Xms32m -XX:MaxNewSize=64m", "-XX:+UseSerialGC -Xmx64m", "-XX:+UseSerialGC -Xmx32m");

    private final LikelihoodModel model;
    private final Path modelPath;
    private final ItemSet data;
    private final int processors = Runtime.getRuntime().availableProcessors();

    private Report(Path modelPath, ItemSet data, MaskingModel model) {
        this.modelPath = modelPath;
        this.data = data;
        this.model = model.open(1);
    }

    /** Arguments: a model file, and data that it fits (a folder of images, an IDX or an NPY file). */
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: bench/run report MODEL DATA");
            System.exit(2);
        }
        Path modelPath = Path.of(args[0]);
        MaskingModel model = MaskingModel.of(Models.read(modelPath));
        Report report = new Report(modelPath, ItemSets.open(Path.of(args[1]), model.space()), model);
        report.print();
    }

    private void print() throws IOException, InterruptedException, URISyntaxException {
        say(
                "Model %s (%,d KiB, items of %s), data %s.",
                modelPath, Files.size(modelPath) / 1024, model.space(), size());
        say(
                "%s, %d processors, Java %s (%s), kernels %s.%n",
                Machine.processor(),
                processors,
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                Kernels.best().name());
        say(
                "| network calls | threads | encode, ms per item | items per second | decode, ms per item | items per second"
                        + " | bits per dimension |");
        say("|---|---|---|---|---|---|---|");
        for (int calls : CALLS) {
            for (int threads : new TreeSet<>(List.of(1, processors))) {
                speed(calls, threads);
            }
        }
        say(
                "%nTimes are wall-clock time divided by the number of items; bits per dimension are those of the items' streams,"
                        + " without the archive around them. `ardm compress` also decodes every item, to be sure.%n");
        memory();
        jars();
    }

    private String size() {
        return String.format(Locale.ROOT, "%,d items", data.size());
    }

    private void speed(int calls, int threads) {
        LikelihoodModel on = model.model().open(threads);
        Plan plan = on.plan(Math.min(calls, on.space().dimensions()));
        List<int[]> items = items(Math.min(MOST_ITEMS, ITEMS_PER_THREAD * threads));
        List<int[]> warmUp = items.subList(0, Math.min(items.size(), WARM_UP_PER_THREAD * threads));
        long warm = System.nanoTime() + WARM_UP_NANOS;
        do {
            on.decode(on.encode(warmUp, plan, LikelihoodModel.NO_PROGRESS), plan, LikelihoodModel.NO_PROGRESS);
        } while (System.nanoTime() < warm);
        long start = System.nanoTime();
        List<byte[]> streams = on.encode(items, plan, LikelihoodModel.NO_PROGRESS);
        long between = System.nanoTime();
        List<Optional<int[]>> back = on.decode(streams, plan, LikelihoodModel.NO_PROGRESS);
        long end = System.nanoTime();
        long bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            if (!Arrays.equals(back.get(i).orElseThrow(), items.get(i))) {
                throw new IllegalStateException("item " + i + " did not come back");
            }
            bytes += streams.get(i).length;
        }
        double encode = (between - start) / 1e9 / items.size();
        double decode = (end - between) / 1e9 / items.size();
        say(
                "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.4f |",
                plan.calls() == calls ? Integer.toString(calls) : calls + " (plan uses " + plan.calls() + ")",
                threads,
                1e3 * encode,
                1 / encode,
                1e3 * decode,
                1 / decode,
                8.0 * bytes / items.size() / on.space().dimensions());
    }

    private List<int[]> items(int count) {
        List<int[]> items = new ArrayList<>();
        int n = Math.min(count, data.size());
        for (int i = 0; i < n; i++) {
            items.add(data.item((int) ((long) i * data.size() / n)));
        }
        return items;
    }

    private void memory() throws IOException, InterruptedException, URISyntaxException {
        Path archive = Files.createTempFile("ardm-report", ".ardm");
        try {
            int count = archive(archive);
            say(
                    "Most memory that a new process had that decodes %d items (64 calls), with the decoder's jars alone:%n",
                    count);
            say("| options of Java | threads | MiB |");
            say("|---|---|---|");
            for (String options : JAVA_OPTIONS) {
                for (int threads : new TreeSet<>(List.of(1, processors))) {
                    say("| `%s` | %d | %s |", options, threads, peak(options, archive, threads));
                }
            }
            say("");
        } finally {
            Files.delete(archive);
        }
    }

    private int archive(Path target) throws IOException {
        Space space = model.space();
        LikelihoodModel on = model.model().open(processors);
        Plan plan = on.plan(Math.min(64, space.dimensions()));
        ArchiveHeader header = ArchivePlan.header(on, plan);
        List<byte[]> streams = on.encode(items(MOST_ITEMS), plan, LikelihoodModel.NO_PROGRESS);
        try (ArchiveWriter writer = ArchiveWriter.create(target, header, true)) {
            for (byte[] stream : streams) {
                writer.add(stream, ItemLabel.NONE);
            }
            writer.commit();
        }
        return streams.size();
    }

    private String peak(String options, Path archive, int threads)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> path = new ArrayList<>();
        for (Path jar : decoder().values()) {
            path.add(jar.toString());
        }
        path.add(source(PeakMemory.class).toString());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.split(" ")));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, path),
                PeakMemory.class.getName(),
                modelPath.toString(),
                archive.toString(),
                Integer.toString(threads)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0 || !out.matches("[0-9]+")) {
            return "not enough";
        }
        return out.equals("0") ? "not known here" : String.format(Locale.ROOT, "%,d", Long.parseLong(out) / 1024);
    }

    private void jars() throws IOException, URISyntaxException {
        say("What a decoder needs:%n");
        say("| jar | KiB |");
        say("|---|---|");
        long sum = 0;
        for (Map.Entry<String, Path> jar : decoder().entrySet()) {
            long bytes = bytes(jar.getValue());
            sum += bytes;
            say("| %s | %,d |", jar.getKey(), bytes / 1024);
        }
        say("| all | %,d |", sum / 1024);
    }

    /** Names and places of the decoder's jars. */
    private static Map<String, Path> decoder() throws URISyntaxException {
        Map<String, Path> jars = new LinkedHashMap<>();
        jars.put("ardm-coding", source(ArchiveReader.class));
        jars.put("ardm-exact", source(Kernels.class));
        jars.put("ardm-core", source(LikelihoodModel.class));
        jars.put("jackson-databind", source(ObjectMapper.class));
        jars.put("jackson-core", source(JsonParser.class));
        jars.put("jackson-annotations", source(JsonProperty.class));
        return jars;
    }

    private static Path source(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static long bytes(Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(jar)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
