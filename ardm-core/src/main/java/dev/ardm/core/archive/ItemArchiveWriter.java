package dev.ardm.core.archive;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an archive. It appears under its name at {@link #commit}, complete, or not at all. Every item is decoded
 * before that; one that does not come back bit by bit, or would be longer coded, is stored without the model. Takes the
 * same memory for any number of items. For use by one thread; coding uses the model's. An interrupt of that thread while items are coded is a
 * {@link java.util.concurrent.CancellationException}, and like other errors of writing the end of this archive.
 */
public final class ItemArchiveWriter implements Closeable {
    private final ArchiveWriter writer;
    private final ItemEncoder encoder;
    private final ItemCheck check;
    private final List<Item> waiting = new ArrayList<>();
    private ItemEncoder.Chunk chunk;
    private boolean failed;
    private boolean ended;
    private int longer;
    private int inexact;

    private ItemArchiveWriter(ArchiveWriter writer, ItemEncoder encoder, ItemCheck check) {
        this.writer = writer;
        this.encoder = encoder;
        this.check = check;
        this.chunk = encoder.new Chunk();
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
        ItemEncoder encoder = new ItemEncoder(model, plan, layout);
        return new ItemArchiveWriter(
                ArchiveWriter.create(file, header, overwrite), encoder, new ItemCheck(model, layout));
    }

    /** The number of items so far. */
    public int size() {
        return writer.size() + waiting.size();
    }

    /** How many items are stored without the model since they would be longer coded: of those that were coded by now. */
    public int longer() {
        return longer;
    }

    /** How many items are stored without the model since they did not decode exactly, which should never be. */
    public int inexact() {
        return inexact;
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
     * @throws IllegalArgumentException if it is outside the space, or does not fit the layout; the archive can go on without it
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
     * @throws IllegalArgumentException if a byte is outside the space; the archive can go on without it
     */
    public void addBytes(InputStream in, String name) throws IOException {
        add(Item.ofBytes(in.readAllBytes(), name));
    }

    private void put(Item item) throws IOException {
        requireUsable();
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
            throw new IOException("nothing more is added, because an earlier write failed");
        }
    }

    private void write() throws IOException {
        failed = true; // unless it comes to its end
        for (CodedItem coded : encoder.encode(waiting, LikelihoodModel.NO_PROGRESS)) {
            switch (coded.addTo(writer)) {
                case CODED -> {}
                case LONGER -> longer++;
                case INEXACT -> inexact++;
            }
        }
        waiting.clear();
        chunk = encoder.new Chunk();
        failed = false;
    }

    /**
     * Finishes the archive, forces it to the disk, reads it back and gives it its name.
     *
     * @throws IOException if any of that fails; {@link #close} then leaves nothing behind
     */
    public void commit() throws IOException {
        requireUsable();
        write();
        ended = true;
        writer.commit();
    }

    /** Deletes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        ended = true;
        writer.close();
    }
}
