package dev.ardm.app.pack;

import dev.ardm.app.Listener;
import dev.ardm.app.ScratchFolder;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.Compression;
import dev.ardm.app.archive.Sources;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.report.ItemBaselines;
import dev.ardm.app.report.ItemBytes;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.items.ItemInput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Packs items: learns a model from them, chooses what it learns by what makes model and items together smallest, and writes one
 * archive with the model inside.
 */
public final class Packing {
    private final PackOptions options;
    private final TrainingRun.Origin origin;
    private final Listener listener;

    /**
     * A way to pack.
     *
     * @param origin for the provenance of a network
     * @param listener receives what was tried and chosen as results
     */
    public Packing(PackOptions options, TrainingRun.Origin origin, Listener listener) {
        this.options = options;
        this.origin = origin;
        this.listener = listener;
    }

    /**
     * What was packed.
     *
     * @param items number of items
     * @param rawBytes of the files that they are from
     * @param bytes of the archive, the model inside counted
     * @param modelBytes of the model
     */
    public record Packed(long items, long rawBytes, long bytes, long modelBytes) {}

    /**
     * Packs a file or folder.
     *
     * @param out the archive, which appears when it is complete
     * @throws UserError if the path has no items, or the archive cannot be written there
     */
    public Packed pack(Path path, Path out) throws IOException {
        if (!Files.exists(path)) {
            throw new UserError(path + ": no such file or folder");
        }
        OutputPath.requireOther(out, path);
        OutputPath.requireFile(out, options.replace());
        OutputPath.requireNoInput(out, true, List.of(path));
        Sources.check(List.of(path), listener);
        Candidate best = best(path);
        DataFormat format = best.items.format();
        ItemSample sample = best.sample;
        PrimerChoice choice = best.choice;
        try (ScratchFolder scratch = ScratchFolder.create()) {
            if (options.minutes() > 0) {
                Optional<NetworkTrial.Trained> network = new NetworkTrial(options, origin, listener)
                        .train(path, sample.symbols() - sample.count(), scratch);
                network.ifPresent(trained -> listener.result(trained.sentence()));
                network.filter(trained -> trained.format().linesOfFiles())
                        .flatMap(trained -> NetworkTrial.paysFrom(trained, choice.tried()))
                        .ifPresent(listener::result);
                if (network.isPresent()
                        && network.get().bytes() < choice.chosen().bytes()) {
                    listener.result("chosen: the network: the smallest, model and items together");
                    return write(network.get().file(), network.get().format(), path, out);
                }
            }
            listener.result("chosen: " + choice.why());
            Path file = scratch.file("model.safetensors");
            try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
                ModelFile.write(choice.model(), Type.F32, to);
            }
            return write(file, format, path, out);
        }
    }

    /** A way to read the items, and what is learnt from them then. */
    private record Candidate(PackedItems items, ItemSample sample, PrimerChoice choice) {}

    /** The way to read them that makes all smallest. */
    private Candidate best(Path path) throws IOException {
        Candidate best = null;
        for (PackedItems items : PackedItems.candidates(path, options.items())) {
            Candidate next = candidate(path, items, best == null);
            best = best == null
                            || next.choice.chosen().bytes()
                                    < best.choice.chosen().bytes()
                    ? next
                    : best;
        }
        return Objects.requireNonNull(best);
    }

    private Candidate candidate(Path path, PackedItems items, boolean first) throws IOException {
        listener.notice(path + ": " + items.assumed());
        ItemSample sample = sample(items.format(), path);
        if (sample.count() == 0) {
            throw new UserError(path + ": no items to pack");
        }
        if (first) {
            DataInWords.of(sample).forEach(listener::notice);
        }
        if (!sample.complete() && sample.count() > 1) {
            listener.notice("what is learnt is chosen from "
                    + Text.number(sample.items().size()) + " of " + Text.count(sample.count(), "item"));
        }
        PrimerChoice choice = choose(items.format(), sample);
        choice.tried().forEach(one -> listener.result(one.sentence()));
        return new Candidate(items, sample, choice);
    }

    private ItemSample sample(DataFormat format, Path path) throws IOException {
        try (ItemInput input = format.input(List.of(path), InputOptions.nextTo(path))) {
            input.assumed().forEach(listener::notice);
            try (var cursor = input.cursor()) {
                return ItemSample.of(cursor, 2 * mostSymbols(format));
            }
        }
    }

    private long mostSymbols(DataFormat format) {
        long asked = options.openMillis().isPresent()
                ? (long) options.openMillis().getAsInt() * new PrimerLearning(format).symbolsPerMillisecond()
                : PrimerSearch.MOST_SYMBOLS;
        // Two models are in memory at a time, and the items that they learn.
        long memory = Runtime.getRuntime().maxMemory() / (4L * CountsModel.BYTES_PER_SYMBOL);
        return Math.max(1, Math.min(Math.min(asked, memory), CountsModel.MOST_SYMBOLS / 2));
    }

    private PrimerChoice choose(DataFormat format, ItemSample sample) throws IOException {
        try (Listener.Task progress = listener.begin("learn", PrimerSearch.STEPS)) {
            PrimerSearch search = new PrimerSearch(format, sample, mostSymbols(format), options.threads(), progress);
            return PrimerChoice.of(search, search.run(), options.openMillis(), sample);
        }
    }

    /** What other compressors get. */
    private static List<byte[]> bytes(DataFormat format, Path path) throws IOException {
        if (!format.kind().equals(TrainingData.ARRAYS)) {
            return ItemBytes.ofFiles(format, List.of(path));
        }
        try (ItemCursor cursor = format.cursor(List.of(path))) {
            return ItemBytes.ofValues(format.space(), cursor);
        }
    }

    /** Writes the archive, and says how large it is and what others take. */
    private Packed write(Path model, DataFormat format, Path path, Path out) throws IOException {
        long modelBytes = Files.size(model);
        LikelihoodModel likelihood = Models.open(model, options.threads());
        InputOptions usual = InputOptions.nextTo(out);
        String refusal = likelihood.refusals().get(Verb.IMAGES_OF_ANY_SIZE);
        Compression.Result result;
        try (ItemInput input = format.input(List.of(path), refusal == null ? usual : usual.withoutWindows(refusal));
                ItemArchiveWriter writer = ItemArchiveWriter.create(
                        out,
                        likelihood,
                        likelihood.plan(input.calls().orElse(NetworkTrial.CALLS)),
                        ItemArchiveWriter.layout(input.layout(), input.files(), likelihood),
                        options.replace())) {
            options.kept().permit(writer, List.of(path));
            writer.embedModel(model);
            result = new Compression(input, options.kept(), listener).into(writer);
        }
        Packed packed = new Packed(result.items(), result.rawBytes(), Files.size(out), modelBytes);
        listener.result(String.format(
                Locale.ROOT,
                "%s, %s => %s: %s (%s): items %,d, model %,d",
                Text.count(packed.items(), "item"),
                Text.count(packed.rawBytes(), "byte"),
                out,
                Text.count(packed.bytes(), "byte"),
                Text.percent(packed.bytes(), packed.rawBytes()),
                packed.bytes() - modelBytes,
                modelBytes));
        if (packed.rawBytes() > 0) {
            ItemBaselines others = ItemBaselines.of(bytes(format, path));
            String unnamed = format.linesOfFiles() ? "" : "; names and times not counted";
            listener.result(others.zstdText(packed.rawBytes()) + unnamed);
            listener.result(others.xzText(packed.rawBytes()) + unnamed);
        }
        return packed;
    }
}
