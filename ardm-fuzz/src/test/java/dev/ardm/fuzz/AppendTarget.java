package dev.ardm.fuzz;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * An archive that is appended to, twice. The first byte chooses what happens to the checksums ({@link Seals}). All that could be read before
 * must be read afterwards, and what is refused stays as it is.
 */
final class AppendTarget implements FuzzTarget {
    private static final int APPENDS = 2;

    /** The least stream there is: a head of the check bits alone. */
    private static final byte[] STREAM = {(byte) 0x80};

    private static final byte[] SIDE = {1, 2, 3};

    @Override
    public String name() {
        return "append";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ArchiveException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        byte[] archive = Seals.chosen(input);
        Path file = scratch.file("input.ardm", archive);
        List<ArchiveContent.Item> before;
        int size;
        try (ArchiveReader reader = ArchiveReader.openCommitted(file)) {
            before = ArchiveContent.of(reader);
            size = reader.size();
        }
        boolean refused = refused(file, archive);
        scratch.leaveLock("input.ardm");
        int committed = 0;
        for (int n = 0; n < APPENDS; n++) {
            try (ArchiveAppender appender = ArchiveAppender.open(file)) {
                PropertyViolation.unless(appender.size() == size + n, "an appender counts what is committed");
                if (n == 0) {
                    PropertyViolation.unless(
                            refused == appender.cutOff() > 0, "what no process left is kept, and nothing else refused");
                    committed = archive.length - (int) appender.cutOff();
                } else {
                    PropertyViolation.unless(appender.cutOff() == 0, "of what was committed nothing is cut off");
                }
                add(appender, "added " + n, n);
                appender.commit();
            } catch (ArchiveException e) {
                throw new PropertyViolation("an archive that is read up to its last commit can be appended to", e);
            }
        }
        PropertyViolation.unless(
                committed > 0 && Arrays.equals(archive, 0, committed, Files.readAllBytes(file), 0, committed),
                "nothing that was committed is touched");
        check(file, size, before);
    }

    /** Whether there is something at the end that no append has left. */
    private static boolean refused(Path file, byte[] archive) throws IOException {
        try {
            ArchiveAppender.open(file).close();
            return false;
        } catch (DamagedException e) {
            PropertyViolation.unless(
                    Arrays.equals(archive, Files.readAllBytes(file)), "what is refused stays as it is");
            return true;
        }
    }

    /** Adds an item of whatever kind the archive has. */
    private static void add(ArchiveAppender appender, String name, long time) throws IOException {
        ItemLabel label = ItemLabel.named(name).modified(time);
        ArchiveHeader header = appender.header();
        if (header.layout().records()) {
            appender.add(ArchiveSeeds.record(label, STREAM));
            return;
        }
        int channels = header.extents()[header.extents().length - 1];
        ArchivedItem item =
                switch (header.layout().kind()) {
                    case VALUES -> ArchivedItem.coded(new byte[0], new int[0], header.values(), STREAM);
                    case ROWS -> ArchivedItem.coded(SIDE, new int[0], header.values(), STREAM);
                    case SEQUENCES -> ArchivedItem.coded(SIDE, new int[0], 2, STREAM);
                    case RECORDS, VALUE_RECORDS -> throw new IllegalStateException("records are in frames");
                    case IMAGES -> ArchivedItem.coded(SIDE, new int[] {1, 1, 1}, channels, STREAM);
                };
        appender.add(item, label);
    }

    private static void check(Path file, int size, List<ArchiveContent.Item> before) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            PropertyViolation.unless(reader.size() == size + APPENDS, "what was added is there");
            PropertyViolation.unless(
                    ArchiveContent.of(reader).subList(0, before.size()).equals(before),
                    "what was there before is there afterwards");
            for (int n = 0; n < APPENDS; n++) {
                int k = size + n;
                boolean found = reader.name(k).orElse("").equals("added " + n)
                        && reader.time(k).orElse(-1) == n
                        && !reader.blockDamaged(k);
                byte[] stream =
                        reader.header(k).layout().records() ? reader.group(k).stream() : reader.item(k).stream();
                PropertyViolation.unless(found && Arrays.equals(stream, STREAM), "what was added is what is there");
            }
        } catch (ArchiveException e) {
            throw new PropertyViolation("an archive that was appended to can be read", e);
        }
    }
}
