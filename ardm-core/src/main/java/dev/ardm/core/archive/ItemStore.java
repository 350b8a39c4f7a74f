package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.write.ItemOutput;
import dev.ardm.core.Item;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An archive that a program appends items to for as long as it runs.
 *
 * <p>Any number of threads append. A thread of the store collects items, codes them in parallel, decodes them again, and
 * commits them: all items of a group become durable on the disk together, in the order of their numbers. Committed items survive
 * a crash of the process; uncommitted items do not. Afterwards the archive can be opened and appended to again.
 * One store at a time has an archive open, among all processes (see {@link dev.ardm.coding.internal.file.AppendLock}); for readers see
 * {@link #snapshot} and {@link ItemArchive#openCommitted}. A killed program leaves a hidden file next to the archive, which the
 * next store takes over.
 *
 * <p>If a commit fails (disk full, file replaced by another program), the store gives up. Uncommitted items are not in the archive.
 * Their futures and all later calls fail. Close the store and open it again to continue.
 */
public final class ItemStore implements Closeable {
    /** The most values of an item. A larger item needs an archive of its own. */
    public static final int MOST_VALUES = ArchiveFormat.MAX_VALUES;

    /** The most bytes of side information of an item. */
    public static final int MOST_SIDE_BYTES = 1 << 26;

    private static final long RETRY_NANOS = 10_000_000;

    private final Path path;
    private final StoreFile file;
    private final LikelihoodModel model;
    private final ItemEncoder encoder;
    private final @Nullable RecordEncoder records;
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
        ItemLayout layout = file.header().layout();
        this.records = layout.records() ? new RecordEncoder(RecordEncoder.coder(model)) : null;
        this.check = new ItemCheck(model, layout);
        this.queue = new AppendQueue(path.toString(), options, file.size());
        this.committer = new Thread(this::commitGroups, "ardm-store " + path.getFileName());
        committer.setDaemon(true); // An unclosed store must not keep the program alive.
    }

    /**
     * Opens a store of items of the model's space.
     *
     * @param file an archive of items of this model, or where to create one
     * @param plan how the items of a new archive are coded; an existing one keeps its own
     * @throws dev.ardm.coding.error.ArchiveException if the file is not an archive, damaged, or of another model
     * @throws IllegalArgumentException if the plan does not fit the model, or the model is conditional
     * @throws IOException if it cannot be written, its items have another layout, or it is open for appending already
     */
    public static ItemStore open(Path file, LikelihoodModel model, Plan plan, StoreOptions options) throws IOException {
        return open(file, model, plan, ItemLayout.VALUES, options);
    }

    /**
     * Opens a store; errors as those of {@link #open(Path, LikelihoodModel, Plan, StoreOptions)}. Memory holds the items that the options let wait, and those being committed.
     *
     * @param layout of the items of a new archive; an existing one keeps its own, of the same kind
     */
    public static ItemStore open(Path file, LikelihoodModel model, Plan plan, ItemLayout layout, StoreOptions options)
            throws IOException {
        LikelihoodModel usual = model.part(Verb.COMPRESS, layout);
        Plan own = model.planOf(usual, plan);
        ArchiveHeader wanted = ArchivePlan.header(usual, own).with(layout);
        usual.coder(own, layout); // Refuses what does not fit before there is a file.
        if (layout.records()) {
            RecordEncoder.coder(usual);
        }
        Objects.requireNonNull(options);
        StoreFile opened = StoreFile.open(file, wanted);
        try {
            ArchiveHeader header = opened.header();
            LikelihoodModel coder = model.part(header.modelId()); // An existing archive may be of another part.
            Plan coding = ArchivePlan.checked(file, header, coder);
            if (header.layout().kind() != layout.kind()) {
                throw new IOException(file + ": its items are " + named(header.layout()) + ", not " + named(layout));
            }
            ItemEncoder encoder = new ItemEncoder(coder, coding, header.layout());
            ItemStore store = new ItemStore(file, opened, coder, encoder, options);
            store.committer.start();
            return store;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Opens a store of records, which are bytes or texts, with the usual options.
     *
     * @param model of bytes, that knows where items end, such as one of lines
     */
    public static ItemStore records(Path file, LikelihoodModel model) throws IOException {
        return open(file, model, model.plan(1), ItemLayout.RECORDS, StoreOptions.DEFAULT);
    }

    private static String named(ItemLayout layout) {
        return layout.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Appends values of the space with a name, like {@link #append(Item)}. */
    public long append(int[] item, String name) throws IOException {
        return append(Item.of(item, name));
    }

    /** Appends bytes, one value each, like {@link #append(Item)}. */
    public long append(byte[] record) throws IOException {
        return append(Item.ofBytes(record));
    }

    /**
     * Appends a text as its bytes in UTF-8, like {@link #append(Item)}.
     *
     * @throws IllegalArgumentException if it is no Unicode text; the store can continue without it
     */
    public long append(String record) throws IOException {
        return append(Item.ofText(record));
    }

    /**
     * Appends an item. Waits while {@link StoreOptions#queueItems} others wait to be committed. Does not wait for the commit of
     * this item; see {@link #flush}.
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
        check(item);
        return queue.put(item.copy());
    }

    /**
     * Checks an item as {@link #append(Item)} does.
     *
     * @throws IllegalArgumentException if it is outside the space, or does not fit the layout
     */
    public void check(Item item) {
        check.require(item);
        if (item.values().length > MOST_VALUES || item.side().length > MOST_SIDE_BYTES) {
            throw new IllegalArgumentException("an item of " + item.values().length + " values and "
                    + item.side().length + " bytes of side information; a store takes at most " + MOST_VALUES
                    + " and " + MOST_SIDE_BYTES);
        }
    }

    private void requireOtherThread() {
        if (Thread.currentThread() == committer) {
            throw new IllegalStateException(path + ": called from the store's own thread, which would wait for itself");
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable") // After any error, no caller may wait for ever.
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

    /** Completes the future of an item, as soon as memory allows. */
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
            if (records != null) {
                commit(records, items, appender);
                return;
            }
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

    private void commit(RecordEncoder encoderOfRecords, List<Item> items, ItemOutput output) throws IOException {
        for (int i = 0; i <= items.size(); i++) {
            boolean end = i == items.size();
            if (end || encoderOfRecords.full() || !encoderOfRecords.fits(items.get(i))) {
                for (RecordEncoder.Written written : encoderOfRecords.write(output, LikelihoodModel.NO_PROGRESS)) {
                    count(written.form());
                }
            }
            if (!end) {
                encoderOfRecords.add(items.get(i));
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the committer writes
    private void count(CodedItem.Form form) {
        switch (form) {
            case CODED, WHOLE, LEARNT -> {}
            case LONGER -> longer++;
            case INEXACT -> inexact++;
        }
    }

    /** The number of items that are committed. */
    public long size() {
        return queue.committed();
    }

    /** How many items this store has stored without the model because they would be longer coded. */
    public long longer() {
        return longer;
    }

    /** How many items this store has stored without the model because they did not decode exactly; should always be 0. */
    public long inexact() {
        return inexact;
    }

    /**
     * Commits all items appended so far without delay, and waits for that.
     *
     * @throws IOException if committing fails, or the thread is interrupted while it waits
     */
    public void flush() throws IOException {
        requireOtherThread();
        queue.flush();
    }

    /** Opens the archive with the items that are committed now. The caller closes it. */
    public ItemArchive snapshot() throws IOException {
        return ItemArchive.openCommitted(path, model);
    }

    /**
     * Writes all items into one segment. This takes less space than many small commits, and readers open it faster. The
     * complete new file replaces the old one; readers that have the old one open keep it. Other threads may
     * append meanwhile; their items wait in the queue. A model in the archive stays there. An interrupt does not stop it. Systems that cannot
     * replace open files, such as Windows, refuse it.
     *
     * @throws dev.ardm.coding.error.DamagedException if an item is damaged
     * @throws IllegalStateException if the store is closed
     * @throws IOException if it cannot be written, or another file has taken the archive's name; the archive is then unchanged, and the
     *     store continues
     */
    public void compact() throws IOException {
        flush();
        file.compact(new RecordRewriter(part -> Optional.of(model)));
    }

    /**
     * Commits all items and releases the archive. A second call does nothing.
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
                interrupted = true; // Accepted items must still be committed.
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
