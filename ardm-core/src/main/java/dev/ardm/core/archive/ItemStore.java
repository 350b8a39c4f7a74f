package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * An archive that a program appends items to for as long as it runs.
 *
 * <p>Any number of threads append. A thread of the store gathers what came, codes it in parallel, decodes it again, and
 * commits: all items of a group become durable together, on the disk, in the order of their numbers. Whatever happens to the
 * process then, they are there; of what was not committed nothing is, and the archive can be opened and appended to again.
 * One store at a time has an archive open, among all processes (see {@link dev.ardm.coding.internal.file.AppendLock}); any number of readers may, see
 * {@link #snapshot} and {@link ItemArchive#openCommitted}. A program that is killed leaves a hidden file next to the archive, which the
 * next store takes over.
 *
 * <p>When committing fails, as on a full disk or when the file was replaced by something else, the store gives up: what was not committed is not in the archive, its futures
 * and everything that is called afterwards fail. Close it and open it again to continue.
 */
public final class ItemStore implements Closeable {
    /** Values of an item, at most: a larger one belongs into an archive of its own. */
    public static final int MOST_VALUES = ArchiveFormat.MAX_VALUES;

    /** Bytes of side information of an item, at most. */
    public static final int MOST_SIDE_BYTES = 1 << 26;

    private static final long RETRY_NANOS = 10_000_000;

    private final Path path;
    private final StoreFile file;
    private final LikelihoodModel model;
    private final ItemEncoder encoder;
    private final ItemCheck check;
    private final AppendQueue queue;
    private final Thread committer;
    private volatile boolean closed;
    private volatile long longer;
    private volatile long inexact;

    private ItemStore(Path path, StoreFile file, LikelihoodModel model, ItemEncoder encoder, StoreOptions options) {
        this.path = path;
        this.file = file;
        this.model = model;
        this.encoder = encoder;
        this.check = new ItemCheck(model, file.header().layout());
        this.queue = new AppendQueue(path.toString(), options, file.size());
        this.committer = new Thread(this::commitGroups, "ardm-store " + path.getFileName());
        committer.setDaemon(true); // An unclosed store must not keep the program alive.
    }

    /**
     * Opens a store of items of the model's space.
     *
     * @param file an archive of items of this model, or where to make one
     * @param plan how the items of a new archive are coded; an existing one keeps its own
     * @throws dev.ardm.coding.error.ArchiveException if the file is not an archive, damaged, or of another model
     * @throws IllegalArgumentException if the plan does not fit the model, or the model is conditional
     * @throws IOException if it cannot be written, its items have another layout, or it is open for appending already
     */
    public static ItemStore open(Path file, LikelihoodModel model, Plan plan, StoreOptions options) throws IOException {
        return open(file, model, plan, ItemLayout.VALUES, options);
    }

    /**
     * Opens a store; errors as above. As many items are in memory as the options let wait, and those that are being committed.
     *
     * @param layout of the items of a new archive; an existing one keeps its own, of the same kind
     */
    public static ItemStore open(Path file, LikelihoodModel model, Plan plan, ItemLayout layout, StoreOptions options)
            throws IOException {
        ArchiveHeader wanted = ArchivePlan.header(model, plan).with(layout);
        model.coder(plan, layout); // Refuses what does not fit before there is a file.
        Objects.requireNonNull(options);
        StoreFile opened = StoreFile.open(file, wanted);
        try {
            ArchiveHeader header = opened.header();
            Plan coding = ArchivePlan.checked(file, header, model);
            if (header.layout().kind() != layout.kind()) {
                throw new IOException(file + ": its items are " + named(header.layout()) + ", not " + named(layout));
            }
            ItemEncoder encoder = new ItemEncoder(model, coding, header.layout());
            ItemStore store = new ItemStore(file, opened, model, encoder, options);
            store.committer.start();
            return store;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static String named(ItemLayout layout) {
        return layout.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Appends values of the space with a name; else as {@link #append(Item)}. */
    public long append(int[] item, String name) throws IOException {
        return append(Item.of(item, name));
    }

    /**
     * Appends an item. Waits while {@link StoreOptions#queueItems} others wait to be committed, and not until this one is; see
     * {@link #flush}.
     *
     * @param item at most {@value #MOST_VALUES} values, and {@value #MOST_SIDE_BYTES} bytes of side information; its arrays may be
     *     changed afterwards
     * @return the number that the item has in the archive once it is committed
     * @throws IllegalArgumentException if it is outside the space, or does not fit the layout; the store can continue without it
     * @throws IllegalStateException if the store is closed
     * @throws IOException if the store has failed, or the thread is interrupted while it waits
     */
    public long append(Item item) throws IOException {
        return put(item).number();
    }

    /**
     * Appends an item as {@link #append(Item)} does, and reports when it is durable.
     *
     * @return completes with the number of the item when it is committed, exceptionally if that fails. What depends on it runs
     *     on the store's own thread unless it chooses another; there it must be short and not call the store.
     */
    public CompletableFuture<Long> submit(Item item) throws IOException {
        return put(item).durable();
    }

    private PendingItem put(Item item) throws IOException {
        requireOtherThread();
        check.require(item);
        if (item.values().length > MOST_VALUES || item.side().length > MOST_SIDE_BYTES) {
            throw new IllegalArgumentException("an item of " + item.values().length + " values and "
                    + item.side().length + " bytes of side information; a store takes at most " + MOST_VALUES
                    + " and " + MOST_SIDE_BYTES);
        }
        return queue.put(item.copy());
    }

    private void requireOtherThread() {
        if (Thread.currentThread() == committer) {
            throw new IllegalStateException(path + ": called from the store's own thread, which would wait for itself");
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable") // Whatever it is, no caller must wait for ever.
    private void commitGroups() {
        List<PendingItem> group = List.of();
        try {
            for (group = queue.take(); !group.isEmpty(); group = queue.take()) {
                commit(group);
            }
        } catch (Throwable e) {
            queue.fail(e);
            for (int i = 0; i < group.size(); i++) {
                giveUp(group.get(i), e);
            }
            for (PendingItem lost = queue.abandoned(); lost != null; lost = queue.abandoned()) {
                giveUp(lost, e);
            }
        }
    }

    /** Tells what has become of an item, as soon as there is memory for that. */
    private void giveUp(PendingItem pending, Throwable cause) {
        while (true) {
            try {
                if (pending.number() < queue.committed()) {
                    pending.durable().complete(pending.number());
                } else {
                    pending.durable().completeExceptionally(queue.failed(cause));
                }
                return;
            } catch (OutOfMemoryError e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void commit(List<PendingItem> group) throws IOException {
        file.append(appender -> {
            List<Item> items = group.stream().map(PendingItem::item).toList();
            for (int from = 0, to; from < items.size(); from = to) {
                to = encoder.chunkEnd(items, from);
                for (CodedItem coded : encoder.encode(items.subList(from, to), LikelihoodModel.NO_PROGRESS)) {
                    count(coded.addTo(appender));
                }
            }
        });
        queue.committed(group.get(group.size() - 1).number() + 1);
        group.forEach(pending -> pending.durable().complete(pending.number()));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the committer writes
    private void count(CodedItem.Form form) {
        switch (form) {
            case CODED -> {}
            case LONGER -> longer++;
            case INEXACT -> inexact++;
        }
    }

    /** The number of items that are committed. */
    public long size() {
        return queue.committed();
    }

    /** How many items this store has stored without the model since they would be longer coded. */
    public long longer() {
        return longer;
    }

    /** How many items this store has stored without the model since they did not decode exactly, which should never be. */
    public long inexact() {
        return inexact;
    }

    /**
     * Waits until all that was appended so far is committed, which then is done without delay.
     *
     * @throws IOException if committing fails, or the thread is interrupted while it waits
     */
    public void flush() throws IOException {
        requireOtherThread();
        queue.flush();
    }

    /** The items that are committed now; to be closed by the caller. */
    public ItemArchive snapshot() throws IOException {
        return ItemArchive.openCommitted(path, model);
    }

    /**
     * Writes all items into one segment, which takes less room than many small commits do, and lets readers open it faster. The
     * new file takes the place of the old one when it is complete; who has the old one open continues reading that. Others may
     * append meanwhile, and wait in the queue. A model in the archive stays there. An interrupt does not stop it. A system on which open
     * files cannot be replaced, such as Windows, refuses it.
     *
     * @throws dev.ardm.coding.error.DamagedException if an item is damaged
     * @throws IllegalStateException if the store is closed
     * @throws IOException if it cannot be written, or something else has the archive's name; the archive is as it was then, and the store
     *     continues
     */
    public void compact() throws IOException {
        flush();
        file.compact();
    }

    /**
     * Commits what was appended and lets others append. A second time does nothing.
     *
     * @throws IOException if not everything that was appended could be committed
     */
    @Override
    public void close() throws IOException {
        requireOtherThread();
        queue.close();
        boolean interrupted = false;
        while (committer.isAlive()) {
            try {
                committer.join();
            } catch (InterruptedException e) {
                interrupted = true; // Items that were accepted are not given up for that.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        boolean again = closed;
        closed = true;
        file.close();
        if (!again) {
            queue.requireGood();
        }
    }
}
