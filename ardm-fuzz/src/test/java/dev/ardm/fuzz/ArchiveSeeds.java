package dev.ardm.fuzz;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.FrameRecordsBuilder;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.coding.internal.write.RecordFrame;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ItemStore;
import dev.ardm.core.archive.StoreOptions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Archives that grew, were put concatenated, have a model inside, or are damaged: seeds of the targets of these. */
final class ArchiveSeeds {
    private static final byte AS_THEY_ARE = 0;
    private static final byte SEALED = 2;
    private static final byte MODEL_ALONE = (byte) 0x80;

    private final Path corpus;
    private final LikelihoodModel model = TinyModel.coder();
    private final Plan plan = model.plan(2);
    private final List<byte[]> streams = model.encode(
            List.of(new int[] {0, 1, 2, 3, 4, 0}, new int[] {1, 0, 1, 0, 1, 0}, new int[] {2, 2, 2, 2, 2, 2}),
            plan,
            n -> {});

    private ArchiveSeeds(Path corpus) {
        this.corpus = corpus;
    }

    /** Writes them into the folders of their targets. */
    static void write(Path corpus) throws IOException {
        ArchiveSeeds seeds = new ArchiveSeeds(corpus);
        Path scratch = Files.createTempFile("ardm-seeds", ".ardm");
        try {
            seeds.write(scratch, seeds.safetensors());
        } finally {
            Files.delete(scratch);
        }
    }

    private void seed(String target, String name, byte choice, byte[] archive) throws IOException {
        byte[] all = new byte[archive.length + 1];
        all[0] = choice;
        System.arraycopy(archive, 0, all, 1, archive.length);
        Files.write(Files.createDirectories(corpus.resolve(target)).resolve(name), all);
    }

    private void everywhere(String name, byte choice, byte[] archive) throws IOException {
        for (String target : List.of("append", "store", "recovery")) {
            seed(target, name, choice, archive);
        }
    }

    private void write(Path scratch, byte[] safetensors) throws IOException {
        byte[] items = items(scratch, null);
        byte[] grown = grown(scratch, items);
        byte[] documents = Files.readAllBytes(corpus.resolve("archive").resolve("good-sequences.ardm"));
        everywhere("good-items", AS_THEY_ARE, items);
        everywhere("good-grown", AS_THEY_ARE, grown);
        everywhere("good-grown-sealed", SEALED, grown);
        everywhere("good-two-parts", AS_THEY_ARE, joined(grown, items));
        seed("append", "good-documents", AS_THEY_ARE, documents);
        seed("recovery", "good-documents", AS_THEY_ARE, documents);
        seed("store", "bad-documents", AS_THEY_ARE, documents);
        seed(
                "append",
                "good-unfinished",
                AS_THEY_ARE,
                joined(items, Arrays.copyOfRange(grown, items.length, items.length + 60)));
        seed(
                "store",
                "good-unfinished",
                AS_THEY_ARE,
                joined(items, Arrays.copyOfRange(grown, items.length, items.length + 60)));
        byte[] payload = flipped(items, items.length / 3);
        seed("append", "good-payload-bit", AS_THEY_ARE, payload);
        seed("recovery", "good-payload-bit", AS_THEY_ARE, payload);
        seed("store", "bad-payload-bit", AS_THEY_ARE, payload);
        byte[] footer = flipped(grown, grown.length - 3);
        seed("append", "bad-last-footer-bit", AS_THEY_ARE, footer);
        seed("store", "bad-last-footer-bit", AS_THEY_ARE, footer);
        seed("recovery", "good-last-footer-bit", AS_THEY_ARE, footer);
        seed("recovery", "good-cut-off", AS_THEY_ARE, Arrays.copyOf(grown, grown.length - 50));
        seed("recovery", "good-header-bit", AS_THEY_ARE, flipped(items, 30));
        everywhere("bad-empty", AS_THEY_ARE, new byte[0]);
        everywhere("bad-magic-only", AS_THEY_ARE, Arrays.copyOf(items, 8));
        models(scratch, safetensors);
        records(scratch);
    }

    private void models(Path scratch, byte[] safetensors) throws IOException {
        byte[] inside = items(scratch, safetensors);
        seed("embedded-model", "good-inside", AS_THEY_ARE, inside);
        seed("embedded-model", "good-inside-sealed", SEALED, inside);
        seed("recovery", "good-model-inside", AS_THEY_ARE, inside);
        seed("append", "good-model-inside", AS_THEY_ARE, inside);
        seed("store", "good-model-inside", AS_THEY_ARE, inside);
        seed("embedded-model", "good-alone", MODEL_ALONE, safetensors);
        seed("embedded-model", "bad-alone-cut-off", MODEL_ALONE, Arrays.copyOf(safetensors, safetensors.length - 1));
        seed("embedded-model", "bad-alone-empty", MODEL_ALONE, new byte[0]);
        seed("embedded-model", "bad-none-inside", AS_THEY_ARE, items(scratch, null));
        // The last weight is before the head of the frame of items.
        int weight = inside.length - items(scratch, null).length;
        seed("embedded-model", "bad-weight-bit", AS_THEY_ARE, flipped(inside, weight));
        seed("embedded-model", "bad-weight-bit-sealed", SEALED, flipped(inside, weight));
    }

    private byte[] safetensors() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model.model(), SafeTensors.Type.F32, out);
        return out.toByteArray();
    }

    private byte[] items(Path scratch, byte @Nullable [] embedded) throws IOException {
        Path file = Files.createTempFile("ardm-seeds", ".safetensors");
        try (ArchiveWriter writer = ArchiveWriter.create(scratch, TinyModel.header(model, plan), true)) {
            if (embedded != null) {
                Files.write(file, embedded);
                writer.embedModel(file);
            }
            writer.add(streams.get(0), ItemLabel.named("a/first.png").modified(1_000));
            writer.add(
                    ArchivedItem.stored(new byte[0], new int[0], new int[] {4, 4, 4, 4, 4, 4}),
                    ItemLabel.named("a/second.png").modified(2_000));
            writer.add(streams.get(1), ItemLabel.named("without a time"));
            writer.commit();
        } finally {
            Files.delete(file);
        }
        return Files.readAllBytes(scratch);
    }

    /** Two appends after an archive. */
    private byte[] grown(Path scratch, byte[] archive) throws IOException {
        Files.write(scratch, archive);
        for (int n = 0; n < 2; n++) {
            try (ArchiveAppender appender = ArchiveAppender.open(scratch)) {
                appender.add(streams.get(2), ItemLabel.named("append " + n));
                appender.commit();
            }
        }
        return Files.readAllBytes(scratch);
    }

    /** The stream of a group of records without side information. */
    static byte[] group(RecordCoder coder, List<int[]> records) {
        List<RecordCoder.Symbols> symbols = coder.encode(records, n -> {});
        int[][] values = records.toArray(int[][]::new);
        return CheckedStream.encode(
                stack -> {
                    for (int i = symbols.size() - 1; i >= 0; i--) {
                        symbols.get(i).push(stack);
                    }
                },
                CheckedStream.checkOf(new byte[values.length][0], values));
    }

    /** Records of every form, in two commits; those that the model contains, and again. */
    private void records(Path scratch) throws IOException {
        LikelihoodModel counts = RecordsTarget.model();
        RecordCoder coder = counts.records().orElseThrow();
        Path file = scratch.resolveSibling(scratch.getFileName() + ".records");
        StoreOptions two = new StoreOptions(9, Duration.ofMinutes(1), 100);
        try (ItemStore store = ItemStore.open(file, counts, counts.plan(1), ItemLayout.RECORDS, two)) {
            for (int k = 0; k < 40; k++) {
                store.append(Item.of(coder.learnt(k / 14)));
            }
            for (int[] values : List.of(new int[] {1, 3, 0, 2, 4, 1, 1, 0, 3, 2}, new int[0], new int[] {2})) {
                store.append(Item.of(values));
                store.append(new Item("", values, new byte[] {1, 2}));
            }
            store.append(Item.of(new int[] {0, 1, 2})
                    .labelled(ItemLabel.named("name").modified(5)));
        }
        byte[] archive = Files.readAllBytes(file);
        Files.delete(file);
        seed("records", "good-archive", SEALED, archive);
        seed("records", "good-payload-bit", SEALED, flipped(archive, archive.length / 2));
        seed("records", "bad-cut-off", AS_THEY_ARE, Arrays.copyOf(archive, archive.length - 10));
        byte[] stream = group(coder, List.of(new int[] {0, 1, 2, 3, 4, 0}, new int[] {2, 2}, new int[0]));
        seed("records", "good-group", MODEL_ALONE, stream);
        seed("records", "bad-group-bit", MODEL_ALONE, flipped(stream, stream.length - 2));
        seed("records", "bad-group-empty", MODEL_ALONE, new byte[0]);
        for (String target : List.of("append", "recovery")) {
            seed(target, "good-records", AS_THEY_ARE, archive);
        }
        Files.write(corpus.resolve("archive").resolve("good-records.ardm"), archive);
    }

    /** A frame of one record, which is coded. */
    static RecordFrame record(ItemLabel label, byte[] stream) {
        FrameRecordsBuilder frame = new FrameRecordsBuilder();
        frame.grouped(true);
        frame.group(1, stream.length, false, false, 6);
        return new RecordFrame(frame.build(), List.of(label), List.of(stream));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x40;
        return changed;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
