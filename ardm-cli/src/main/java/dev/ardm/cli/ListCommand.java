package dev.ardm.cli;

import dev.ardm.coding.ArchiveFormat;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.DocumentLayout;
import dev.ardm.core.Space;
import dev.ardm.core.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ardm list}. */
@Command(name = "list", description = "Shows what an archive holds and which model it needs; needs no model.")
final class ListCommand extends BaseCommand {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    @Parameters(paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    int run() throws IOException {
        DecompressCommand.requireArchive(archive);
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            Plan plan = ArchivePlan.withoutModel(archive, reader.header());
            Space space = ArchivePlan.space(archive, reader.header());
            if (json) {
                try (JsonGenerator to = JSON.createGenerator(out())) {
                    json(to, reader, plan, space);
                }
                out().println();
            } else {
                print(reader, plan, space);
            }
        }
        return 0;
    }

    private static int storedItems(ArchiveReader reader) throws IOException {
        int stored = 0;
        for (int k = 0; k < reader.size(); k++) {
            stored += reader.entry(k).stored() ? 1 : 0;
        }
        return stored;
    }

    /** The number of values of an item; 0 if it is too damaged to say. */
    private static int values(ArchiveReader reader, int item) throws IOException {
        if (reader.header().documents() == null) {
            return reader.header().values();
        }
        try {
            return reader.documentLength(item);
        } catch (DamagedException e) {
            return 0;
        }
    }

    private static long values(ArchiveReader reader) throws IOException {
        long values = 0;
        for (int k = 0; k < reader.size(); k++) {
            values += values(reader, k);
        }
        return values;
    }

    private static double bitsPerValue(long bytes, long values) {
        return values == 0 ? 0 : 8.0 * bytes / values;
    }

    private void print(ArchiveReader reader, Plan plan, Space space) throws IOException {
        ArchiveHeader header = reader.header();
        long bytes = Files.size(archive);
        long values = values(reader);
        DocumentLayout documents = header.documents();
        out().println(archive + ": ardm archive, format version " + ArchiveFormat.VERSION + ", arithmetic version "
                + header.arithmeticVersion());
        out().println("model  " + HexFormat.of().formatHex(header.modelId()));
        out().println("items  " + space + ", " + space.scale().name().toLowerCase(Locale.ROOT));
        if (documents != null && documents.sequences()) {
            out().println("files  of any length, in windows that see " + documents.context()
                    + " values before at least");
        } else if (documents != null) {
            out().println("rows   of files");
        }
        out().println("plan   " + plan.kind().name().toLowerCase(Locale.ROOT) + " order, "
                + Text.count(plan.schedule().calls(), "call"));
        out().println("total  " + Text.count(reader.size(), "item") + " (" + storedItems(reader)
                + " stored without the model), " + Text.count(bytes, "byte") + ", "
                + Text.bits(bitsPerValue(bytes, values)));
        out().println("  item     bytes  bits/dim  name");
        for (int k = 0; k < reader.size(); k++) {
            ArchiveReader.Entry entry = reader.entry(k);
            out().println(String.format(
                            Locale.ROOT,
                            "%6d %9d %9.4f  %s%s",
                            k,
                            entry.length(),
                            bitsPerValue(entry.length(), values(reader, k)),
                            Text.printable(reader.name(k).orElse("")),
                            entry.stored() ? " (stored)" : "")
                    .stripTrailing());
        }
    }

    /** Written as it is read: an archive may have more items than memory. */
    private void json(JsonGenerator to, ArchiveReader reader, Plan plan, Space space) throws IOException {
        ArchiveHeader header = reader.header();
        long bytes = Files.size(archive);
        to.writeStartObject();
        to.writeStringProperty("file", archive.toString());
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
        to.writeNumberProperty("stored_items", storedItems(reader));
        to.writeNumberProperty("bytes", bytes);
        to.writeNumberProperty("bits_per_dimension", bitsPerValue(bytes, values(reader)));
        to.writeArrayPropertyStart("entries");
        for (int k = 0; k < reader.size(); k++) {
            ArchiveReader.Entry entry = reader.entry(k);
            to.writeStartObject();
            to.writeNumberProperty("item", k);
            Optional<String> name = reader.name(k);
            if (name.isPresent()) {
                to.writeStringProperty("name", name.get());
            }
            to.writeNumberProperty("offset", entry.offset());
            to.writeNumberProperty("bytes", entry.length());
            if (documents != null) {
                to.writeNumberProperty("values", values(reader, k));
            }
            to.writeBooleanProperty("stored", entry.stored());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeEndObject();
    }
}
