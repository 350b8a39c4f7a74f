package dev.ardm;

import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.internal.file.ChannelBytes;
import dev.ardm.coding.internal.file.RangedBytes;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Item;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An archive of records, each readable alone. Safe for use by several threads. A damaged record does not affect others: reading it throws a
 * {@link dev.ardm.coding.error.DamagedException} that names it.
 *
 * @param <T> a record
 */
public final class RecordArchive<T> implements Iterable<T>, Closeable {
    /** Records that are decoded side by side. */
    private static final int SIDE_BY_SIDE = 256;

    private final ItemArchive archive;
    private final RecordModel<T> model;

    private RecordArchive(ItemArchive archive, RecordModel<T> model) {
        this.archive = archive;
        this.model = model;
    }

    /**
     * Opens an archive that contains its model.
     *
     * @throws dev.ardm.coding.error.NotAnArchiveException if the file is something else
     * @throws dev.ardm.coding.error.NewerVersionException if it needs a newer version of this library
     * @throws WrongModelException if the model is not in it
     * @throws dev.ardm.coding.error.DamagedException if it is truncated or corrupt
     * @throws IOException if it cannot be read, or its records are not of the type
     */
    public static <T> RecordArchive<T> open(Path file, RecordType<T> type) throws IOException {
        return open(file, type, id -> Optional.empty());
    }

    /**
     * Opens an archive whose model is in it or found by its id; errors as those of {@link #open(Path, RecordType)}.
     *
     * @param models asked for a model that is not in the archive
     */
    public static <T> RecordArchive<T> open(Path file, RecordType<T> type, ModelResolver models) throws IOException {
        return open(ArchiveReader.open(file), file, type, models);
    }

    /** Opens what is committed of an archive that grows. */
    static <T> RecordArchive<T> openCommitted(Path file, RecordType<T> type) throws IOException {
        return open(ArchiveReader.openCommitted(file), file, type, id -> Optional.empty());
    }

    /** Opens an archive of a model; errors as those of {@link #open(Path, RecordType)}. */
    public static <T> RecordArchive<T> open(Path file, RecordModel<T> model) throws IOException {
        return new RecordArchive<>(ItemArchive.open(file, model.model()), model);
    }

    /**
     * Opens an archive in an object store; errors as those of {@link #open(Path, RecordType)}.
     *
     * @param source closed with the archive, or if this fails
     * @param models asked for a model that is not in the archive
     */
    public static <T> RecordArchive<T> open(RangedSource source, RecordType<T> type, ModelResolver models)
            throws IOException {
        return open(new Ranged(source), type, models);
    }

    /**
     * Opens an archive in a channel; errors as those of {@link #open(Path, RecordType)}.
     *
     * @param channel whose position moves; closed with the archive, or if this fails
     * @param models asked for a model that is not in the archive
     */
    public static <T> RecordArchive<T> open(SeekableByteChannel channel, RecordType<T> type, ModelResolver models)
            throws IOException {
        return open(new ChannelBytes(channel), type, models);
    }

    private static <T> RecordArchive<T> open(RangedBytes bytes, RecordType<T> type, ModelResolver models)
            throws IOException {
        String name = "the archive";
        return open(ArchiveReader.open(bytes, name), Path.of(name), type, models);
    }

    private static <T> RecordArchive<T> open(ArchiveReader reader, Path file, RecordType<T> type, ModelResolver models)
            throws IOException {
        try {
            Objects.requireNonNull(type, "the type is null");
            Objects.requireNonNull(models, "the resolver of models is null");
            Found<T> found = new Found<>(model(reader, file, reader.header(), type, models));
            ItemArchive archive = ItemArchive.of(file, reader, part -> {
                RecordModel<T> known = found.newest;
                RecordModel<T> other = has(known, part) ? known : model(reader, file, part, type, models);
                found.newest = other;
                return other.model();
            });
            return new RecordArchive<>(archive, found.newest);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** The model of the part that was looked at last. */
    private static final class Found<T> {
        private volatile RecordModel<T> newest;

        Found(RecordModel<T> first) {
            newest = first;
        }
    }

    private static boolean has(RecordModel<?> model, ArchiveHeader part) {
        String id = HexFormat.of().formatHex(part.modelId());
        return model.model().parts().stream()
                .anyMatch(one -> one.model().idText().equals(id));
    }

    private static <T> RecordModel<T> model(
            ArchiveReader reader, Path file, ArchiveHeader part, RecordType<T> type, ModelResolver models)
            throws IOException {
        String id = HexFormat.of().formatHex(part.modelId());
        for (var inside : reader.embeddedModels()) {
            if (inside.modelId().equals(id)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                reader.copyEmbeddedModel(inside, out);
                return RecordModel.open(new ByteArrayInputStream(out.toByteArray()), type);
            }
        }
        Optional<InputStream> stream = models.find(id);
        if (stream.isEmpty()) {
            throw new WrongModelException(
                    file.toString(),
                    part.modelId(),
                    "needs the model " + WrongModelException.shortId(part.modelId())
                            + ", which is neither in it nor found");
        }
        try (InputStream in = stream.get()) {
            return RecordModel.open(in, type);
        }
    }

    /** A source of the caller. */
    private record Ranged(RangedSource source) implements RangedBytes {
        @Override
        public long size() throws IOException {
            return source.size();
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return source.read(position, target);
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /**
     * Writes an archive with its model inside. It appears when it is complete.
     *
     * @param file a new one
     * @param records gone through once
     * @throws IllegalArgumentException if one is not of the model's type
     * @throws IOException if the file is there already, or cannot be written
     */
    public static <T> void write(Path file, RecordModel<T> model, Iterable<? extends T> records) throws IOException {
        Path scratch = Files.createTempFile("ardm", ".safetensors");
        try {
            model.save(scratch);
            try (ItemArchiveWriter writer =
                    ItemArchiveWriter.create(file, model.model(), model.plan(), model.layout())) {
                writer.embedModel(scratch);
                for (Iterator<Item> items = model.items(records.iterator()); items.hasNext(); ) {
                    writer.add(items.next());
                }
                writer.commit();
            }
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** The model of the records. */
    public RecordModel<T> model() {
        return model;
    }

    /** The number of records. */
    public long size() {
        return archive.size();
    }

    /**
     * A record.
     *
     * @param number from 0
     * @throws dev.ardm.coding.error.DamagedException if it is damaged
     * @throws IndexOutOfBoundsException if there is none
     * @throws IOException if it cannot be read, or is no record of the type
     */
    public T get(long number) throws IOException {
        Objects.checkIndex(number, size());
        return record(archive.item((int) number));
    }

    private T record(DecodedItem item) throws IOException {
        return model.form().record(item.item());
    }

    /** The first record with a name; empty if none has it. Errors as those of {@link #get(long)}. */
    public Optional<T> get(String name) throws IOException {
        OptionalInt number = archive.indexOf(Objects.requireNonNull(name, "the name is null"));
        return number.isPresent() ? Optional.of(get(number.getAsInt())) : Optional.empty();
    }

    /**
     * Records by their numbers, in the order in which they are asked for; those next to each other are decoded side by side. Errors as
     * those of {@link #get(long)}.
     */
    public List<T> getAll(long... numbers) throws IOException {
        List<T> records = new ArrayList<>();
        for (int from = 0, to; from < numbers.length; from = to) {
            Objects.checkIndex(numbers[from], size());
            to = from + 1;
            while (to < numbers.length && to - from < SIDE_BY_SIDE && numbers[to] == numbers[to - 1] + 1) {
                to++;
            }
            Objects.checkIndex(numbers[to - 1], size());
            for (DecodedItem item : archive.items((int) numbers[from], (int) numbers[to - 1] + 1)) {
                records.add(record(item));
            }
        }
        return records;
    }

    /** All records in the order of their numbers; a damaged one ends the stream with an {@link UncheckedIOException}. */
    public Stream<T> stream() {
        long parts = (size() + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE;
        return LongStream.range(0, parts).boxed().flatMap(part -> {
            long from = part * SIDE_BY_SIDE;
            long[] numbers = LongStream.range(from, Math.min(size(), from + SIDE_BY_SIDE))
                    .toArray();
            try {
                return getAll(numbers).stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** {@inheritDoc} As {@link #stream}. */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private List<T> read = List.of();
            private long next;
            private int at;

            @Override
            public boolean hasNext() {
                return at < read.size() || next < size();
            }

            @Override
            public T next() {
                if (at == read.size()) {
                    if (next >= size()) {
                        throw new NoSuchElementException();
                    }
                    long to = Math.min(size(), next + SIDE_BY_SIDE);
                    try {
                        read = getAll(LongStream.range(next, to).toArray());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    next = to;
                    at = 0;
                }
                return read.get(at++);
            }
        };
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
