package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.coding.internal.write.ItemOutput;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Makes an archive, or adds to one. What is written counts at {@link #commit}, completely, or not at all: a new archive then
 * appears under its name. Every item is decoded before that; one that does not come back bit by bit, or would be longer coded, is
 * stored without the model. Takes the same memory for any number of items. For use by one thread; coding uses the model's. An
 * interrupt of that thread while items are coded is a {@link java.util.concurrent.CancellationException}, and like other errors of
 * writing the end of this archive.
 */
public final class ItemArchiveWriter implements Closeable {
    private final ItemOutput output;
    private final ItemEncoder encoder;
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

    private ItemArchiveWriter(ItemOutput output, LikelihoodModel model, Plan plan) {
        ItemLayout layout = output.header().layout();
        this.output = output;
        this.before = output.size();
        this.encoder = new ItemEncoder(model, plan, layout);
        this.check = new ItemCheck(model, layout);
        this.chunk = encoder.new Chunk();
    }

    /** Watches what is written. */
    public interface Listener {
        /** An item was written. @param number in the archive */
        default void written(int number, Item item, CodedItem.Form form) {}

        /** So much of {@link #work} is done since the writer was made; called from any thread. */
        default void progress(int done) {}
    }

    /**
     * Begins an archive of items of the model's space.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
     * @throws IllegalArgumentException if the plan does not fit the model, or the model is conditional
     * @throws IOException if the archive cannot be written
     */
    public static ItemArchiveWriter create(Path file, LikelihoodModel model, Plan plan) throws IOException {
        return create(file, model, plan, ItemLayout.VALUES, false);
    }

    /** Begins an archive of a layout under a new name; errors as above. */
    public static ItemArchiveWriter create(Path file, LikelihoodModel model, Plan plan, ItemLayout layout)
            throws IOException {
        return create(file, model, plan, layout, false);
    }

    /**
     * Begins an archive; errors as above.
     *
     * @param layout what items have in addition to the values of the space, and how larger ones are cut into windows
     * @param overwrite whether an existing file may be replaced; it stays until the commit
     */
    public static ItemArchiveWriter create(
            Path file, LikelihoodModel model, Plan plan, ItemLayout layout, boolean overwrite) throws IOException {
        ArchiveHeader header = ArchivePlan.header(model, plan).with(layout);
        model.coder(plan, layout); // Refuses what does not fit before there is a file.
        return new ItemArchiveWriter(ArchiveWriter.create(file, header, overwrite), model, plan);
    }

    /**
     * Begins to add to an archive, to its last part, with the plan and the layout of that. Nothing else can add to it until this
     * writer is closed (see {@link AppendLock}). An append that was not finished is cut off.
     *
     * @throws dev.ardm.coding.error.ArchiveException if the file is not an archive, damaged, or of another model
     * @throws IOException if it cannot be written, or something else adds to it
     */
    public static ItemArchiveWriter append(Path file, LikelihoodModel model) throws IOException {
        ArchiveAppender appender = ArchiveAppender.open(file);
        try {
            Plan plan = ArchivePlan.checked(file, appender.header(), model);
            ItemArchiveWriter writer = new ItemArchiveWriter(appender, model, plan);
            appender.discardAtExit();
            return writer;
        } catch (IOException | RuntimeException e) {
            appender.close();
            throw e;
        }
    }

    /** Watches what is written from now on; only one listener does. */
    public void listen(Listener watching) {
        this.listener = watching;
    }

    /**
     * Puts the file of the model into a new archive, which then needs no other file to be read. Before all items.
     *
     * @throws IllegalStateException if there are items or a model already, or the archive is not new
     */
    public void embedModel(Path model) throws IOException {
        if (!(output instanceof ArchiveWriter writer) || size() > 0) {
            throw new IllegalStateException(
                    "a model can be stored only at the beginning of a new archive, before all items");
        }
        writer.embedModel(model);
    }

    /** How many bytes of an append that was not finished were cut off; 0 if there was none. */
    public long cutOff() {
        return output instanceof ArchiveAppender appender ? appender.cutOff() : 0;
    }

    /** The layout of the items. */
    public ItemLayout layout() {
        return output.header().layout();
    }

    /** The number of items in the archive, those included that were added. */
    public int size() {
        return output.size() + waiting.size();
    }

    /** The number of items that were added. */
    public int added() {
        return size() - before;
    }

    /** How many items are stored without the model since they would be longer coded: of those that were coded by now. */
    public int longer() {
        return longer;
    }

    /** How many items are stored without the model since they did not decode exactly, which should never be. */
    public int inexact() {
        return inexact;
    }

    /** The number of values of all items that were coded by now. */
    public long values() {
        return values;
    }

    /** The bytes that the items coded by now take without a model and without an archive, side information included. */
    public long rawBytes() {
        return rawBytes;
    }

    /** What coding an item takes, in the steps of {@link Listener#progress}: 1, or the windows of a longer item. */
    public int work(Item item) {
        return encoder.work(item);
    }

    /** Adds an item without a name; else as {@link #add(int[], String)}. */
    public void add(int[] item) throws IOException {
        add(item, "");
    }

    /** Adds values of the space with a name; else as {@link #add(Item)}. */
    public void add(int[] item, String name) throws IOException {
        add(Item.of(item, name));
    }

    /**
     * Adds an item.
     *
     * @param item its arrays may be changed afterwards
     * @throws IllegalArgumentException if it is outside the space, or does not fit the layout; the archive can continue without it
     * @throws IllegalStateException if the archive is committed or closed
     * @throws IOException if the archive cannot be written
     */
    public void add(Item item) throws IOException {
        check.require(item);
        put(item.copy());
    }

    /**
     * Adds the bytes of a stream up to its end as a sequence, a value each; see {@link ItemArchive#writeBytes}.
     *
     * @throws IllegalArgumentException if a byte is outside the space; the archive can continue without it
     */
    public void addBytes(InputStream in, String name) throws IOException {
        add(Item.ofBytes(in.readAllBytes(), name));
    }

    private void put(Item item) throws IOException {
        requireUsable();
        if (encoder.work(item) >= PartDecoders.CHUNK && !waiting.isEmpty()) {
            write(); // What is much work is done alone: all threads work at it, and it is alone in memory.
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
        Item item = coded.item();
        CodedItem.Form form = coded.addTo(output);
        switch (form) {
            case CODED -> {}
            case LONGER -> longer++;
            case INEXACT -> inexact++;
        }
        values += item.values().length;
        rawBytes += output.storedLength(item.values().length) - Integer.BYTES + item.side().length; // without the check
        listener.written(output.size() - 1, item, form);
    }

    private static int bounded(long work) {
        return (int) Math.min(work, Integer.MAX_VALUE);
    }

    /**
     * Finishes the archive and forces it to the disk. A new one is read back and gets its name.
     *
     * @throws IOException if any of that fails; after {@link #close} nothing remains, or the archive is as it was
     */
    public void commit() throws IOException {
        requireUsable();
        write();
        ended = true;
        output.commit();
    }

    /** Gives up what was written unless it was committed, and lets others add to the archive. */
    @Override
    public void close() throws IOException {
        ended = true;
        output.close();
    }
}
