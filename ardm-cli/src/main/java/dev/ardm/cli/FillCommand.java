package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm fill}. */
@Command(
        name = "fill",
        description =
                "Completes what is missing of items; what is known stays exactly as it is. The output is replaced if"
                        + " it is a file.")
final class FillCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description =
                    "An image, a folder of images, an IDX or an NPY file; or a file of the model's format or a folder of"
                            + " them.")
    @SuppressWarnings("NullAway.Init")
    private Path input;

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            description = {
                "What is missing: an image that is black where values are known; a folder with such an image for each item,"
                        + " of the same name; or missing:REGION or known:REGION with REGION one of left, right, top,"
                        + " bottom, center, all, rect=X,Y,WIDTH,HEIGHT, random=PROBABILITY[,SEED], stripes=ROWS.",
                "Of text, bytes and sound REGION is prefix=N, suffix=N, range=FROM,TO or all, in characters, bytes or"
                        + " frames, of sound also in seconds (1.5s); of tables columns=A,B,... or all. Of tables by default"
                        + " what is missing are the fields that are empty or a question mark."
            })
    private @Nullable String mask;

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "Of text, bytes and sound: how many characters, bytes or frames a file shall have; what is"
                    + " behind its own is missing. Default: as many as it has.")
    private @Nullable Integer length;

    @Mixin
    private LabelOption label = new LabelOption();

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(names = "--seed", paramLabel = "S", description = "Another seed gives another completion. Default: 0.")
    private long seed;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "PATH",
            description =
                    "NAME.png for an image, NAME.npy or NAME.idx for all items in one array, or a folder; of files in"
                            + " a format a name with an extension for one file, or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Override
    int run() throws IOException {
        calls.check();
        ArdmModel likelihood = label.given(model.open(threads()));
        Optional<DataFormat> format = TrainingData.formatOf(likelihood.model());
        if (format.isPresent()) {
            return fillDocuments(likelihood, format.get());
        }
        if (length != null) {
            throw usage("--length is for text, bytes and sound, not for images and arrays");
        }
        if (mask == null) {
            throw usage("--mask is missing: it says what is known of an item");
        }
        return fillItems(likelihood, mask);
    }

    private int fillDocuments(ArdmModel likelihood, DataFormat format) throws IOException {
        if (!format.sequences() && length != null) {
            throw usage("--length is for text, bytes and sound, not for rows");
        }
        if (length != null) {
            requireRange("--length", length, 1, Integer.MAX_VALUE / format.symbolsPerFrame());
        }
        if (mask == null && format.sequences() && length == null) {
            throw usage("--mask is missing: it says what is known of a file");
        }
        String given = mask != null ? mask : format.sequences() ? "known:all" : DocumentMask.FIELDS;
        DocumentMask documentMask;
        try {
            documentMask = new DocumentMask(given, format);
        } catch (IllegalArgumentException e) {
            throw usage("--mask: " + e.getMessage());
        }
        Path target = Path.of(out);
        ItemOutput.requireOther(target, input, model.file());
        if (!Files.exists(input)) {
            throw new UserError(input + ": no such file or folder");
        }
        Plan plan = calls.plan(likelihood);
        DocumentFill.Report report =
                new DocumentFill(likelihood, format, documentMask, length).run(input, target, plan, seed);
        if (report.untold() > 0) {
            err().println("ardm: " + Text.count(report.untold(), "field")
                    + " left empty: drawn to be something that is not in the training data");
            err().flush();
        }
        String what = format instanceof TableFormat ? "field" : "value";
        out().println(input + " => " + target + ": "
                + Text.count(report.documents(), format.sequences() ? "file" : "row") + ", "
                + Text.count(report.values(), what) + " filled in, seed " + seed);
        return 0;
    }

    private int fillItems(ArdmModel likelihood, String region) throws IOException {
        ItemOutput output;
        try {
            output = ItemOutput.of(out, true, true);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        output.check(input, model.file());
        if (!FillMask.isRegion(region)) {
            output.check(Path.of(region));
        }
        output.check(likelihood.space());
        ItemSet set = ItemSets.open(input, likelihood.space());
        if (output.kind() == ItemOutput.Kind.PNG && set.size() != 1) {
            throw new UserError(output.path() + ": an image holds one item, " + input + " has " + set.size()
                    + "; give a folder (NAME/) or NAME.npy");
        }
        List<boolean[]> known;
        try {
            known = FillMask.of(region, set);
        } catch (IllegalArgumentException e) {
            throw usage("--mask: " + e.getMessage());
        }
        List<int[]> items = Items.list(set);
        Plan plan = calls.plan(likelihood);
        List<int[]> filled;
        try (Progress progress = new Progress("fill", items.size())) {
            filled = likelihood.fill(items, known, plan, seed, progress);
        }
        long drawn = requireKept(items, known, filled);
        List<String> names = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            names.add(set.name(i));
        }
        output.write(
                PackedItemSet.of(likelihood.space(), filled, FolderNames.portable(names)),
                Provenance.of("fill " + region + label.text(), likelihood.model(), plan, seed, items.size()));
        out().println(input + " => " + output.path() + ": " + Text.count(items.size(), "item") + ", "
                + Text.count(drawn, "value") + " filled in, seed " + seed);
        return 0;
    }

    /** Known values are a promise: holds the result to it, and counts the others. */
    private static long requireKept(List<int[]> items, List<boolean[]> known, List<int[]> filled) {
        long drawn = 0;
        for (int i = 0; i < items.size(); i++) {
            for (int p = 0; p < items.get(i).length; p++) {
                if (!known.get(i)[p]) {
                    drawn++;
                } else if (items.get(i)[p] != filled.get(i)[p]) {
                    throw new IllegalStateException("item " + i + ": known value " + p + " was changed");
                }
            }
        }
        return drawn;
    }
}
