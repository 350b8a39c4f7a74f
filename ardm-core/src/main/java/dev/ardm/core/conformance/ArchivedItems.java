package dev.ardm.core.conformance;

import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The golden archive of a model of any family: what its items become, all at once and alone. */
final class ArchivedItems {
    private static final int THREADS = 3;

    private final String name;
    private final Model model;
    private final Path archive;

    private ArchivedItems(String name, Model model, Path archive) {
        this.name = name;
        this.model = model;
        this.archive = archive;
    }

    /** Checks the model and all items of its archive. */
    static void check(Path models, Golden golden, String name, Kernels kernels, Consumer<Check> sink)
            throws IOException {
        List<String> expected = golden.all(name + ".items");
        Model model;
        try {
            model = Models.read(models.resolve(name).resolve("model.safetensors"));
        } catch (IOException e) {
            sink.accept(Check.of(name + ": model", golden.text(name + ".id"), String.valueOf(e.getMessage())));
            sink.accept(Check.leftOut(name + ": golden archive", "the model cannot be read"));
            return;
        }
        sink.accept(Check.of(name + ": model", golden.text(name + ".id"), model.idText()));
        ArchivedItems items = new ArchivedItems(name, model, golden.archive(name));
        items.check("all items of the golden archive", expected, kernels, THREADS, false, sink);
        items.check("each of them alone", expected, kernels, 1, true, sink);
    }

    private void check(
            String what, List<String> expected, Kernels kernels, int threads, boolean alone, Consumer<Check> sink) {
        try {
            sink.accept(Lists.check(name + ": " + what, expected, hashes(kernels, threads, alone)));
        } catch (IOException e) {
            sink.accept(Check.of(name + ": " + what, "readable", String.valueOf(e.getMessage())));
        }
    }

    /** The hash of each item. @param alone whether each is read from an archive that was just opened */
    private List<String> hashes(Kernels kernels, int threads, boolean alone) throws IOException {
        LikelihoodModel opened = model.open(threads, kernels);
        List<String> hashes = new ArrayList<>();
        try (ItemArchive all = ItemArchive.open(archive, opened)) {
            if (!alone) {
                all.get(0, all.size()).forEach(item -> hashes.add(hash(item)));
            }
            for (int number = 0; alone && number < all.size(); number++) {
                try (ItemArchive one = ItemArchive.open(archive, opened)) {
                    hashes.add(hash(one.get(number)));
                }
            }
        }
        return hashes;
    }

    /** As the list has it. */
    static String hash(int[] item) {
        return new Hash().add(item).text().substring(0, Golden.SHORT);
    }
}
