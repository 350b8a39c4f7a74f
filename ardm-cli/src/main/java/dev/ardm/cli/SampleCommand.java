package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.coding.AtomicFile;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.core.plan.MaskingPlan;
import dev.ardm.core.process.AbsorbingSchedule;
import dev.ardm.data.ImageGrid;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.DocumentWriter;
import dev.ardm.data.png.PngText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm sample}. */
@Command(
        name = "sample",
        description =
                "Draws new items: a contact sheet FILE.png, an array FILE.npy, a folder of images (NAME/), or files of the model's format."
                        + " What is there is replaced.")
final class SampleCommand extends BaseCommand {
    private static final int MOST = 100_000;
    private static final int CELL = 64;
    private static final long SHEET_PIXELS = 1L << 24;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(names = "-n", required = true, paramLabel = "N", description = "How many, 1 to " + MOST + ".")
    private int count;

    @Mixin
    private LabelOption label = new LabelOption();

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(
            names = "--absorbing",
            paramLabel = "T",
            description =
                    "Sample as absorbing diffusion does, in T steps: chance decides which values become known in which step, and a"
                            + " step in which none does needs no call. Instead of --calls.")
    private @Nullable Integer absorbing;

    @Option(names = "--seed", paramLabel = "S", description = "The same seed gives the same items. Default: 0.")
    private long seed;

    @Option(names = "-o", required = true, paramLabel = "FILE", description = "FILE.png, FILE.npy or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Override
    int run() throws IOException {
        calls.check();
        requireRange("-n", count, 1, MOST);
        if (absorbing != null) {
            requireRange("--absorbing", absorbing, 1, 1_000_000);
        }
        LikelihoodModel likelihood = label.given(model.open(threads()));
        var format = TrainingData.formatOf(likelihood.model());
        if (format.isPresent() && !out.endsWith(".npy")) {
            return sampleFiles(likelihood, format.get());
        }
        ItemOutput output;
        try {
            output = ItemOutput.of(out, false, true);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        Space space = likelihood.space();
        output.check(model.file());
        output.check(space);
        int scale = output.kind() == ItemOutput.Kind.PNG ? scale(space) : 1;
        Plan plan = calls.plan(likelihood);
        List<int[]> items = draw(likelihood, plan);
        Map<String, String> texts = Provenance.of("sample" + label.text(), likelihood.model(), plan, seed, count);
        if (output.kind() == ItemOutput.Kind.PNG) {
            AtomicFile.write(
                    output.path(),
                    true,
                    stream -> PngText.write(ImageGrid.render(space, items, columns(), scale), texts, stream));
        } else {
            output.write(PackedItemSet.of(space, items, null), texts);
        }
        out().println(output.path() + ": " + Text.count(count, "item") + " of " + space + labelText() + ", "
                + callsText(plan) + ", seed " + seed);
        return 0;
    }

    private List<int[]> draw(LikelihoodModel likelihood, Plan plan) {
        try (Progress progress = new Progress("sample", count)) {
            if (absorbing == null) {
                return likelihood.sample(count, plan, seed, progress);
            }
            int steps = absorbing;
            var process = likelihood.model().process();
            if (process.stages() > 1 || process.causal()) {
                throw usage("--absorbing: this model is not order-agnostic with one stage");
            }
            likelihood.require(Verb.SAMPLE);
            int units = process.units();
            return likelihood
                    .generator(number -> absorbingPlan(units, steps, (int) number), ItemLayout.VALUES, 1)
                    .generate(
                            Collections.nCopies(
                                    count,
                                    PartialItem.unknown(likelihood.space().dimensions())),
                            0,
                            seed,
                            progress::accept)
                    .stream()
                    .map(Item::values)
                    .toList();
        }
    }

    private Plan absorbingPlan(int units, int steps, int index) {
        RandomStream random = RandomStream.of(seed, RandomStream.Purpose.ORDER, index);
        return MaskingPlan.absorbing(AbsorbingSchedule.LINEAR.draw(random, units, steps), seed + index);
    }

    private String labelText() {
        return label.text().isEmpty() ? "" : "," + label.text();
    }

    private String callsText(Plan plan) {
        return absorbing == null
                ? Text.count(plan.calls(), "call") + " each"
                : Text.count(absorbing, "step") + " of absorbing diffusion each";
    }

    /** Samples as files of the model's format: one for each sequence, or all rows in one. */
    private int sampleFiles(LikelihoodModel likelihood, DataFormat format) throws IOException {
        Path target = Path.of(out);
        Plan plan = calls.plan(likelihood);
        try (DocumentWriter writer = format.writer(target, true)) {
            List<int[]> items = draw(likelihood, plan);
            int width = Integer.toString(count - 1).length();
            for (int i = 0; i < items.size(); i++) {
                String name = String.format(Locale.ROOT, "%0" + width + "d", i) + format.extension();
                writer.add(new Item(
                        format.sequences() ? name : "samples" + format.extension(), items.get(i), new byte[0]));
            }
            writer.commit();
        }
        out().println(target + ": " + Text.count(count, "sample") + " of " + likelihood.space() + labelText() + ", "
                + callsText(plan) + ", seed " + seed);
        return 0;
    }

    private int columns() {
        return (int) Math.ceil(Math.sqrt(count));
    }

    /** How large a sheet shows a pixel; small items larger, as far as the sheet stays of a size to look at. */
    private int scale(Space space) {
        int most = Math.max(1, CELL / Math.max(space.extent(0), space.extent(1)));
        for (int scale = most; scale >= 1; scale--) {
            int rows = (count + columns() - 1) / columns();
            double width = columns() * ((double) space.extent(1) * scale + ImageGrid.GAP);
            double height = rows * ((double) space.extent(0) * scale + ImageGrid.GAP);
            if (width * height <= SHEET_PIXELS) {
                return scale;
            }
        }
        throw usage("-n " + count + ": too many items for one picture; give -o NAME.npy or a folder (NAME/)");
    }
}
