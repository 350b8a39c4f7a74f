package dev.ardm.fuzz;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.read.DamageReport;
import dev.ardm.coding.internal.write.ArchiveCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A damaged archive: what can be recovered of it, and the whole archive made of that. The first byte chooses what happens to the
 * checksums ({@link Seals}).
 */
final class RecoveryTarget implements FuzzTarget {
    /** Each of more would be heard of, which takes seconds. */
    private static final int MOST_LOST = 1 << 24;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ArchiveException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        byte[] archive = Seals.chosen(input);
        Path file = scratch.file("input.ardm", archive);
        Path whole = scratch.path("whole.ardm");
        try (ArchiveReader reader = ArchiveReader.recover(file)) {
            boolean sound = opens(file);
            DamageReport report = reader.damageReport();
            PropertyViolation.unless(report.good() || !sound, "nothing is wrong with an archive that opens");
            PropertyViolation.unless(sound || !report.good(), "something is wrong with an archive that does not open");
            long lost = lost(reader);
            PropertyViolation.unless(report.lostItems() >= lost, "all items that are lost are reported");
            PropertyViolation.unless(
                    lost > MOST_LOST || reader.verify(k -> {}) >= lost, "items that are lost are not vouched for");
            repair(reader, whole);
            if (sound) {
                try (ArchiveReader strict = ArchiveReader.open(file)) {
                    PropertyViolation.unless(
                            ArchiveContent.of(strict).equals(ArchiveContent.of(reader)),
                            "recovery reads the same of an archive that opens");
                }
            }
        }
        PropertyViolation.unless(Arrays.equals(archive, Files.readAllBytes(file)), "nothing is recovered in place");
        again(whole, scratch.path("again.ardm"));
    }

    /** Items that are lost for sure, of which others after them are there. */
    private static long lost(ArchiveReader reader) {
        long lost = 0;
        int end = 0;
        for (int k = reader.nextPresent(0); k < reader.size(); k = reader.nextPresent(end)) {
            lost += k - end;
            end = k + 1;
        }
        return lost;
    }

    private static boolean opens(Path file) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            return reader.size() >= 0;
        } catch (ArchiveException e) {
            return false;
        }
    }

    /** Makes a whole archive, which must have all items that are not left out, in their order. */
    private static void repair(ArchiveReader reader, Path whole) throws IOException {
        Set<Integer> leftOut = new HashSet<>();
        ArchiveCopy.Report report = ArchiveCopy.write(reader, whole, false, new ArchiveCopy.Listener() {
            @Override
            public void doubtful(int item) {}

            @Override
            public void leftOut(DamagedException why) {
                leftOut.add(why.item());
            }
        });
        try (ArchiveReader repaired = ArchiveReader.open(whole)) {
            PropertyViolation.unless(
                    repaired.size() == report.copied() && repaired.verify(k -> {}) == 0, "what was repaired is whole");
            List<ArchiveContent.Item> items = ArchiveContent.of(repaired);
            int next = 0;
            for (int k = reader.nextPresent(0);
                    k < reader.size() && next < items.size();
                    k = reader.nextPresent(k + 1)) {
                if (!leftOut.contains(k)) {
                    PropertyViolation.unless(
                            items.get(next).equals(ArchiveContent.item(reader, k)),
                            "what can be read is in the repaired archive");
                    next++;
                }
            }
            PropertyViolation.unless(next == items.size(), "a repaired archive has nothing else");
            for (var model : repaired.embeddedModels()) {
                repaired.copyEmbeddedModel(model, new ByteArrayOutputStream());
            }
        } catch (ArchiveException e) {
            throw new PropertyViolation("an archive that was repaired can be read", e);
        }
    }

    /** There is nothing left to repair: the same bytes come of it. */
    private static void again(Path whole, Path target) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(whole)) {
            ArchiveCopy.write(reader, target, false, new ArchiveCopy.Listener() {
                @Override
                public void doubtful(int item) {
                    throw new PropertyViolation("nothing in a repaired archive is in doubt");
                }

                @Override
                public void leftOut(DamagedException why) {
                    throw new PropertyViolation("nothing in a repaired archive is left out", why);
                }
            });
        }
        PropertyViolation.unless(
                Arrays.equals(Files.readAllBytes(whole), Files.readAllBytes(target)),
                "repairing what is whole gives the same archive");
    }
}
