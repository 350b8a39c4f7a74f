package dev.ardm.cli;

import dev.ardm.coding.ArchiveFormat;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.core.Space;
import dev.ardm.core.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ardm list}. */
@Command(name = "list", description = "Shows what an archive holds and which model it needs; needs no model.")
final class ListCommand extends BaseCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    int run() throws IOException {
        DecompressCommand.requireArchive(archive);
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            Plan plan = ArchivePlan.of(archive, reader.header());
            Space space = ArchivePlan.space(archive, reader.header());
            if (json) {
                out().println(JSON.writeValueAsString(json(reader, plan, space)));
            } else {
                print(reader, plan, space);
            }
        }
        return 0;
    }

    private static int storedItems(ArchiveReader reader) {
        int stored = 0;
        for (int k = 0; k < reader.size(); k++) {
            stored += reader.entry(k).stored() ? 1 : 0;
        }
        return stored;
    }

    private void print(ArchiveReader reader, Plan plan, Space space) throws IOException {
        ArchiveHeader header = reader.header();
        long bytes = Files.size(archive);
        int dimensions = space.dimensions();
        out().println(archive + ": ardm archive, format version " + ArchiveFormat.VERSION + ", arithmetic version "
                + header.arithmeticVersion());
        out().println("model  " + HexFormat.of().formatHex(header.modelId()));
        out().println("items  " + space + ", " + space.scale().name().toLowerCase(Locale.ROOT));
        out().println("plan   " + plan);
        out().println("total  " + Text.count(reader.size(), "item") + " (" + storedItems(reader)
                + " stored without the model), " + Text.count(bytes, "byte") + ", "
                + Text.bits(Text.bitsPerDimension(bytes, reader.size(), dimensions)));
        out().println("  item     bytes  bits/dim  name");
        for (int k = 0; k < reader.size(); k++) {
            ArchiveReader.Entry entry = reader.entry(k);
            out().println(String.format(
                            Locale.ROOT,
                            "%6d %9d %9.4f  %s%s",
                            k,
                            entry.length(),
                            Text.bitsPerDimension(entry.length(), 1, dimensions),
                            Text.printable(reader.name(k).orElse("")),
                            entry.stored() ? " (stored)" : "")
                    .stripTrailing());
        }
    }

    private ObjectNode json(ArchiveReader reader, Plan plan, Space space) throws IOException {
        ArchiveHeader header = reader.header();
        long bytes = Files.size(archive);
        ObjectNode node = JSON.createObjectNode();
        node.put("file", archive.toString());
        node.put("format_version", ArchiveFormat.VERSION);
        node.put("arithmetic_version", header.arithmeticVersion());
        node.put("model_id", HexFormat.of().formatHex(header.modelId()));
        putInts(node.putArray("shape"), header.extents());
        putInts(node.putArray("categories"), header.categories());
        node.put("scale", space.scale().name().toLowerCase(Locale.ROOT));
        node.put("order", plan.kind().name().toLowerCase(Locale.ROOT));
        if (plan.kind() == Plan.OrderKind.RANDOM) {
            node.put("order_seed", plan.seed());
        }
        node.put("calls", plan.schedule().calls());
        node.put("items", reader.size());
        node.put("stored_items", storedItems(reader));
        node.put("bytes", bytes);
        node.put("bits_per_dimension", Text.bitsPerDimension(bytes, reader.size(), space.dimensions()));
        ArrayNode entries = node.putArray("entries");
        for (int k = 0; k < reader.size(); k++) {
            ArchiveReader.Entry entry = reader.entry(k);
            ObjectNode each = entries.addObject();
            each.put("item", k);
            reader.name(k).ifPresent(name -> each.put("name", name));
            each.put("offset", entry.offset());
            each.put("bytes", entry.length());
            each.put("stored", entry.stored());
        }
        return node;
    }

    private static void putInts(ArrayNode array, int[] values) {
        for (int value : values) {
            array.add(value);
        }
    }
}
