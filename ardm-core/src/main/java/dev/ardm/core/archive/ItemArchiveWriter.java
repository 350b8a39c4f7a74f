package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.coding.internal.write.ItemOutput;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.ModelParts;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.model.Verb;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates an archive, or appends to one. {@link #commit} makes all items durable at once: a new archive then
 * appears under its name. Every item is decoded before that. An item that does not decode exactly, or would be longer coded, is
 * stored without the model. Memory does not depend on the number of items. For use by one thread; coding uses the model's threads.
 * An interrupt of that thread while items are coded throws a {@link java.util.concurrent.CancellationException}. After that, or
 * after another write error, nothing more can be written.
 */
public final class ItemArchiveWriter implements Closeable {
    private final ItemOutput output;
    private final ItemEncoder encoder;
    private final @Nullable RecordEncoder records;
    private final ItemCheck check;
    private final List<Item> waiting = new ArrayList<>();
    private final int before;
    private Listener listener = new Listener() {};
    private ItemEncoder.Chunk chunk;
    private boolean failed;
    private boolean ended;
    private int longer;
    private int inexact;
    private long values;
    private long rawBytes;
    private long work;

    /**
     * The layout of a new archive: sequences are records if the model knows where they end, and so are the images of an array.
     * Those of files are not, because each of these may be shorter as it is.
     *
     * @param usual layout of the items
     * @param files whether each item is a file
     */
    public static ItemLayout layout(ItemLayout usual, boolean files, LikelihoodModel model) {
        if (model.records().isEmpty()) {
            return usual;
        }
        boolean images =
                usual.equals(ItemLayout.VALUES) && !files && model.space().rank() > 1;
        return images ? ItemLayout.VALUE_RECORDS : usual.sequences() ? ItemLayout.RECORDS : usual;
    }

    private ItemArchiveWriter(ItemOutput output, LikelihoodModel model, Plan plan) {
        ItemLayout layout = output.header().layout();
        this.output = output;
        this.before = output.size();
        this.encoder = new ItemEncoder(model, plan, layout);
        this.records = layout.records() ? new RecordEncoder(RecordEncoder.coder(model)) : null;
        this.check = new ItemCheck(model, layout);
        this.chunk = encoder.new Chunk();
    }

    /** Receives the progress of writing. */
    public interface Listener {
        /** An item was written. @param number in the archive */
        default void written(int number, Item item, CodedItem.Form form) {}

        /** The amount of {@link #work} done since the writer was made; called from any thread. */
        default void progress(int done) {}
    }

    /**
     * Begins an archive of items of the model's space.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     * @throws IllegalArgumentException if the plan does not fit the model, or the model is conditional
     * @throws IOException if the archive cannot be written
     */
    public static ItemArchiveWriter create(Path file, LikelihoodModel model, Plan plan) throws IOException {
        return create(file, model, plan, ItemLayout.VALUES, false);
    }

    /** Begins an archive of a layout under a new name; errors as those of {@link #create(Path, LikelihoodModel, Plan)}. */
    public static ItemArchiveWriter create(Path file, LikelihoodModel model, Plan plan, ItemLayout layout)
            throws IOException {
        return create(file, model, plan, layout, false);
    }

    /**
     * Begins an archive; errors as those of {@link #create(Path, LikelihoodModel, Plan)}.
     *
     * @param layout the kind of items, their side information, and how larger ones are cut into windows
     * @param overwrite whether an existing file may be replaced; it stays until the commit
     */
    public static ItemArchiveWriter create(
            Path file, LikelihoodModel model, Plan plan, ItemLayout layout, boolean overwrite) throws IOException {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(plan, "plan");
        LikelihoodModel coding =
                Objects.requireNonNull(model, "model").part(Verb.COMPRESS, Objects.requireNonNull(layout, "layout"));
        Plan own = model.planOf(coding, plan);
        ArchiveHeader header = ArchivePlan.header(coding, own).with(layout);
        coding.coder(own, layout); // Refuses what does not fit before there is a file.
        if (layout.records()) {
            RecordEncoder.coder(coding);
        }
        return new ItemArchiveWriter(ArchiveWriter.create(file, header, overwrite), coding, own);
    }

    /**
     * Begins an archive of records, which are bytes or texts; errors as those of {@link #create(Path, LikelihoodModel, Plan)}.
     *
     * @param model of bytes, that knows where items end, such as one of lines
     */
    public static ItemArchiveWriter records(Path file, LikelihoodModel model) throws IOException {
        return create(file, model, Objects.requireNonNull(model, "model").plan(1), ItemLayout.RECORDS);
    }

    /**
     * Opens an archive to append to its last part, with that part's plan and layout. Nothing else can append until this
     * writer is closed (see {@link AppendLock}). Cuts off an unfinished append.
     *
     * @throws dev.ardm.coding.error.ArchiveException if the file is not an archive, damaged, or of another model
     * @throws IOException if it cannot be written, or another program appends to it
     */
    public static ItemArchiveWriter append(Path file, LikelihoodModel model) throws IOException {
        Objects.requireNonNull(model, "model");
        ArchiveAppender appender = ArchiveAppender.open(Objects.requireNonNull(file, "file"));
        try {
            LikelihoodModel coding = model.part(appender.header().modelId());
            Plan plan = ArchivePlan.checked(file, appender.header(), coding);
            ItemArchiveWriter writer = new ItemArchiveWriter(appender, coding, plan);
            appender.discardAtExit();
            return writer;
        } catch (IOException | RuntimeException e) {
            appender.close();
            throw e;
        }
    }

    /** Sets the listener, of which there is only one. */
    public void listen(Listener watching) {
        this.listener = Objects.requireNonNull(watching, "listener");
    }

    /**
     * Stores the model file in a new archive, which then needs no other file. Of a file of several models only the one is stored that
     * codes the items. Call it before adding items.
     *
     * @throws IllegalStateException if the archive has items or a model already, or is not new
     */
    public void embedModel(Path model) throws IOException {
        if (!(output instanceof ArchiveWriter writer) || size() > 0) {
            throw new IllegalStateException(
                    "a model can be stored only at the beginning of a new archive, before all items");
        }
        Optional<SafeTensors> part = part(model);
        if (part.isEmpty()) {
            writer.embedModel(model);
            return;
        }
        Path own = Files.createTempFile("ardm-", ".safetensors");
        try {
            try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(own))) {
                part.get().write(to);
            }
            writer.embedModel(own);
        } finally {
            Files.delete(own);
        }
    }

    /** The model that codes the items, if the file has others too. */
    private Optional<SafeTensors> part(Path model) throws IOException {
        try {
            return ModelParts.find(
                    model, HexFormat.of().formatHex(output.header().modelId()));
        } catch (ModelFileException e) {
            return Optional.empty(); // Bytes that are not a model file are stored unchanged; the reader refuses them.
        }
    }

    /** Who may read a new archive, instead of everyone who may read new files here; else as {@link #restrict}. */
    public void permit(int mode) {
        if (output instanceof ArchiveWriter writer) {
            writer.permit(mode);
        }
    }

    /** Takes permissions away from a new archive that are not in these nine bits of POSIX. */
    public void restrict(int mode) {
        if (output instanceof ArchiveWriter writer) {
            writer.restrict(mode);
        }
    }

    /** The number of bytes of an unfinished append that were cut off; 0 without one. */
    public long cutOff() {
        return output instanceof ArchiveAppender appender ? appender.cutOff() : 0;
    }

    /** The layout of the items. */
    public ItemLayout layout() {
        return output.header().layout();
    }

    /** The number of items in the archive, including those added. */
    public int size() {
        return output.size() + (records == null ? waiting.size() : records.waiting());
    }

    /** The number of items that were added. */
    public int added() {
        return size() - before;
    }

    /** How many items so far are stored without the model because they would be longer coded. */
    public int longer() {
        return longer;
    }

    /** How many items coded so far are stored without the model because they did not decode exactly; should always be 0. */
    public int inexact() {
        return inexact;
    }

    /** The number of values of all items coded so far. */
    public long values() {
        return values;
    }

    /**
     * The size of the items coded so far without model and archive, in bytes: that of the bytes they were made of, or else of values and
     * side information.
     */
    public long rawBytes() {
        return rawBytes;
    }

    /** The work to code an item, in steps of {@link Listener#progress}: 1, or its number of windows. */
    public int work(Item item) {
        return encoder.work(item);
    }

    /** Adds an item without a name, like {@link #add(int[], String)}. */
    public void add(int[] item) throws IOException {
        add(item, "");
    }

    /** Adds bytes, one value each, like {@link #add(Item)}. */
    public void add(byte[] record) throws IOException {
        add(Item.ofBytes(Objects.requireNonNull(record, "record")));
    }

    /**
     * Adds a text as its bytes in UTF-8, like {@link #add(Item)}.
     *
     * @throws IllegalArgumentException if it is no Unicode text; writing can continue without it
     */
    public void add(String record) throws IOException {
        add(Item.ofText(Objects.requireNonNull(record, "record")));
    }

    /** Adds values of the space with a name, like {@link #add(Item)}. */
    public void add(int[] item, String name) throws IOException {
        add(Item.of(Objects.requireNonNull(item, "item"), Objects.requireNonNull(name, "name")));
    }

    /**
     * Adds an item.
     *
     * @param item its arrays may be changed afterwards
     * @throws IllegalArgumentException if it is outside the space, or does not fit the layout; writing can continue without it
     * @throws IllegalStateException if the archive is committed or closed
     * @throws IOException if the archive cannot be written
     */
    public void add(Item item) throws IOException {
        check.require(Objects.requireNonNull(item, "item"));
        put(item.copy());
    }

    /**
     * Adds the bytes of a stream up to its end as a sequence, one value each; see {@link ItemArchive#writeBytes}.
     *
     * @throws IllegalArgumentException if a byte is outside the space; writing can continue without it
     */
    public void addBytes(InputStream in, String name) throws IOException {
        add(Item.ofBytes(Objects.requireNonNull(in, "in").readAllBytes(), Objects.requireNonNull(name, "name")));
    }

    private void put(Item item) throws IOException {
        requireUsable();
        if (records != null) {
            if (!records.fits(item)) {
                write();
            }
            records.add(item);
            if (records.full()) {
                write();
            }
            return;
        }
        if (encoder.work(item) >= PartDecoders.CHUNK && !waiting.isEmpty()) {
            write(); // A large item is coded alone: all threads work on it, and no other is in memory.
        }
        waiting.add(item);
        chunk.add(item);
        if (chunk.full()) {
            write();
        }
    }

    private void requireUsable() throws IOException {
        if (ended) {
            throw new IllegalStateException("the archive is finished");
        }
        if (failed) {
            throw new IOException("nothing more can be added, because an earlier write failed");
        }
    }

    private void write() throws IOException {
        failed = true; // unless it comes to its end
        IntConsumer progress = n -> listener.progress(bounded(work + n));
        if (records != null) {
            int count = records.waiting();
            int number = output.size();
            for (RecordEncoder.Written written : records.write(output, progress)) {
                account(number++, written.item(), written.form());
            }
            work += count;
            listener.progress(bounded(work));
            failed = false;
            return;
        }
        for (CodedItem coded : encoder.encode(waiting, progress)) {
            write(coded);
        }
        work += chunk.work();
        listener.progress(bounded(work));
        waiting.clear();
        chunk = encoder.new Chunk();
        failed = false;
    }

    private void write(CodedItem coded) throws IOException {
        CodedItem.Form form = coded.addTo(output);
        account(output.size() - 1, coded.item(), form);
    }

    private void account(int number, Item item, CodedItem.Form form) {
        switch (form) {
            case CODED, WHOLE, LEARNT -> {}
            case LONGER -> longer++;
            case INEXACT -> inexact++;
        }
        values += item.values().length;
        Item.Source source = item.source();
        rawBytes += source != null
                ? source.length()
                : output.packing().storedLength(item.values().length)
                        - Integer.BYTES
                        + item.side().length; // without the check
        listener.written(number, item, form);
    }

    private static int bounded(long work) {
        return (int) Math.min(work, Integer.MAX_VALUE);
    }

    /**
     * Finishes the archive and forces it to the disk. A new one is read back and gets its name.
     *
     * @throws IOException if this fails; after {@link #close} a new archive is gone, and an existing one is unchanged
     */
    public void commit() throws IOException {
        requireUsable();
        write();
        ended = true;
        output.commit();
    }

    /** Discards uncommitted items and releases the archive. */
    @Override
    public void close() throws IOException {
        ended = true;
        output.close();
    }
}
