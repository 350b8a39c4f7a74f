package dev.ardm.cli.command;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.conformance.Check;
import dev.ardm.core.conformance.Check.Status;
import dev.ardm.core.conformance.Conformance;
import dev.ardm.core.conformance.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ardm selftest}. */
@Command(
        name = "selftest",
        description = "Checks that this machine computes the same bits as all others: compares kernels, logits "
                + "and archives of ardm's own models with recorded hashes.")
public final class SelfTestCommand extends BaseCommand {
    /** The launcher sets it to the folder it is in. */
    private static final String HOME = "ardm.home";

    private static final int SHOWN = 16;

    @ArgGroup
    private Sizes sizes = new Sizes();

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Folder of models and their hashes. Default: ardm's own.")
    private @Nullable Path models;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Decode at least N items of the large models' golden archives, also with --quick.")
    private int items;

    /** One of them at most. */
    private static final class Sizes {
        @Option(names = "--kernels", description = "Check only the kernels. Needs no models.")
        private boolean kernels;

        @Option(names = "--quick", description = "Check the kernels and tiny models. Takes a second.")
        private boolean quick;

        @Option(names = "--full", description = "Also check large batches and whole archives. Takes minutes.")
        private boolean full;

        Extent extent() {
            return kernels ? Extent.KERNELS : quick ? Extent.QUICK : full ? Extent.FULL : Extent.STANDARD;
        }
    }

    @Override
    int run() throws IOException {
        requireRange("--items", items, 0, 1_000_000);
        long start = System.nanoTime();
        Extent extent = sizes.extent();
        Conformance.Outcome outcome = Conformance.run(folder(extent), extent, items, threads(), this::print);
        out().println(String.format(
                Locale.ROOT,
                "%s set: %d good, %d different, %d left out; %.1f s",
                extent.name().toLowerCase(Locale.ROOT),
                outcome.count(Status.OK),
                outcome.count(Status.DIFFERS),
                outcome.count(Status.LEFT_OUT),
                (System.nanoTime() - start) / 1e9));
        out().println("on " + outcome.kernels() + " kernels, Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.arch") + ", " + System.getProperty("java.vm.name") + " ("
                + System.getProperty("java.vm.info") + ")");
        out().println("overall " + outcome.hash());
        int different = outcome.count(Status.DIFFERS);
        if (different > 0) {
            throw new UserError(
                    Text.count(different, "check") + " of " + outcome.checks().size()
                            + " differed from the expected hash; archives may not decode on this machine");
        }
        return 0;
    }

    private Path folder(Extent extent) {
        String home = System.getProperty(HOME);
        if (models != null) {
            return models;
        }
        if (home != null) {
            return Path.of(home, "models");
        }
        if (extent == Extent.KERNELS) {
            return Path.of("");
        }
        throw usage("the folder of models is unknown; give it with --models, or use --kernels");
    }

    private void print(Check check) {
        out().println(
                        switch (check.status()) {
                            case OK -> "ok        " + check.got().substring(0, SHOWN) + "  " + check.name();
                            case LEFT_OUT -> "left out  " + check.name() + " (" + check.got() + ")";
                            case DIFFERS ->
                                "DIFFERS   " + check.name() + ": expected " + check.expected() + ", got " + check.got();
                        });
        out().flush();
    }
}
