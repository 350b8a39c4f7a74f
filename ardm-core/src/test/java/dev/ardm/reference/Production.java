package dev.ardm.reference;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.NotAnArchiveException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What people run, asked the questions that the reference answers. */
final class Production {
    private Production() {}

    /** Whether an item of an archive is stored without a model: every fourth. */
    static boolean stored(int k) {
        return k % 4 == 3;
    }

    /** The name of an item of an archive. */
    static String name(int k) {
        return k % 7 == 2 ? "" : "Ordner/größe-" + k * k + (k % 3 == 0 ? ".png" : ".jpeg");
    }

    static byte[] modelFile(MaskingModel model, SafeTensors.Type type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, type, out);
        return out.toByteArray();
    }

    /** Writes an archive and returns its bytes. */
    static byte[] archive(Path file, LikelihoodModel model, Plan plan, List<int[]> items, boolean names)
            throws IOException {
        List<byte[]> streams = model.encode(items, plan, LikelihoodModel.NO_PROGRESS);
        try (ArchiveWriter writer = ArchiveWriter.create(file, header(MaskingModel.of(model), plan), true)) {
            for (int k = 0; k < items.size(); k++) {
                String name = names ? name(k) : "";
                if (stored(k)) {
                    writer.add(ArchivedItem.stored(new byte[0], new int[0], items.get(k)), ItemLabel.named(name));
                } else {
                    writer.add(streams.get(k), ItemLabel.named(name));
                }
            }
            writer.commit();
        }
        return Files.readAllBytes(file);
    }

    static ArchiveHeader header(MaskingModel model, Plan plan) {
        return new ArchiveHeader(
                ArithmeticVersions.NEWEST,
                model.id(),
                model.space().shape(),
                model.space().categories(),
                model.space().scale().ordinal(),
                plan.toBytes());
    }

    /** Opens an archive and reads every item: a line for each, or only the kind of the error. */
    static List<String> verdict(Path file, LikelihoodModel model) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            ArchiveHeader header = reader.header();
            header.requireArithmetic(ArithmeticVersions.NEWEST);
            header.requireModel(model.model().id());
            Plan plan = model.readPlan(header.plan());
            if (header.arithmeticVersion() < 1
                    || !Arrays.equals(header.extents(), model.space().shape())
                    || !Arrays.equals(header.categories(), model.space().categories())
                    || header.scale() != model.space().scale().ordinal()) {
                return List.of("DAMAGED");
            }
            if (header.layout().hasSide()) {
                return List.of("DOCUMENTS");
            }
            List<String> lines = new ArrayList<>();
            for (int k = 0; k < reader.size(); k++) {
                lines.add(line(reader.name(k), reader.blockDamaged(k), item(reader, k, model, plan)));
            }
            return lines;
        } catch (NotAnArchiveException e) {
            return List.of("NOT_ARDM");
        } catch (NewerVersionException e) {
            return List.of("NEWER");
        } catch (WrongModelException e) {
            return List.of("WRONG_MODEL");
        } catch (DamagedException | IllegalArgumentException | ArithmeticException e) {
            return List.of("DAMAGED");
        }
    }

    private static Optional<int[]> item(ArchiveReader reader, int k, LikelihoodModel model, Plan plan)
            throws IOException {
        try {
            return reader.entry(k).stored()
                    ? Optional.of(reader.item(k).values())
                    : model.decode(List.of(reader.item(k).stream()), plan, LikelihoodModel.NO_PROGRESS)
                            .get(0);
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    /** What is found about an item. */
    static String line(Optional<String> name, boolean blockDamaged, Optional<int[]> item) {
        return name + (blockDamaged ? ", in a damaged block: " : ": ") + item.map(Arrays::hashCode);
    }
}
