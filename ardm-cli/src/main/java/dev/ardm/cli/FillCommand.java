package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import dev.ardm.data.PackedItemSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            description = "An image, a folder of images, an IDX or an NPY file.")
    @SuppressWarnings("NullAway.Init")
    private Path input;

    @Option(
            names = "--mask",
            required = true,
            paramLabel = "MASK",
            description = {
                "What is missing: an image that is black where values are known; a folder with such an image for each item,"
                        + " of the same name; or missing:REGION or known:REGION with REGION one of left, right, top,"
                        + " bottom, center, all, rect=X,Y,WIDTH,HEIGHT, random=PROBABILITY[,SEED], stripes=ROWS."
            })
    @SuppressWarnings("NullAway.Init")
    private String mask;

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(names = "--seed", paramLabel = "S", description = "Another seed gives another completion. Default: 0.")
    private long seed;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "PATH",
            description = "NAME.png for an image, NAME.npy or NAME.idx for all items in one array, or a folder.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Override
    int run() throws IOException {
        calls.check();
        ItemOutput output;
        try {
            output = ItemOutput.of(out, true, true);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        ArdmModel likelihood = model.open(threads());
        output.check(input, model.file());
        if (!FillMask.isRegion(mask)) {
            output.check(Path.of(mask));
        }
        output.check(likelihood.space());
        ItemSet set = ItemSets.open(input, likelihood.space());
        if (output.kind() == ItemOutput.Kind.PNG && set.size() != 1) {
            throw new UserError(output.path() + ": an image holds one item, " + input + " has " + set.size()
                    + "; give a folder (NAME/) or NAME.npy");
        }
        List<boolean[]> known;
        try {
            known = FillMask.of(mask, set);
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
                Provenance.of("fill " + mask, likelihood.model(), plan, seed, items.size()));
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
