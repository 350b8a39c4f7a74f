package dev.ardm.cli;

import dev.ardm.coding.ArchiveFormat;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.DocumentLayout;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What an archive says without its model, for people and as JSON. Written as it is read: an archive may have more items than
 * memory.
 *
 * @param file as messages call it
 * @param bytes of the whole archive
 * @param names that items must have to be shown one by one; null for all
 */
record ArchiveListing(
        String file,
        long bytes,
        ArchiveReader reader,
        Plan plan,
        Space space,
        ArchiveSums sums,
        @Nullable Pattern names) {

    static ArchiveListing of(Path archive, String file, ArchiveReader reader, @Nullable Pattern names)
            throws IOException {
        return new ArchiveListing(
                file,
                Files.size(archive),
                reader,
                ArchivePlan.withoutModel(archive, reader.header()),
                ArchivePlan.space(archive, reader.header()),
                ArchiveSums.of(reader),
                names);
    }

    private boolean shown(int item) throws IOException {
        return names == null
                || names.matcher(reader.name(item).orElseGet(() -> FolderNames.numbered(item, reader.size())))
                        .matches();
    }

    /** @param all whether the items are shown one by one as well */
    void print(PrintWriter out, boolean all) throws IOException {
        ArchiveHeader header = reader.header();
        DocumentLayout documents = header.documents();
        out.println(file + ": ardm archive, format version " + ArchiveFormat.VERSION + ", arithmetic version "
                + header.arithmeticVersion());
        out.println("model  " + HexFormat.of().formatHex(header.modelId()));
        out.println("items  " + space + ", " + space.scale().name().toLowerCase(Locale.ROOT));
        if (documents != null && documents.sequences()) {
            out.println("files  of any length, in windows that see " + documents.context() + " values before at least");
        } else if (documents != null) {
            out.println("rows   of files");
        }
        out.println("plan   " + plan.kind().name().toLowerCase(Locale.ROOT) + " order, "
                + Text.count(plan.schedule().calls(), "call"));
        out.println("coded  " + Text.count(sums.coded(), "item") + ", " + Text.count(sums.codedBytes(), "byte")
                + "; stored " + Text.count(sums.stored(), "item") + ", " + Text.count(sums.storedBytes(), "byte"));
        out.println("total  " + Text.count(reader.size(), "item") + " (" + sums.stored()
                + " stored without the model), " + Text.count(bytes, "byte") + ", "
                + Text.bits(ArchiveSums.bitsPerValue(bytes, sums.values())));
        if (all) {
            out.println("  item     bytes  bits/dim  name");
            for (int k = 0; k < reader.size(); k++) {
                if (shown(k)) {
                    out.println(line(k));
                }
            }
        }
    }

    private String line(int item) throws IOException {
        ArchiveReader.Entry entry = reader.entry(item);
        return String.format(
                        Locale.ROOT,
                        "%6d %9d %9.4f  %s%s",
                        item,
                        entry.length(),
                        ArchiveSums.bitsPerValue(entry.length(), ArchiveSums.values(reader, item)),
                        Text.printable(reader.name(item).orElse("")),
                        entry.stored() ? " (stored)" : "")
                .stripTrailing();
    }

    void write(JsonGenerator to) throws IOException {
        ArchiveHeader header = reader.header();
        to.writeStartObject();
        to.writeStringProperty("file", file);
        to.writeNumberProperty("format_version", ArchiveFormat.VERSION);
        to.writeNumberProperty("arithmetic_version", header.arithmeticVersion());
        to.writeStringProperty("model_id", HexFormat.of().formatHex(header.modelId()));
        to.writeName("shape").writeArray(header.extents(), 0, header.extents().length);
        to.writeName("categories").writeArray(header.categories(), 0, header.categories().length);
        to.writeStringProperty("scale", space.scale().name().toLowerCase(Locale.ROOT));
        to.writeStringProperty("order", plan.kind().name().toLowerCase(Locale.ROOT));
        if (plan.kind() == Plan.OrderKind.RANDOM) {
            to.writeNumberProperty("order_seed", plan.seed());
        }
        to.writeNumberProperty("calls", plan.schedule().calls());
        DocumentLayout documents = header.documents();
        if (documents != null) {
            to.writeStringProperty("documents", documents.sequences() ? "sequences" : "rows");
        }
        if (documents != null && documents.sequences()) {
            to.writeNumberProperty("context", documents.context());
            to.writeNumberProperty("resting_value", documents.restingValue());
        }
        to.writeNumberProperty("items", reader.size());
        to.writeNumberProperty("coded_items", sums.coded());
        to.writeNumberProperty("coded_bytes", sums.codedBytes());
        to.writeNumberProperty("stored_items", sums.stored());
        to.writeNumberProperty("stored_bytes", sums.storedBytes());
        to.writeNumberProperty("values", sums.values());
        to.writeNumberProperty("bytes", bytes);
        to.writeNumberProperty("bits_per_dimension", ArchiveSums.bitsPerValue(bytes, sums.values()));
        to.writeArrayPropertyStart("entries");
        for (int k = 0; k < reader.size(); k++) {
            if (shown(k)) {
                entry(to, k);
            }
        }
        to.writeEndArray();
        to.writeEndObject();
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
        if (reader.header().documents() != null) {
            to.writeNumberProperty("values", ArchiveSums.values(reader, item));
        }
        to.writeBooleanProperty("stored", entry.stored());
        to.writeEndObject();
    }
}
