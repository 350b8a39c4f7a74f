package dev.ardm.fuzz;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * An archive with a model inside, which is read from there as the commands do, and the items decoded with it. The two lowest bits of the
 * first byte choose what happens to the checksums ({@link Seals}); the highest says that the rest is the model alone, which is put into an archive.
 */
final class EmbeddedModelTarget implements FuzzTarget {
    /** A hostile model may be as slow as it is large. */
    private static final int MOST_VALUES = 64;

    private static final int MOST_DECODED = 4;

    private final LikelihoodModel model = TinyModel.coder();
    private final Plan plan = model.plan(2);

    @Override
    public String name() {
        return "embedded-model";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ArchiveException.class, ModelFileException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        Path archive;
        if (input.length > 0 && input[0] < 0) {
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            archive = scratch.path("input.ardm");
            write(archive, scratch.file("embedded.safetensors", rest));
            requireBytes(archive, rest, scratch);
        } else {
            archive = scratch.file("input.ardm", Seals.chosen(input));
        }
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            List<EmbeddedModel> models = reader.embeddedModels();
            PropertyViolation.unless(
                    models.stream().map(EmbeddedModel::modelId).distinct().count() == models.size(),
                    "there is at most one model of an id");
            for (EmbeddedModel embedded : models) {
                PropertyViolation.unless(
                        reader.modelIds().contains(embedded.modelId()), "a model in an archive is one that it needs");
                use(archive, reader, embedded, scratch);
            }
            if (models.isEmpty()) {
                throw new DamagedException("input.ardm", -1, -1, "no model inside", "");
            }
        }
    }

    private void write(Path archive, Path embedded) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(archive, TinyModel.header(model, plan), false)) {
            writer.embedModel(embedded);
            writer.add(
                    model.encode(List.of(new int[] {0, 1, 2, 3, 4, 0}), plan, n -> {})
                            .get(0),
                    ItemLabel.NONE);
            writer.commit();
        }
    }

    /** Whatever was put in comes out, also of an archive that was repaired. */
    private static void requireBytes(Path archive, byte[] wanted, Scratch scratch) throws IOException {
        Path repaired = scratch.path("repaired.ardm");
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            requireOne(reader, wanted, scratch);
            ArchiveCopy.write(reader, repaired, false, new ArchiveCopy.Listener() {
                @Override
                public void doubtful(int item) {
                    throw new PropertyViolation("nothing in an archive that was just written is in doubt");
                }

                @Override
                public void leftOut(DamagedException why) {
                    throw new PropertyViolation("nothing of an archive that was just written is left out", why);
                }
            });
        }
        try (ArchiveReader reader = ArchiveReader.open(repaired)) {
            requireOne(reader, wanted, scratch);
        }
    }

    private static void requireOne(ArchiveReader reader, byte[] wanted, Scratch scratch) throws IOException {
        PropertyViolation.unless(reader.embeddedModels().size() == 1, "the model that was put in is there");
        byte[] got = Files.readAllBytes(copy(reader, reader.embeddedModels().get(0), scratch));
        PropertyViolation.unless(Arrays.equals(got, wanted), "a model comes out as it was put in");
    }

    private static Path copy(ArchiveReader reader, EmbeddedModel embedded, Scratch scratch) throws IOException {
        Path file = scratch.path("model.safetensors");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            reader.copyEmbeddedModel(embedded, out);
        }
        return file;
    }

    /** Decodes with the model, as far as it is the one that it is said to be. */
    private static void use(Path archive, ArchiveReader reader, EmbeddedModel embedded, Scratch scratch)
            throws IOException {
        Path file = copy(reader, embedded, scratch);
        MaskingModel read = MaskingModel.of(Models.read(file));
        if (!read.idText().equals(embedded.modelId())) {
            throw new DamagedException("input.ardm", -1, embedded.offset(), "the model in it is another one", "");
        }
        if (read.space().dimensions() > MOST_VALUES) {
            return;
        }
        LikelihoodModel coder = read.open(1);
        for (int k = 0; k < Math.min(reader.size(), MOST_DECODED); k++) {
            if (HexFormat.of().formatHex(reader.header(k).modelId()).equals(embedded.modelId())) {
                ItemArchive.of(archive, reader, part -> coder).get(k);
            }
        }
    }
}
