package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.data.DataException;
import dev.ardm.data.ImageFolder;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.TakenNames;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Document;
import dev.ardm.data.format.DocumentWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm decompress}. */
@Command(name = "decompress", description = "Restores the items of an archive, all or one, exactly.")
final class DecompressCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "PATH",
            description =
                    "NAME.npy or NAME.idx for all items in one array, NAME.png for one item, else a folder with an"
                            + " image NAME.png for each item. Of files in a format: a name with an extension for one file,"
                            + " else a folder for all.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Option(names = "--item", paramLabel = "K", description = "Only this item; the first is 0.")
    private @Nullable Integer item;

    @Option(
            names = {"-f", "--force"},
            description = "Replace the output if it is a file.")
    private boolean force;

    @Option(names = "--keep-going", description = "Write the items that can be read, though others cannot.")
    private boolean keepGoing;

    @Override
    int run() throws IOException {
        if (item != null) {
            requireRange("--item", item, 0, Integer.MAX_VALUE);
        }
        ArdmModel likelihood = model.open(threads());
        Optional<DataFormat> format = TrainingData.formatOf(likelihood.model());
        ItemOutput output = format.isPresent() ? null : output(likelihood.space());
        requireArchive(archive);
        try (ArchiveDecoder decoder =
                ArchiveDecoder.open(archive, likelihood, likelihood.model().id())) {
            if (decoder.reader().header().documents() == null) {
                ItemOutput items = output != null ? output : output(likelihood.space());
                requireItems(decoder, items);
                return restore(decoder, likelihood.space(), items);
            }
            return restoreDocuments(
                    decoder,
                    format.orElseThrow(() ->
                            new UserError(archive + ": holds files, and the model does not say of which format")));
        }
    }

    private ItemOutput output(Space space) throws IOException {
        ItemOutput output;
        try {
            output = ItemOutput.of(out, true, force);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        output.check(archive, model.file());
        output.check(space);
        return output;
    }

    private int restoreDocuments(ArchiveDecoder decoder, DataFormat format) throws IOException {
        if (out.isEmpty()) {
            throw usage("-o must not be empty");
        }
        Path target = Path.of(out);
        ItemOutput.requireOther(target, archive, model.file());
        requireItem(decoder);
        int from = from();
        int to = to(decoder);
        if (format.sequences() && to - from != 1 && !Files.isDirectory(target) && hasExtension(target)) {
            throw new UserError(target + ": is one file, and " + archive + " has " + (to - from)
                    + "; choose one with --item, or give a folder (a name without a dot)");
        }
        if (!format.sequences() || hasExtension(target)) {
            return restore(decoder, from, to, target, k -> "", new DocumentTarget(format, target));
        }
        return restoreNamed(decoder, from, to, target, new DocumentTarget(format, target));
    }

    private static boolean hasExtension(Path target) {
        return String.valueOf(target.getFileName()).lastIndexOf('.') > 0 && !Files.isDirectory(target);
    }

    /** Refuses what is no file. */
    static void requireArchive(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            throw new NoSuchFileException(archive.toString());
        }
        if (Files.isDirectory(archive)) {
            throw new UserError(archive + ": is a folder, not an archive");
        }
    }

    private int from() {
        return item == null ? 0 : item;
    }

    private int to(ArchiveDecoder decoder) {
        return item == null ? decoder.reader().size() : item + 1;
    }

    private void requireItem(ArchiveDecoder decoder) {
        int size = decoder.reader().size();
        if (item != null && item >= size) {
            throw new UserError(archive + ": there is no item " + item + "; "
                    + (size == 0 ? "the archive is empty" : "it has the items 0.." + (size - 1)));
        }
    }

    private void requireItems(ArchiveDecoder decoder, ItemOutput output) {
        requireItem(decoder);
        int size = decoder.reader().size();
        if (item == null && output.kind() == ItemOutput.Kind.PNG && size != 1) {
            throw new UserError(output.path() + ": an image holds one item, " + archive + " has " + size
                    + "; choose one with --item, or give a folder (NAME/) or NAME.npy");
        }
    }

    private int restore(ArchiveDecoder decoder, Space space, ItemOutput output) throws IOException {
        int from = from();
        int to = to(decoder);
        Target target = new ItemTarget(output, space, to - from);
        return output.kind() == ItemOutput.Kind.FOLDER
                ? restoreNamed(decoder, from, to, output.path(), target)
                : restore(decoder, from, to, output.path(), k -> "", target);
    }

    /** Restores items into a folder under their names. */
    private int restoreNamed(ArchiveDecoder decoder, int from, int to, Path folder, Target target) throws IOException {
        try (TakenNames taken = TakenNames.beside(folder, to - from)) {
            FolderNames names = new FolderNames(decoder::name, from, to, taken::add);
            if (!names.reserve((k, name) -> requireName(folder, k, name))) {
                throw new UserError(archive + ": two items have one name; "
                        + (decoder.reader().header().documents() == null
                                ? "write them to a file NAME.npy"
                                : "write one after the other with --item"));
            }
            return restore(decoder, from, to, folder, names::name, target);
        }
    }

    /** Finds out before the work whether a name leads out of the folder. */
    private static void requireName(Path folder, int item, String name) throws DataException {
        try {
            ImageFolder.requireName(item, name);
        } catch (DataException e) {
            throw new DataException(folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes the items as they come; only what is found to be whole gets its name. */
    private int restore(ArchiveDecoder decoder, int from, int to, Path path, ItemNames names, Target target)
            throws IOException {
        Renamed renamed = new Renamed();
        ArchiveFindings findings;
        int written;
        try (target) {
            target.begin();
            try (Progress progress = new Progress("decompress", decoder.work(from, to))) {
                findings = decoder.decode(
                        from,
                        to,
                        (k, values, extra) -> {
                            String name = names.name(k);
                            target.add(values, extra, name);
                            if (!name.isEmpty() && !name.equals(decoder.name(k))) {
                                renamed.add(name);
                            }
                        },
                        progress);
            }
            written = target.size();
            if (!findings.good() && (!keepGoing || written == 0)) {
                throw new UserError(findings.describe(decoder::name)
                        + (keepGoing
                                ? ""
                                : System.lineSeparator()
                                        + "nothing was written; --keep-going writes what can be read"));
            }
            target.commit();
        }
        if (renamed.count > 0) {
            err().println("ardm: characters that not every file system takes were replaced in "
                    + Text.count(renamed.count, "name") + ", such as " + Text.printable(renamed.example));
        }
        if (!findings.good()) {
            err().println("ardm: " + findings.describe(decoder::name));
        }
        err().flush();
        out().println(archive + " => " + path + ": " + Text.count(written, "item")
                + (findings.good() ? ", all exact" : ""));
        return findings.good() ? 0 : 1;
    }

    /** What takes the items; nothing has its name before it is committed. */
    private interface Target extends Closeable {
        void begin() throws IOException;

        void add(int[] values, byte[] extra, String name) throws IOException;

        int size();

        void commit() throws IOException;
    }

    /** Takes items that are nothing but their values. */
    private static final class ItemTarget implements Target {
        private final ItemOutput output;
        private final Space space;
        private final int most;
        private @Nullable ItemWriter writer;

        ItemTarget(ItemOutput output, Space space, int most) {
            this.output = output;
            this.space = space;
            this.most = most;
        }

        @Override
        public void begin() throws IOException {
            writer = output.begin(space, most, Map.of());
        }

        private ItemWriter writer() {
            return Objects.requireNonNull(writer);
        }

        @Override
        public void add(int[] values, byte[] extra, String name) throws IOException {
            writer().add(values, name);
        }

        @Override
        public int size() {
            return writer().size();
        }

        @Override
        public void commit() throws IOException {
            writer().commit();
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
            }
        }
    }

    /** Takes documents of a format. */
    private final class DocumentTarget implements Target {
        private final DataFormat format;
        private final Path path;
        private @Nullable DocumentWriter writer;

        DocumentTarget(DataFormat format, Path path) {
            this.format = format;
            this.path = path;
        }

        @Override
        public void begin() throws IOException {
            writer = format.writer(path, force);
        }

        private DocumentWriter writer() {
            return Objects.requireNonNull(writer);
        }

        @Override
        public void add(int[] values, byte[] extra, String name) throws IOException {
            try {
                writer().add(new Document(name, values, extra));
            } catch (DataException e) {
                throw new UserError(archive + ": item " + writer().size() + ": " + e.getMessage());
            }
        }

        @Override
        public int size() {
            return writer().size();
        }

        @Override
        public void commit() throws IOException {
            writer().commit();
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
            }
        }
    }

    /** Names that were changed. */
    private static final class Renamed {
        private int count;
        private String example = "";

        void add(String name) {
            if (count == 0) {
                example = name;
            }
            count++;
        }
    }
}
