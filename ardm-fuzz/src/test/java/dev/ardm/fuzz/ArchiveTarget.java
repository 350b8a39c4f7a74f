package dev.ardm.fuzz;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An archive: everything that can be asked of it without a model, and with the model it names if that is {@link TinyModel}.
 * The first damage found in an item is thrown when the others have been read.
 */
final class ArchiveTarget implements FuzzTarget {
    /** More are not read: that would be the same again. */
    private static final int MOST_ITEMS = 1000;

    private static final int MOST_DECODED = 8;

    private final LikelihoodModel model = TinyModel.coder();

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ArchiveException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        Path file = scratch.file("input.ardm", input);
        recover(file);
        @Nullable DamagedException damage = null;
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            long end = 0;
            long last = -1;
            for (int k = 0; k < Math.min(reader.size(), MOST_ITEMS); k++) {
                ArchiveReader.Entry entry = reader.entry(k);
                PropertyViolation.unless(
                        entry.form() == ItemForm.LEARNT
                                || (entry.offset() >= end
                                                || reader.header(k).layout().records() && entry.offset() == last)
                                        && entry.length() > 0
                                        && entry.offset() + entry.length() <= input.length,
                        "items lie side by side in the file");
                last = entry.offset();
                end = entry.form() == ItemForm.LEARNT ? end : entry.offset() + entry.length();
                reader.name(k);
                try {
                    read(reader, k);
                } catch (DamagedException e) {
                    PropertyViolation.unless(e.item() == k, "damage in an item names it");
                    damage = damage == null ? e : damage;
                }
            }
            int damaged = reader.verify(k -> {});
            PropertyViolation.unless(damaged >= 0 && damaged <= reader.size(), "items are damaged at most once");
            if (Arrays.equals(reader.header().modelId(), model.model().id())) {
                decode(reader);
            }
            reader.header().requireArithmetic(ArithmeticVersions.NEWEST);
            if (damaged > 0 && damage == null) {
                damage = new DamagedException("input.ardm", -1, -1, "checksums of the payload", "");
            }
        }
        if (damage != null) {
            throw damage;
        }
    }

    /** What is whole of a damaged archive can be asked for, as of a sound one. */
    private static void recover(Path file) throws IOException {
        try (ArchiveReader reader = ArchiveReader.recover(file)) {
            reader.damageReport();
            for (int k = 0; k < Math.min(reader.size(), MOST_ITEMS); k++) {
                try {
                    reader.name(k);
                    read(reader, k);
                } catch (DamagedException e) {
                    // One of those that cannot be read.
                }
            }
        } catch (ArchiveException e) {
            // Nothing can be had of it; opening it says so as well.
        }
    }

    private static void read(ArchiveReader reader, int k) throws IOException {
        if (reader.header(k).layout().records()) {
            ArchiveContent.item(reader, k);
            return;
        }
        int length = reader.length(k);
        PropertyViolation.unless(reader.item(k).length() == length, "an item has the length it is asked for");
    }

    private void decode(ArchiveReader reader) throws IOException {
        Plan plan;
        try {
            plan = model.readPlan(reader.header().plan());
        } catch (IllegalArgumentException e) {
            return; // documented
        }
        ItemLayout layout = reader.header().layout();
        if (!Arrays.equals(reader.header().extents(), TinyModel.SPACE.shape())
                || !Arrays.equals(reader.header().categories(), TinyModel.SPACE.categories())
                || layout.records()) {
            return; // ArchiveDecoder refuses them
        }
        for (int k = 0; k < Math.min(reader.size(), MOST_DECODED); k++) {
            if (reader.entry(k).stored()) {
                continue;
            }
            try {
                List<Optional<int[]>> items = model.coder(plan, layout).decode(List.of(reader.item(k)), n -> {});
                PropertyViolation.unless(items.size() == 1, "an item is decoded or it is not");
            } catch (DamagedException e) {
                // Said before.
            }
        }
    }
}
