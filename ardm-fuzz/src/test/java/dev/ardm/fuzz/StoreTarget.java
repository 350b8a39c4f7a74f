package dev.ardm.fuzz;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemStore;
import dev.ardm.core.archive.StoreOptions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The file of a store of {@link TinyModel}: opened, appended to, closed, read, compacted and read again. The first byte chooses what happens to
 * the checksums ({@link Seals}).
 */
final class StoreTarget implements FuzzTarget {
    private static final StoreOptions OPTIONS = new StoreOptions(4, Duration.ZERO, 16);
    private static final int[] ADDED = {3, 1, 4, 1, 0, 2};
    private static final int MOST_DECODED = 8;

    private final LikelihoodModel model = TinyModel.coder();
    private final Plan plan = model.plan(2);

    @Override
    public String name() {
        return "store";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ArchiveException.class);
    }

    /** Items of another layout cannot be added to a store, which is not a fault of the archive. */
    @Override
    public boolean items(Throwable refusal) {
        String message = String.valueOf(refusal.getMessage());
        return FuzzTarget.super.items(refusal)
                || (refusal.getClass() == IOException.class && message.contains(": its items are "));
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        byte[] archive = Seals.chosen(input);
        Path file = scratch.unfinished("input.ardm", archive);
        List<ArchiveContent.Item> before = content(file);
        List<String> decoded = decoded(file, before.size());
        long size;
        try (ItemStore store = ItemStore.open(file, model, plan, OPTIONS)) {
            size = store.size();
            PropertyViolation.unless(store.append(ADDED, "added") == size, "items are numbered on");
        }
        check(file, before, decoded, size);
        byte[] whole = Files.readAllBytes(file);
        try (ItemStore store = ItemStore.open(file, model, plan, OPTIONS)) {
            store.compact();
            PropertyViolation.unless(store.append(ADDED, "again") == size + 1, "a compacted store goes on");
        } catch (DamagedException e) {
            PropertyViolation.unless(
                    Arrays.equals(whole, Files.readAllBytes(file)), "an archive that is not compacted stays as it is");
            throw e;
        } catch (IOException e) {
            PropertyViolation.unless(
                    String.valueOf(e.getMessage()).contains("several archives") && severalParts(file),
                    "only several archives in one file cannot be made one");
            return;
        }
        check(file, before, decoded, size);
        PropertyViolation.unless(scratch.names().equals(List.of("input.ardm")), "a store leaves nothing else behind");
    }

    private static List<ArchiveContent.Item> content(Path file) throws IOException {
        try (ArchiveReader reader = ArchiveReader.openCommitted(file)) {
            return ArchiveContent.of(reader);
        }
    }

    private static boolean severalParts(Path file) throws IOException {
        try (ArchiveReader reader = ArchiveReader.openCommitted(file)) {
            return !reader.uniform();
        }
    }

    private List<String> decoded(Path file, int size) throws IOException {
        List<String> decoded = new ArrayList<>();
        try (ItemArchive archive = ItemArchive.openCommitted(file, model)) {
            for (int k = 0; k < Math.min(size, MOST_DECODED); k++) {
                Item read = archive.item(k).read();
                decoded.add(read == null ? "damaged" : Arrays.toString(read.values()));
            }
        }
        return decoded;
    }

    private void check(Path file, List<ArchiveContent.Item> before, List<String> decoded, long size)
            throws IOException {
        try {
            PropertyViolation.unless(
                    content(file).subList(0, before.size()).equals(before),
                    "what was in the store before is there afterwards");
            PropertyViolation.unless(decoded(file, before.size()).equals(decoded), "items decode to what they did");
            try (ItemArchive archive = ItemArchive.openCommitted(file, model)) {
                PropertyViolation.unless(
                        Arrays.equals(archive.get((int) size), ADDED), "what was added is what is there");
            }
        } catch (ArchiveException e) {
            throw new PropertyViolation("a store that was appended to can be read", e);
        }
    }
}
