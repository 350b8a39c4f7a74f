package dev.ardm.cli.command;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.fill.FillMask;
import dev.ardm.app.fill.Filling;
import dev.ardm.app.report.Provenance;
import dev.ardm.cli.option.CallsOption;
import dev.ardm.cli.option.FormatOption;
import dev.ardm.cli.option.LabelOption;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.image.Masks;
import dev.ardm.data.image.PaintedMask;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm fill}. */
@Command(
        name = "fill",
        description = "Fills in the missing parts of items. Known values never change. An existing output file "
                + "is overwritten.")
public final class FillCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description = "Image, folder of images, IDX or NPY file; or a file of the model's format, or a folder "
                    + "of such files.")
    @SuppressWarnings("NullAway.Init")
    private Path input;

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            description = {
                "What is missing: missing:REGION or known:REGION, with REGION one of left, right, top, "
                        + "bottom, center, all, rect=X,Y,WIDTH,HEIGHT, random=PROBABILITY[,SEED], stripes=ROWS; or "
                        + "an image that is white where values are missing and black or transparent where they "
                        + "are known; or a folder of such images, named like the items.",
                "For text, bytes and sound REGION is prefix=N, suffix=N, range=FROM,TO or all, in "
                        + "characters, bytes or frames; for sound also in seconds (1.5s). For tables it is "
                        + "columns=A,B,... or all. Default for tables: missing:fields, those that are empty or a question "
                        + "mark; missing:fields=NA,... adds other texts."
            })
    private @Nullable String mask;

    @Option(
            names = "--threshold",
            paramLabel = "N",
            description = "Of a mask that is an image, at least so bright is what is missing: 1 to 255 for white. "
                    + "Default: the middle between dark and bright pixels; a mask without such is refused.")
    private @Nullable Integer threshold;

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "Length of the result in characters, bytes or frames (text, bytes and sound only). What "
                    + "follows the input is filled in. Default: the length of the input. Of lines the most; one that is "
                    + "longer stays as it is. Default without --mask: a window.")
    private @Nullable Integer length;

    @Mixin
    private FormatOption reading = new FormatOption();

    @Mixin
    private LabelOption label = new LabelOption();

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(names = "--seed", paramLabel = "S", description = "Seed. Each seed gives another completion. Default: 0.")
    private long seed;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "PATH",
            description = "Output: NAME.png for a single image, NAME.npy or NAME.idx for one array of all items, or "
                    + "a folder. For other files: a name with an extension for a single file, or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Override
    int run() throws IOException {
        calls.check();
        if (threshold != null) {
            requireRange("--threshold", threshold, 1, PaintedMask.WHITE);
        }
        LikelihoodModel likelihood = label.given(model.open(threads()));
        ModelOption.require(model.file(), likelihood, Verb.FILL);
        LikelihoodModel part = likelihood.part(Verb.FILL, ItemLayout.VALUES);
        DataFormat format = reading.of(likelihood.model());
        Filling filling = new Filling(part, format, mask(format), length(format));
        boolean array = format.kind().equals(TrainingData.ARRAYS);
        Filling.Target target = array ? images() : files(format);
        if (!Files.exists(input)) {
            throw new UserError(input + ": no such file or folder");
        }
        InputOptions options = InputOptions.nextTo(target.path()).keeping(Kept.COLOURS);
        String refusal = part.refusals().get(Verb.IMAGES_OF_ANY_SIZE);
        try (ItemInput items =
                format.input(List.of(input), refusal == null ? options : options.withoutWindows(refusal))) {
            if (array) {
                check(OutputPath.of(out, true, true), format, items);
            }
            items.assumed().forEach(listener()::notice);
            int count = survey(filling, items);
            if (out.toLowerCase(Locale.ROOT).endsWith(".png") && array && count != 1) {
                throw new UserError(target.path() + ": an image holds a single item, " + input + " has " + count
                        + "; give a folder (NAME/)" + (items.layout().images() ? "" : " or NAME.npy"));
            }
            Plan plan = calls.plan(part, items.calls());
            String made = "fill " + mask + label.text();
            Filling.Target with = new Filling.Target(
                    target.path(), target.options().with(Provenance.of(made, part.model(), plan, seed, count)));
            Filling.Report report = filling.run(items, count, input.toString(), with, plan, seed, listener());
            report(report, format, target.path());
        }
        return 0;
    }

    private FillMask mask(DataFormat format) {
        String text = mask;
        if (text == null) {
            ItemLayout.Kind kind = format.layout().kind();
            if (kind == ItemLayout.Kind.ROWS) {
                text = Filling.EMPTY_FIELDS;
            } else if (kind == ItemLayout.Kind.SEQUENCES && (length != null || format.linesOfFiles())) {
                text = "known:all";
            } else {
                throw usage("--mask is required");
            }
        }
        try {
            return FillMask.of(text, format, threshold);
        } catch (IllegalArgumentException e) {
            throw usage("--mask: " + e.getMessage());
        }
    }

    private OptionalInt length(DataFormat format) {
        if (length == null) {
            // A line ends by itself; a window is the most that is added.
            return format.linesOfFiles() && mask == null
                    ? OptionalInt.of(format.space().dimensions())
                    : OptionalInt.empty();
        }
        if (!format.layout().sequences()) {
            throw usage("--length applies to text, bytes and sound, not to "
                    + (format.layout().hasSide() ? "rows" : "images and arrays"));
        }
        requireRange("--length", length, 1, Integer.MAX_VALUE / format.symbolsPerFrame());
        return OptionalInt.of(length * format.symbolsPerFrame());
    }

    private Filling.Target files(DataFormat format) throws IOException {
        Path target = Path.of(out);
        OutputPath.requireOther(target, input, model.file());
        OutputOptions named = OutputOptions.named(true);
        return new Filling.Target(target, format.linesOfFiles() ? named.successively(out) : named);
    }

    private Filling.Target images() throws IOException {
        OutputPath output;
        try {
            output = OutputPath.of(out, true, true);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        output.check(input, model.file());
        if (mask != null && !Masks.isRegion(mask)) {
            output.check(Path.of(mask));
        }
        return new Filling.Target(output.path(), output.options());
    }

    /** Refuses an output that cannot hold the items. */
    private static void check(OutputPath output, DataFormat format, ItemInput items) {
        boolean png = output.kind() == OutputPath.Kind.PNG || output.kind() == OutputPath.Kind.FOLDER;
        if (!items.layout().images()) {
            output.check(format.space());
        } else if (!png) {
            throw new UserError(output.path() + ": images of any size are written as PNG files; give a folder (NAME/)");
        }
    }

    private int survey(Filling filling, ItemInput items) throws IOException {
        try {
            return filling.survey(items, input.toString());
        } catch (IllegalArgumentException e) {
            throw usage("--mask: " + e.getMessage());
        }
    }

    private void report(Filling.Report report, DataFormat format, Path target) {
        if (report.unnamed() > 0) {
            listener()
                    .warn(Text.count(report.unnamed(), "field")
                            + " left empty: the model drew a value outside its training data");
        }
        FirstNames.tellSkipped(report.skipped(), listener());
        String items =
                switch (format.layout().kind()) {
                    case SEQUENCES, RECORDS -> format.linesOfFiles() ? "line" : "file";
                    case ROWS -> "row";
                    case VALUES, VALUE_RECORDS, IMAGES -> "item";
                };
        out().println(input + " => " + target + ": " + Text.count(report.items(), items) + ", "
                + Text.number(report.values()) + " of "
                + Text.count(report.all(), format.columns().isEmpty() ? "value" : "field") + " filled in, seed "
                + seed);
    }
}
