package dev.ardm.core.conformance;

import dev.ardm.core.conformance.Check.Status;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.exact.KernelFingerprint;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the self-test: computes the kernels' fingerprints, logits and archives of committed models in many ways, and compares all of it with
 * hashes that were written down once.
 */
public final class Conformance {
    private final Kernels kernels = Kernels.best();
    private final Path models;
    private final Extent extent;
    private final int archived;
    private final int threads;
    private final Consumer<Check> listener;
    private final List<Check> checks = new ArrayList<>();

    private Conformance(Path models, Extent extent, int archived, int threads, Consumer<Check> listener) {
        this.models = models;
        this.extent = extent;
        this.archived = archived;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * The result.
     *
     * @param checks all of them, in a fixed order
     * @param hash of all results: the same on every machine
     * @param kernels name of the kernels that ran
     */
    public record Outcome(List<Check> checks, String hash, String kernels) {
        /** Number of checks of a status. */
        public int count(Status status) {
            return (int)
                    checks.stream().filter(check -> check.status() == status).count();
        }
    }

    /**
     * @param models the folder of committed models; not looked at for {@link Extent#KERNELS}
     * @param archived items of large models' golden archives to decode at least, also in the small sets
     * @param threads for long calls; changes no result
     * @param listener sees each check when it is done
     * @throws IOException if the folder or its list of hashes cannot be used; what is wrong with a model is a check that differs
     */
    public static Outcome run(Path models, Extent extent, int archived, int threads, Consumer<Check> listener)
            throws IOException {
        Conformance run = new Conformance(models, extent, archived, threads, listener);
        run.kernels();
        if (extent == Extent.KERNELS) {
            run.done(Check.leftOut("models", "only the kernels were asked for"));
        } else {
            run.models();
        }
        Hash hash = new Hash();
        for (Check check : run.checks) {
            if (check.status() != Status.LEFT_OUT) {
                hash.add(check.name()).add(check.got());
            }
        }
        return new Outcome(List.copyOf(run.checks), hash.text(), run.kernels.name());
    }

    private void done(Check check) {
        checks.add(check);
        listener.accept(check);
    }

    private void kernels() {
        fingerprints("kernels", kernels);
        if (extent == Extent.STANDARD || extent == Extent.FULL) {
            fingerprints("reference kernels", Kernels.reference());
        }
    }

    private void fingerprints(String name, Kernels which) {
        done(Check.of(name + ": operations", KernelFingerprint.OPERATIONS_1, KernelFingerprint.ofOperations(which)));
        done(Check.of(name + ": pieces", KernelFingerprint.PIECES_1, KernelFingerprint.ofPieces(which)));
    }

    private void models() throws IOException {
        if (!Files.isDirectory(models)) {
            throw new IOException(models + ": no such folder of models");
        }
        Golden golden = Golden.read(models);
        for (String name : golden.models()) {
            boolean large = golden.isLarge(name);
            if (large && extent == Extent.QUICK && archived == 0) {
                done(Check.leftOut(name, "too slow for the quick set"));
                continue;
            }
            Path file = models.resolve(name).resolve("model.safetensors");
            MaskingModel model;
            try {
                model = MaskingModel.of(Models.read(file));
            } catch (IOException e) {
                done(Check.of(name + ": model", golden.text(name + ".id"), String.valueOf(e.getMessage())));
                done(Check.leftOut(name + ": logits and archives", "the model cannot be read"));
                continue;
            }
            done(Check.of(name + ": model", golden.text(name + ".id"), model.idText()));
            if (large && extent == Extent.QUICK) {
                done(Check.leftOut(name + ": logits", "too slow for the quick set"));
                archive(name, model, golden, Sizes.archiveOnly(archived));
            } else {
                Sizes sizes = Sizes.of(large, extent);
                logits(name, model, golden, sizes);
                encoding(name, model, golden, sizes);
                archive(name, model, golden, large ? sizes.archivedAtLeast(archived) : sizes);
            }
        }
        for (String name : golden.archives()) {
            ArchivedItems.check(models, golden, name, kernels, this::done);
        }
    }

    private void logits(String name, MaskingModel model, Golden golden, Sizes sizes) throws IOException {
        LogitChecks logits = new LogitChecks(name, model, kernels, sizes);
        List<String> expected = golden.list(name + ".logits", sizes.inputs());
        done(Lists.check(name + ": logits of " + sizes.inputs() + " inputs", expected, logits.hashes()));
        logits.ways(this::done);
    }

    private void encoding(String name, MaskingModel model, Golden golden, Sizes sizes) throws IOException {
        ArchiveChecks archives = new ArchiveChecks(name, model, kernels, sizes);
        List<String> expected = golden.list(name + ".encoded", sizes.encoded());
        done(Lists.check(name + ": items encoded: " + sizes.encoded(), expected, archives.encoded()));
        archives.otherWays(expected, this::done);
    }

    private void archive(String name, MaskingModel model, Golden golden, Sizes sizes) throws IOException {
        Path file = golden.archive(name);
        ArchiveChecks.Archive archive;
        try {
            archive = new ArchiveChecks(name, model, kernels, sizes).open(file);
        } catch (IOException e) {
            done(Check.of(name + ": golden archive", "readable", String.valueOf(e.getMessage())));
            return;
        }
        archive.check(golden.list(name + ".items", archive.size()), threads, this::done);
    }
}
