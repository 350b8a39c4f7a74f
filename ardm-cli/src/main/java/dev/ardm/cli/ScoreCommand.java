package dev.ardm.cli;

import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.ImageFileList;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.DocumentCursor;
import dev.ardm.data.image.ImageFileCodec;
import dev.ardm.data.image.LayeredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm score}. */
@Command(
        name = "score",
        description =
                "Says how many bits each item is worth to the model: how likely it is, or how strange. What an archive"
                        + " of the same number of calls pays for it.")
final class ScoreCommand extends BaseCommand {
    /** Windows in memory at a time. */
    private static final int CHUNK = 256;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private BudgetOption budget = new BudgetOption();

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
            description =
                    "Folders of images, images, IDX or NPY files; or files of the model's format. Images that are not all of"
                            + " the model's size are scored in windows, as compress codes them.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Override
    int run() throws IOException {
        budget.check();
        LikelihoodModel likelihood = model.open(threads());
        ModelOption.require(model.file(), likelihood, Verb.SCORE);
        Optional<DataFormat> format = TrainingData.formatOf(likelihood.model());
        if (format.isEmpty() && ImageEncoder.refusal(likelihood) == null) {
            try (ScratchFolder scratch = ScratchFolder.create();
                    ImageFileList files = ImageFileList.of(paths, scratch.file("names"))) {
                if (files != null
                        && ImageNeeds.of(files, likelihood.space(), false, false)
                                .anySize()) {
                    scoreImages(likelihood, files, scratch.file("pictures"));
                    return 0;
                }
            }
        }
        if (format.isPresent()) {
            scoreDocuments(likelihood, format.get());
        } else {
            scoreItems(likelihood);
        }
        return 0;
    }

    private void scoreDocuments(LikelihoodModel likelihood, DataFormat format) throws IOException {
        Plan plan = budget.plan(likelihood);
        ItemScorer coder = likelihood.scorer(plan, DocumentEncoder.layout(format));
        try (BitsMap bitsMap = BitsMap.of(map, likelihood, format, 0, inputs());
                DocumentCursor cursor = format.documents(paths)) {
            score(coder, cursor, new ScoreRows(out(), json, likelihood.model(), plan, bitsMap));
            bitsMap.commit();
            FirstNames.of(cursor.skipped().size(), cursor.skipped()).sayPassedOver(err(), "of another kind");
        }
    }

    private void scoreItems(LikelihoodModel likelihood) throws IOException {
        Plan plan = budget.plan(likelihood);
        ItemSet set = ItemSets.open(paths, likelihood.space());
        try (BitsMap bitsMap = BitsMap.of(map, likelihood, null, set.size(), inputs())) {
            score(
                    likelihood.scorer(plan, ItemLayout.VALUES),
                    cursor(set),
                    new ScoreRows(out(), json, likelihood.model(), plan, bitsMap));
            bitsMap.commit();
            FirstNames.of(set.skipped().size(), set.skipped()).sayPassedOver(err(), "no images");
        }
    }

    /** Images each with its own size, in windows, as they are compressed. */
    private void scoreImages(LikelihoodModel likelihood, ImageFileList files, Path scratch) throws IOException {
        Plan plan = budget.plan(likelihood, ImageEncoder.DEFAULT_CALLS);
        ItemLayout layout = ImageEncoder.layout(ImageEncoder.defaultContext(likelihood.space()));
        ItemScorer coder = likelihood.scorer(plan, layout);
        ImageFileCodec codec = new ImageFileCodec(likelihood.space().extent(2), false, false);
        try (BitsMap bitsMap = BitsMap.ofImages(map, likelihood, files.size(), inputs());
                RestoredPngNames pictures = new RestoredPngNames(files, scratch, false)) {
            ScoreRows rows = new ScoreRows(out(), json, likelihood.model(), plan, bitsMap);
            FirstNames passedOver = new FirstNames();
            ImageFileList.Cursor cursor = files.cursor();
            while (cursor.next()) {
                byte[] file = cursor.bytes();
                if (!ImageFileCodec.looksLikeImage(file, cursor.path())) {
                    cursor.passOver();
                    passedOver.add(cursor.name());
                    continue;
                }
                ImageFileCodec.Encoded encoded = codec.encode(file, cursor.path());
                LayeredImage image = encoded.layers();
                Item item = encoded.item(cursor.name(), OptionalLong.empty());
                long windows = coder.windows(item.values().length, item.shape());
                try (Progress progress = new Progress("score", windows)) {
                    rows.accept(
                            BitsMap.Scored.of(cursor.name(), image, pictures.of(cursor.name())),
                            coder.unitBits(List.of(item), progress).get(0));
                }
            }
            rows.finish();
            bitsMap.commit();
            passedOver.sayPassedOver(err(), "no images");
        }
    }

    private Path[] inputs() throws IOException {
        List<Path> inputs = new ArrayList<>(paths);
        inputs.add(model.file());
        return inputs.toArray(Path[]::new);
    }

    private static DocumentCursor cursor(ItemSet set) {
        return new DocumentCursor() {
            private int at;

            @Override
            public @Nullable Item next() {
                return at < set.size() ? new Item(set.name(at), set.item(at++), new byte[0]) : null;
            }

            @Override
            public void close() {}
        };
    }

    private static void score(ItemScorer coder, DocumentCursor cursor, ScoreRows rows) throws IOException {
        Item next = cursor.next();
        while (next != null) {
            List<Item> chunk = new ArrayList<>();
            for (int work = 0; next != null && work < CHUNK; next = cursor.next()) {
                chunk.add(next);
                work += (int) Math.max(1, coder.windows(next.values().length, next.shape()));
            }
            long windows = chunk.stream()
                    .mapToLong(item -> coder.windows(item.values().length, item.shape()))
                    .sum();
            List<double[]> bits;
            try (Progress progress = new Progress("score", windows)) {
                bits = coder.unitBits(chunk, progress);
            }
            for (int i = 0; i < chunk.size(); i++) {
                rows.accept(BitsMap.Scored.of(chunk.get(i)), bits.get(i));
            }
        }
        rows.finish();
    }
}
