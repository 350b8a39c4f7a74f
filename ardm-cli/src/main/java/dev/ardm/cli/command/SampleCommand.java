package dev.ardm.cli.command;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.RestoredNames;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.report.Provenance;
import dev.ardm.app.sample.Sampling;
import dev.ardm.cli.option.CallsOption;
import dev.ardm.cli.option.ItemsOption;
import dev.ardm.cli.option.LabelOption;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Space;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.AbsorbingSchedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.image.ImageGrid;
import dev.ardm.data.png.PngText;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm sample}. */
@Command(name = "sample", description = "Draws new items. Existing output is overwritten.")
public final class SampleCommand extends BaseCommand {
    private static final int MOST = 100_000;
    private static final int CELL = 64;
    private static final long SHEET_PIXELS = 1L << 24;

    @Mixin
    private ItemsOption items = new ItemsOption();

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(names = "-n", required = true, paramLabel = "N", description = "Number of items, 1 to " + MOST + ".")
    private int count;

    @Mixin
    private LabelOption label = new LabelOption();

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(
            names = "--absorbing",
            paramLabel = "T",
            description = "Sample as absorbing diffusion does, in T steps, instead of with --calls. In each step "
                    + "random values become known; a step without any needs no call.")
    private @Nullable Integer absorbing;

    @Option(names = "--seed", paramLabel = "S", description = "Seed. The same seed gives the same items. Default: 0.")
    private long seed;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "FILE",
            description = "Output: a contact sheet FILE.png, an array FILE.npy, a folder NAME/ of images, or files "
                    + "of the model's format.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Option(
            names = "--size",
            paramLabel = "HxW",
            description = "Height and width of the images, for models of images of any size. Default: the model's.")
    private @Nullable String size;

    @Option(
            names = "--length",
            paramLabel = "N",
            description =
                    "Length of each file in characters, bytes or frames (text, bytes and sound only); of lines the "
                            + "most. Default: lengths of the items that the model learnt from, at most a window.")
    private @Nullable Integer length;

    @Override
    int run() throws IOException {
        calls.check();
        requireRange("-n", count, 1, MOST);
        if (absorbing != null) {
            requireRange("--absorbing", absorbing, 1, 1_000_000);
        }
        LikelihoodModel likelihood = label.given(model.open(threads())).part(drawing(), ItemLayout.VALUES);
        DataFormat format = TrainingData.formatOf(likelihood.model());
        items.require(format);
        Sampling sampling = sampling(likelihood, format);
        if (!format.kind().equals(TrainingData.ARRAYS) && !out.endsWith(".npy")) {
            return sampleFiles(sampling, format);
        }
        OutputPath output;
        try {
            output = OutputPath.of(out, false, true);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        Space space = sampling.space();
        output.check(model.file());
        output.check(space);
        int scale = output.kind() == OutputPath.Kind.PNG ? scale(space) : 1;
        Plan plan = calls.plan(likelihood, OptionalInt.empty());
        Map<String, String> texts = Provenance.of("sample" + label.text(), likelihood.model(), plan, seed, count);
        if (output.kind() == OutputPath.Kind.PNG) {
            List<int[]> items = new ArrayList<>();
            draw(sampling, plan, (number, item) -> items.add(item.values()));
            AtomicFile.write(
                    output.path(),
                    true,
                    stream -> PngText.write(ImageGrid.render(space, items, columns(), scale), texts, stream));
        } else {
            OutputOptions options = output.options().atMost(count).with(texts);
            write(sampling, plan, DataFormats.of("", space).writer(output.path(), options), "");
        }
        out().println(output.path() + ": " + Text.count(count, "item") + " of " + space + labelText() + ", "
                + callsText(plan) + ", seed " + seed);
        return 0;
    }

    /** What a part must be able to do: absorbing diffusion draws values in any order, as filling in does. */
    private Verb drawing() {
        return size != null ? Verb.IMAGES_OF_ANY_SIZE : absorbing != null ? Verb.FILL : Verb.SAMPLE;
    }

    private Sampling sampling(LikelihoodModel likelihood, DataFormat format) {
        try {
            if (length != null) {
                if (!format.layout().sequences()) {
                    throw usage("--length applies to text, bytes and sound");
                }
                requireRange("--length", length, 1, Space.MAX_DIMENSIONS / format.symbolsPerFrame());
                return Sampling.sequences(likelihood, length * format.symbolsPerFrame(), format);
            }
            if (size == null) {
                if (format.layout().sequences() && likelihood.ends() && !out.endsWith(".npy")) {
                    return Sampling.ofOwnLengths(likelihood, format);
                }
                return format.linesOfFiles() // which may be shorter
                        ? Sampling.sequences(likelihood, likelihood.space().dimensions(), format)
                        : Sampling.of(likelihood);
            }
            if (!size.matches("[1-9][0-9]{0,5}x[1-9][0-9]{0,5}")) {
                throw usage("--size must be a height and a width, such as 480x640, not '" + size + "'");
            }
            if (absorbing != null) {
                throw usage("--size and --absorbing exclude each other");
            }
            int cross = size.indexOf('x');
            return Sampling.images(
                    likelihood,
                    Integer.parseInt(size.substring(0, cross)),
                    Integer.parseInt(size.substring(cross + 1)));
        } catch (IllegalArgumentException e) {
            throw new UserError((size != null ? "--size " + size : "--length " + length) + ": " + e.getMessage());
        }
    }

    private void draw(Sampling sampling, Plan plan, Sampling.Sink sink) throws IOException {
        LongFunction<Plan> plans = number -> plan;
        if (absorbing != null) {
            int steps = absorbing;
            Process process = model.masking(sampling.model()).process();
            if (process.stages() > 1 || process.causal()) {
                throw usage("--absorbing needs an order-agnostic model with one stage");
            }
            plans = number -> MaskingPlan.absorbing(AbsorbingSchedule.LINEAR, process.units(), steps, seed, number);
        }
        sampling.draw(count, plans, seed, listener(), sink);
    }

    /** Draws items and writes them under their numbers. */
    private void write(Sampling sampling, Plan plan, ItemWriter to, String extension) throws IOException {
        try (ItemWriter writer = to) {
            int width = Integer.toString(count - 1).length();
            draw(
                    sampling,
                    plan,
                    (number, item) -> writer.add(item.named(
                            extension.isEmpty()
                                    ? RestoredNames.numbered(number, count)
                                    : String.format(Locale.ROOT, "%0" + width + "d", number) + extension)));
            writer.commit();
        }
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
    private int sampleFiles(Sampling sampling, DataFormat format) throws IOException {
        Path target = Path.of(out);
        Plan plan = calls.plan(sampling.model(), OptionalInt.empty());
        OutputOptions named = OutputOptions.named(true);
        OutputOptions options = format.linesOfFiles() ? named.successively(out) : named;
        write(sampling, plan, format.writer(target, options), format.extension());
        out().println(target + ": " + Text.count(count, "sample") + " of " + sampling.space() + labelText() + ", "
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
        throw usage("-n " + count + ": too many items for one picture; use -o NAME.npy or a folder (NAME/)");
    }
}
