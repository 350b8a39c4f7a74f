package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.WindowedCoder;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Document;
import dev.ardm.data.format.DocumentCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ardm score}. */
@Command(
        name = "score",
        description =
                "Says how many bits each item is worth to the model: how likely it is, or how strange. What an archive"
                        + " of the same number of calls pays for it.")
final class ScoreCommand extends BaseCommand {
    /** Windows in memory at a time. */
    private static final int CHUNK = 256;

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(
            names = "--map",
            paramLabel = "PATH",
            description = {
                "Also the bits of each place: NAME.tsv with a line for each; of images NAME.png for one image, or a folder"
                        + " with one for each, the brighter the more bits. Replaced if it is a file."
            })
    private @Nullable String map;

    @Option(names = "--json", description = "Print one JSON object rather than lines of fields with tabs between.")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Folders of images, images, IDX or NPY files; or files of the model's format.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    /** Hears the scored items in order. */
    private interface Sink {
        void accept(Document item, double[] bits) throws IOException;
    }

    @Override
    int run() throws IOException {
        calls.check();
        ArdmModel likelihood = model.open(threads());
        if (likelihood.process().given().count() > 0) {
            throw new UserError(model.file() + ": is conditional; eval measures such models");
        }
        Optional<DataFormat> format = TrainingData.formatOf(likelihood.model());
        Plan plan = calls.plan(likelihood);
        List<Document> images = format.isPresent() ? List.of() : images(likelihood);
        try (BitsMap bitsMap = BitsMap.of(map, likelihood, format.orElse(null), images.size(), inputs())) {
            Rows rows = new Rows(likelihood, plan, bitsMap);
            if (format.isPresent()) {
                int context = DocumentEncoder.defaultContext(format.get());
                WindowedCoder coder = new WindowedCoder(
                        likelihood, plan, context, format.get().restingValue());
                try (DocumentCursor cursor = format.get().documents(paths)) {
                    score(coder, cursor, rows);
                }
            } else {
                score(new WindowedCoder(likelihood, plan, 0, 0), cursor(images), rows);
            }
            rows.finish();
            bitsMap.commit();
        }
        return 0;
    }

    private Path[] inputs() throws IOException {
        List<Path> inputs = new ArrayList<>(paths);
        inputs.add(model.file());
        return inputs.toArray(Path[]::new);
    }

    private List<Document> images(ArdmModel likelihood) throws IOException {
        ItemSet set = ItemSets.open(paths, likelihood.space());
        List<Document> images = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            images.add(new Document(set.name(i), set.item(i), new byte[0]));
        }
        return images;
    }

    private static DocumentCursor cursor(List<Document> documents) {
        var rest = documents.iterator();
        return new DocumentCursor() {
            @Override
            public @Nullable Document next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    private static void score(WindowedCoder coder, DocumentCursor cursor, Sink sink) throws IOException {
        Document next = cursor.next();
        while (next != null) {
            List<Document> chunk = new ArrayList<>();
            for (int work = 0; next != null && work < CHUNK; next = cursor.next()) {
                chunk.add(next);
                work += Math.max(1, coder.windows(next.values().length));
            }
            int windows = chunk.stream()
                    .mapToInt(document -> coder.windows(document.values().length))
                    .sum();
            List<double[]> bits;
            try (Progress progress = new Progress("score", windows)) {
                bits = coder.unitBits(chunk.stream().map(Document::values).toList(), progress);
            }
            for (int i = 0; i < chunk.size(); i++) {
                sink.accept(chunk.get(i), bits.get(i));
            }
        }
    }

    /** What is printed, an item at a time. */
    private final class Rows implements Sink {
        private final BitsMap bitsMap;
        private final @Nullable JsonGenerator generator;
        private int count;

        Rows(ArdmModel likelihood, Plan plan, BitsMap bitsMap) {
            this.bitsMap = bitsMap;
            if (!json) {
                this.generator = null;
                out().println("item\tname\tvalues\tbits\tbits_per_dimension");
                return;
            }
            JsonGenerator to = JSON.createGenerator(out());
            this.generator = to;
            to.writeStartObject();
            to.writeStringProperty("model_id", likelihood.model().idText());
            to.writeNumberProperty("calls", plan.schedule().calls());
            to.writeArrayPropertyStart("items");
        }

        @Override
        public void accept(Document item, double[] bits) throws IOException {
            double sum = Arrays.stream(bits).sum();
            int values = item.values().length;
            double each = values == 0 ? 0 : sum / values;
            if (generator == null) {
                out().println(String.format(
                        Locale.ROOT, "%d\t%s\t%d\t%.3f\t%.5f", count, Text.printable(item.name()), values, sum, each));
            } else {
                generator.writeStartObject();
                generator.writeNumberProperty("item", count);
                generator.writeStringProperty("name", item.name());
                generator.writeNumberProperty("values", values);
                generator.writeNumberProperty("bits", sum);
                generator.writeNumberProperty("bits_per_dimension", each);
                generator.writeEndObject();
            }
            bitsMap.add(count, item, bits);
            count++;
        }

        void finish() {
            if (generator != null) {
                generator.writeEndArray();
                generator.writeEndObject();
                generator.close();
                out().println();
            }
        }
    }
}
