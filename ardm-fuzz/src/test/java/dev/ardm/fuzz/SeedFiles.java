package dev.ardm.fuzz;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Item;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes those files of the corpus that only this program can make: archives, streams, plans and models of {@link TinyModel}. */
public final class SeedFiles {
    private static final int FORMAT_VERSION_AT = 8;

    private final Path corpus;
    private final LikelihoodModel model = TinyModel.coder();
    private final Plan plan = model.plan(2);
    private final List<int[]> items =
            List.of(new int[] {0, 1, 2, 3, 4, 0}, new int[] {4, 4, 4, 4, 4, 4}, new int[] {1, 0, 1, 0, 1, 0});

    private SeedFiles(Path corpus) {
        this.corpus = corpus;
    }

    /** Writes them into the folder of the corpus, the only argument; files of these names are replaced. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("the folder of the corpus is needed");
        }
        SeedFiles seeds = new SeedFiles(Path.of(args[0]));
        seeds.archives();
        seeds.streams();
        seeds.models();
        seeds.pairs();
        ArchiveSeeds.write(seeds.corpus);
        PhotographSeeds.write(seeds.corpus);
    }

    private Path file(String target, String name) throws IOException {
        return Files.createDirectories(corpus.resolve(target)).resolve(name);
    }

    private void write(String target, String name, byte[] content) throws IOException {
        Files.write(file(target, name), content);
    }

    private void archives() throws IOException {
        Path plain = file("archive", "good-items.ardm");
        ArchiveHeader header = TinyModel.header(model, plan);
        List<byte[]> streams = model.encode(items, plan, n -> {});
        try (ArchiveWriter writer = ArchiveWriter.create(plain, header, true)) {
            writer.add(streams.get(0), ItemLabel.named("folder/first.png"));
            writer.add(
                    ArchivedItem.stored(new byte[0], new int[0], items.get(1)), ItemLabel.named("folder/second.png"));
            writer.add(streams.get(2), ItemLabel.named(""));
            writer.commit();
        }
        try (ArchiveWriter writer = ArchiveWriter.create(file("archive", "good-empty.ardm"), header, true)) {
            writer.commit();
        }
        sequences();
        try (ArchiveWriter writer =
                ArchiveWriter.create(file("archive", "unsupported-arithmetic.ardm"), newer(), true)) {
            writer.add(streams.get(0), ItemLabel.NONE);
            writer.commit();
        }
        byte[] sound = Files.readAllBytes(plain);
        write("archive", "bad-cut-off.ardm", Arrays.copyOf(sound, sound.length - 1));
        write("archive", "bad-magic-only.ardm", Arrays.copyOf(sound, FORMAT_VERSION_AT));
        write("archive", "bad-header-bit.ardm", flipped(sound, 30));
        write("archive", "bad-footer-bit.ardm", flipped(sound, sound.length - 20));
        write("archive", "bad-appended.ardm", Arrays.copyOf(sound, sound.length + 1));
        write("archive", "unsupported-format-version.ardm", replaced(sound, FORMAT_VERSION_AT, (byte) 9));
        write("archive", "bad-empty.ardm", new byte[0]);
        write("archive", "bad-text.ardm", "not an archive\n".getBytes(StandardCharsets.US_ASCII));
        for (byte choice : new byte[] {0, 0x20, 0x41, 0x61}) {
            byte[] text = ("?a/b:" + "\0\1\2\3\4\0" + "\nb:" + "\4\4\4\4\4\4\4\4\4" + "\n:")
                    .getBytes(StandardCharsets.US_ASCII);
            write("round-trip", "good-choice-" + choice, replaced(text, 0, choice));
        }
    }

    private ArchiveHeader newer() {
        return new ArchiveHeader(
                ArithmeticVersions.NEWEST + 8,
                model.model().id(),
                TinyModel.SPACE.shape(),
                TinyModel.SPACE.categories(),
                TinyModel.SPACE.scale().ordinal(),
                plan.toBytes());
    }

    private void sequences() throws IOException {
        int[] sequence = {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 4};
        byte[] side = {7};
        byte[] stream = coder(sequence, side);
        try (ArchiveWriter writer = ArchiveWriter.create(
                file("archive", "good-sequences.ardm"), TinyModel.sequencesHeader(model, plan), true)) {
            writer.add(ArchivedItem.coded(side, new int[0], sequence.length, stream), ItemLabel.named("a.txt"));
            writer.add(ArchivedItem.stored(new byte[0], new int[0], sequence), ItemLabel.named("b.txt"));
            writer.add(
                    ArchivedItem.coded(
                            new byte[0],
                            new int[0],
                            0,
                            CheckedStream.encode(new int[0], new int[0], 0, 1, CheckedStream.checkOf(new int[0]))),
                    ItemLabel.named("empty"));
            writer.commit();
        }
    }

    private byte[] coder(int[] sequence, byte[] side) {
        return model.coder(plan, TinyModel.SEQUENCES)
                .encode(List.of(new Item("", sequence, side)), n -> {})
                .get(0);
    }

    private void streams() throws IOException {
        byte[] item = model.encode(items.subList(0, 1), model.plan(1), n -> {}).get(0);
        write("stream", "good-item", joined(new byte[] {0, 0, 0, 0}, item));
        write("stream", "bad-item-bit", joined(new byte[] {0, 0, 0, 0}, flipped(item, item.length - 1)));
        int[] sequence = {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 4};
        byte[] document = model.coder(model.plan(1), TinyModel.SEQUENCES)
                .encode(List.of(Item.of(sequence)), n -> {})
                .get(0);
        write("stream", "good-document", joined(new byte[] {(byte) 0x80, (byte) sequence.length, 0, 0}, document));
        write("stream", "bad-document-length", joined(new byte[] {(byte) 0x80, 0, 0, 0x3F}, document));
        write("plan", "good-spread", plan.toBytes());
        write(
                "plan",
                "good-random",
                MaskingPlan.random(-5, MaskingPlan.of(plan).schedule()).toBytes());
        write(
                "plan",
                "good-natural",
                MaskingPlan.natural(
                                Schedule.full(MaskingModel.of(model).process().steps()))
                        .toBytes());
        write("plan", "bad-appended", Arrays.copyOf(plan.toBytes(), plan.toBytes().length + 1));
        write("plan", "bad-empty", new byte[0]);
    }

    private void models() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model.model(), SafeTensors.Type.F32, out);
        byte[] sound = out.toByteArray();
        write("model", "good-tiny.safetensors", sound);
        write("model", "bad-cut-off.safetensors", Arrays.copyOf(sound, sound.length - 1));
        write("model", "bad-weight-bit.safetensors", flipped(sound, sound.length - 1));
        coded();
        byte[] claim = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(16 << 20)
                .array();
        write("model", "bad-claimed-header.safetensors", claim);
        SafeTensors file = SafeTensors.read(file("model", "good-tiny.safetensors"));
        write("model", "unsupported-layout-version.safetensors", with(file, "version", "2"));
        String definition = file.metadata().getOrDefault("definition", "");
        write(
                "model",
                "unsupported-arithmetic.safetensors",
                with(file, "definition", definition.replace("\"arithmetic\":1", "\"arithmetic\":2")));
        write("model-metadata", "good-unchanged", new byte[0]);
        write(
                "model-metadata",
                "good-schedules",
                "\n{\"1\":[0],\"3\":[0,2,4]}\n\n{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8));
        write(
                "model-metadata",
                "good-schedule-costs",
                "\n\n\n\n{\"full\":1.5,\"dimensions\":6,\"bits\":{\"2\":1.75}}".getBytes(StandardCharsets.UTF_8));
        write(
                "model-metadata",
                "bad-schedule-costs",
                "\n\n\n\n{\"full\":-1,\"dimensions\":6,\"bits\":{\"2\":1.75}}".getBytes(StandardCharsets.UTF_8));
        write("model-metadata", "good-definition", definition.getBytes(StandardCharsets.UTF_8));
        write(
                "model-metadata",
                "good-loss-components",
                ("\n\n{\"stages\":1,\"steps\":[0,5],\"bits\":[2.0,1.0],\"standard_errors\":[null,0.5],\"counts\":[3,4]}\n")
                        .getBytes(StandardCharsets.UTF_8));
        write(
                "model-metadata",
                "bad-another-network",
                definition.replace("\"layers\":1", "\"layers\":256").getBytes(StandardCharsets.UTF_8));
        write(
                "model-metadata",
                "bad-huge-space",
                definition.replace("\"shape\":[6]", "\"shape\":[16777216]").getBytes(StandardCharsets.UTF_8));
    }

    private void pairs() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(
                Models.pair(model.model(), TinyModel.model(), Map.of("made", "for fuzzing")),
                SafeTensors.Type.F32,
                out);
        byte[] sound = out.toByteArray();
        write("model", "good-pair.safetensors", sound);
        write("model", "bad-pair-weight-bit.safetensors", flipped(sound, sound.length - 1));
        SafeTensors file = SafeTensors.read(file("model", "good-pair.safetensors"));
        String definition = file.metadata().getOrDefault("definition", "");
        write(
                "model",
                "bad-pair-without-part.safetensors",
                with(file, "definition", definition.replace("\"filling\":", "\"other\":")));
        write(
                "model",
                "bad-pair-of-pairs.safetensors",
                with(file, "definition", "{\"family\":\"pair\",\"arithmetic\":1,\"storing\":" + definition + "}"));
        write("model", "bad-pair-id.safetensors", with(file, "filling.id", "00"));
    }

    private void coded() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.writeCoded(model.model(), out);
        byte[] sound = out.toByteArray();
        write("model", "good-coded.safetensors", sound);
        write("model", "bad-coded-cut-off.safetensors", Arrays.copyOf(sound, sound.length - 1));
        write("model", "bad-coded-weight-bit.safetensors", flipped(sound, sound.length - 9));
        SafeTensors file = SafeTensors.read(file("model", "good-coded.safetensors"));
        String definition = file.metadata().getOrDefault("definition", "");
        write(
                "model",
                "bad-coded-huge-network.safetensors",
                with(file, "definition", definition.replace("\"layers\":1", "\"layers\":256")));
        write("model", "unsupported-coded-layout-version.safetensors", with(file, "version", "3"));
    }

    private static byte[] with(SafeTensors file, String entry, String text) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
        metadata.put(entry, text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SafeTensors(metadata, file.tensors()).write(out);
        return out.toByteArray();
    }

    private static byte[] flipped(byte[] bytes, int at) {
        return replaced(bytes, at, (byte) (bytes[at] ^ 0x40));
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
