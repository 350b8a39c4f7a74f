package dev.ardm.app.archive;

import dev.ardm.app.Text;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.EmbeddedModel;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The contents of an archive that are readable without its model, for people and as JSON. Written as it is read: an archive may have more items than
 * memory.
 *
 * @param file as messages call it
 * @param bytes of the whole archive
 * @param modelSizes bytes of each model, by its id, as far as they are known
 * @param names that items must have to be shown one by one; null for all
 */
public record ArchiveListing(
        String file,
        long bytes,
        ArchiveReader reader,
        Plan plan,
        Space space,
        ArchiveSums sums,
        Map<String, OptionalLong> modelSizes,
        @Nullable Pattern names) {

    private static final int TIME_WIDTH = "2026-01-01T00:00:00Z ".length();
    private static final int[] NO_SHAPE = {};

    /** So many items without names are shown: of thousands, such as the lines of a log, nobody reads more. */
    private static final int UNNAMED_SHOWN = 10;

    /**
     * Reads the contents of an archive.
     *
     * @param place where it is
     * @param search whether to look around it for models that are not inside, to tell their size
     */
    public static ArchiveListing of(
            OpenedArchive.Place place, ArchiveReader reader, boolean search, @Nullable Pattern names)
            throws IOException {
        Path archive = place.file();
        return new ArchiveListing(
                place.shown(),
                Files.size(archive),
                reader,
                ArchivePlan.withoutModel(archive, reader.header(), Models.FAMILIES),
                ArchivePlan.space(archive, reader.header()),
                ArchiveSums.of(reader),
                ArchiveModels.sizes(search ? place.named() : null, reader),
                names);
    }

    private boolean shown(int item) throws IOException {
        return names == null
                || names.matcher(reader.name(item).orElseGet(() -> RestoredNames.numbered(item, reader.size())))
                        .matches();
    }

    /**
     * Prints it for people.
     *
     * @param all whether the items are shown one by one as well
     * @param stopped whether nothing more needs to be printed
     */
    public void print(PrintWriter out, boolean all, BooleanSupplier stopped) throws IOException {
        ArchiveHeader header = reader.header();
        ItemLayout layout = header.layout();
        out.println(file + ": ardm archive, format version " + ArchiveFormat.VERSION + ", arithmetic version "
                + header.arithmeticVersion());
        for (String id : reader.modelIds()) {
            boolean inside = reader.embeddedModels().stream()
                    .anyMatch(model -> model.modelId().equals(id));
            OptionalLong size = modelSizes.getOrDefault(id, OptionalLong.empty());
            out.println("model  " + id + (inside ? " (inside)" : "")
                    + (size.isPresent() ? ", " + Text.count(size.getAsLong(), "byte") : ""));
        }
        out.println("items  " + space + ", " + space.scale().name().toLowerCase(Locale.ROOT));
        if (layout.records()) {
            out.println(layout.hasSide() ? "records of any length, several to a stream" : "several to a stream");
        } else if (layout.hasSide() && layout.sequences()) {
            out.println("files  of any length, in windows that see " + layout.context() + " values before at least");
        } else if (layout.hasSide() && layout.images()) {
            out.println("images of any size, in windows that overlap by " + layout.context() + " pixels at least");
        } else if (layout.hasSide()) {
            out.println("rows   of files");
        }
        out.println("plan   " + plan.describe() + ", " + Text.count(plan.calls(), "call"));
        out.println("coded  " + Text.count(sums.coded(), "item") + ", " + Text.count(sums.codedBytes(), "byte")
                + "; stored " + Text.count(sums.stored(), "item") + ", " + Text.count(sums.storedBytes(), "byte")
                + (sums.learnt() == 0 ? "" : "; in the model " + Text.count(sums.learnt(), "item")));
        out.println("total  " + Text.count(sums.items(), "item") + " (" + sums.stored()
                + " stored without the model), " + Text.count(bytes, "byte")
                + (insideBytes() > 0 ? " of which the model takes " + Text.number(insideBytes()) : "")
                + (layout.records() ? "" : ", " + Text.bits(ArchiveSums.bitsPerValue(bytes, sums.values()))));
        if (all) {
            out.println("  item     bytes  bits/dim  " + (timed() ? "modified (UTC)       " : "") + "name");
            int unnamed = 0;
            for (int k = 0; k < reader.size() && !stopped.getAsBoolean(); k++) {
                int present = reader.nextPresent(k);
                if (present > k) {
                    out.println("  items " + k + "-" + (present - 1) + " are lost");
                    k = present;
                }
                if (k >= reader.size() || !shown(k)) {
                    continue;
                }
                unnamed += names == null && reader.name(k).isEmpty() ? 1 : 0;
                if (unnamed <= UNNAMED_SHOWN || reader.name(k).isPresent()) {
                    out.println(line(k));
                }
            }
            if (unnamed > UNNAMED_SHOWN) {
                out.println("  and " + Text.count(unnamed - UNNAMED_SHOWN, "item")
                        + " more without names; --names '*' shows them all");
            }
        }
    }

    /** Whether the items have times, judging by the first of them. */
    private boolean timed() throws IOException {
        int first = reader.nextPresent(0);
        return first < reader.size() && reader.time(first).isPresent();
    }

    private String time(OptionalLong time) throws IOException {
        return time.isPresent()
                ? Instant.ofEpochMilli(time.getAsLong()).truncatedTo(ChronoUnit.SECONDS) + " "
                : timed() ? " ".repeat(TIME_WIDTH) : "";
    }

    /** Height, width and layers of an image of any size; nothing of other items, and where damage hides it. */
    private int[] shape(int item) throws IOException {
        if (!reader.header().layout().hasSide()) {
            return NO_SHAPE;
        }
        try {
            return reader.shape(item);
        } catch (DamagedException e) {
            return NO_SHAPE;
        }
    }

    private String line(int item) throws IOException {
        ArchiveReader.Entry entry = reader.entry(item);
        if (reader.header(item).layout().records()) {
            return record(item, entry);
        }
        int[] shape = shape(item);
        String size = shape.length == 0 ? "" : shape[0] + "x" + shape[1] + " ";
        return String.format(
                        Locale.ROOT,
                        "%6d %9d %9.4f  %s%s%s",
                        item,
                        entry.length(),
                        ArchiveSums.bitsPerValue(entry.length(), ArchiveSums.values(reader, item)),
                        time(reader.time(item)) + size,
                        Text.printable(reader.name(item).orElse("")),
                        entry.form() == ItemForm.WHOLE ? " (whole)" : entry.stored() ? " (stored)" : "")
                .stripTrailing();
    }

    /** The bytes of a record are those of its group; only the model knows its values. */
    private String record(int item, ArchiveReader.Entry entry) throws IOException {
        FrameRecords records = reader.records(item);
        int at = records.entry(item - reader.firstOfFrame(item));
        boolean learnt = entry.form() == ItemForm.LEARNT;
        return String.format(
                        Locale.ROOT,
                        "%6d %9s %9s  %s%s%s",
                        item,
                        learnt ? "-" : entry.length(),
                        "-",
                        time(reader.time(item)),
                        Text.printable(reader.name(item).orElse("")),
                        learnt
                                ? " (in the model)"
                                : " (all of a group of " + records.size(records.group(at)) + ")"
                                        + (entry.stored() ? " (stored)" : ""))
                .stripTrailing();
    }

    /** Writes it as JSON. */
    public void write(JsonGenerator to) throws IOException {
        ArchiveHeader header = reader.header();
        to.writeStartObject();
        to.writeStringProperty("file", file);
        to.writeNumberProperty("format_version", ArchiveFormat.VERSION);
        to.writeNumberProperty("arithmetic_version", header.arithmeticVersion());
        to.writeStringProperty("model_id", HexFormat.of().formatHex(header.modelId()));
        to.writeName("shape").writeArray(header.extents(), 0, header.extents().length);
        to.writeName("categories").writeArray(header.categories(), 0, header.categories().length);
        to.writeStringProperty("scale", space.scale().name().toLowerCase(Locale.ROOT));
        to.writeStringProperty("order", plan.describe());
        to.writeNumberProperty("calls", plan.calls());
        ItemLayout layout = header.layout();
        to.writeStringProperty("layout", layout.kind().name().toLowerCase(Locale.ROOT));
        if (layout.anySize()) {
            to.writeNumberProperty("context", layout.context());
            to.writeNumberProperty("padding_value", layout.paddingValue());
        }
        to.writeNumberProperty("items", reader.size());
        to.writeNumberProperty("coded_items", sums.coded());
        to.writeNumberProperty("coded_bytes", sums.codedBytes());
        to.writeNumberProperty("stored_items", sums.stored());
        to.writeNumberProperty("stored_bytes", sums.storedBytes());
        if (layout.records()) {
            to.writeNumberProperty("learnt_items", sums.learnt());
        } else {
            to.writeNumberProperty("values", sums.values());
        }
        to.writeNumberProperty("bytes", bytes);
        OptionalLong models = modelBytes();
        if (models.isPresent()) {
            to.writeNumberProperty("model_bytes", models.getAsLong());
        } else {
            to.writeNullProperty("model_bytes");
        }
        if (!layout.records()) {
            to.writeNumberProperty("bits_per_dimension", ArchiveSums.bitsPerValue(bytes, sums.values()));
        }
        to.writeBooleanProperty(
                "model_inside",
                reader.embeddedModels().stream()
                        .anyMatch(model -> Arrays.equals(HexFormat.of().parseHex(model.modelId()), header.modelId())));
        if (reader.modelIds().size() > 1) {
            to.writeArrayPropertyStart("model_ids");
            for (String id : reader.modelIds()) {
                to.writeString(id);
            }
            to.writeEndArray();
        }
        if (reader.refusal().isPresent()) {
            to.writeNumberProperty("lost_items", reader.damageReport().lostItems());
            to.writeBooleanProperty("more_may_be_lost", reader.damageReport().moreMayBeLost());
            to.writeArrayPropertyStart("damage");
            for (String finding : reader.damageReport().findings()) {
                to.writeString(finding);
            }
            to.writeEndArray();
        }
        to.writeArrayPropertyStart("entries");
        for (int k = reader.nextPresent(0); k < reader.size(); k = reader.nextPresent(k + 1)) {
            if (shown(k)) {
                entry(to, k);
            }
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    /** Bytes of all models that the archive needs; empty if one was not found. */
    private OptionalLong modelBytes() {
        return modelSizes.values().stream().allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(modelSizes.values().stream()
                        .mapToLong(OptionalLong::getAsLong)
                        .sum())
                : OptionalLong.empty();
    }

    /** Bytes of the models that are inside. */
    long insideBytes() {
        return reader.embeddedModels().stream().mapToLong(EmbeddedModel::length).sum();
    }

    private void entry(JsonGenerator to, int item) throws IOException {
        ArchiveReader.Entry entry = reader.entry(item);
        to.writeStartObject();
        to.writeNumberProperty("item", item);
        Optional<String> name = reader.name(item);
        if (name.isPresent()) {
            to.writeStringProperty("name", name.get());
        }
        to.writeNumberProperty("offset", entry.offset());
        to.writeNumberProperty("bytes", entry.length());
        OptionalLong time = reader.time(item);
        if (time.isPresent()) {
            to.writeStringProperty(
                    "modified", Instant.ofEpochMilli(time.getAsLong()).toString());
        }
        if (reader.header().layout().records()) {
            to.writeBooleanProperty("learnt", entry.form() == ItemForm.LEARNT);
        } else if (reader.header().layout().hasSide()) {
            to.writeNumberProperty("values", ArchiveSums.values(reader, item));
            int[] shape = shape(item);
            if (shape.length > 0) {
                to.writeNumberProperty("height", shape[0]);
                to.writeNumberProperty("width", shape[1]);
                to.writeNumberProperty("layers", shape[2]);
            }
        }
        OptionalInt mode = reader.label(item).mode();
        if (mode.isPresent()) {
            to.writeStringProperty("mode", String.format(Locale.ROOT, "%04o", mode.getAsInt()));
        }
        to.writeBooleanProperty("stored", entry.stored());
        to.writeBooleanProperty("whole", entry.form() == ItemForm.WHOLE);
        to.writeEndObject();
    }
}
