package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.row.RowCountsModel;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much memory a read leaves for the garbage collector, in a thread that has read before. */
class ReadMemoryTest {
    private static final int ITEMS = 3_000;
    private static final int READS = 4_000;

    @TempDir
    Path dir;

    private static List<int[]> rows() {
        Random random = new Random(1);
        List<int[]> rows = new ArrayList<>();
        for (int n = 0; n < ITEMS; n++) {
            int kind = random.nextInt(4);
            int[] row = new int[15];
            for (int c = 0; c < row.length; c++) {
                row[c] = random.nextInt(3) == 0 ? random.nextInt(12) : (kind * 3 + c) % 12;
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<int[]> lines() {
        Random random = new Random(2);
        List<int[]> lines = new ArrayList<>();
        for (int n = 0; n < ITEMS; n++) {
            String line = "user" + random.nextInt(500) + " logged " + (random.nextBoolean() ? "in" : "out") + " at "
                    + random.nextInt(24) + ":" + random.nextInt(60);
            lines.add(line.chars().toArray());
        }
        return lines;
    }

    private ItemArchive archive(LikelihoodModel model, ItemLayout layout, List<int[]> items) throws IOException {
        Path file = dir.resolve("items.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, model, model.plan(1), layout)) {
            for (int[] item : items) {
                writer.add(item);
            }
            writer.commit();
        }
        return ItemArchive.open(file, model);
    }

    /** Bytes allocated by a read, of items in no order; every item is read right. */
    private static long bytesOfRead(ItemArchive archive, List<int[]> items) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            Random random = new Random(round);
            int[] numbers = random.ints(READS, 0, items.size()).toArray();
            int[][] read = new int[READS][];
            long before = threads.getThreadAllocatedBytes(id);
            for (int k = 0; k < READS; k++) {
                read[k] = archive.get(numbers[k]);
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(id) - before) / READS);
            for (int k = 0; k < READS; k++) {
                assertThat(read[k]).isEqualTo(items.get(numbers[k]));
            }
        }
        return least;
    }

    @Test
    void aRowTakesLittleMore() throws IOException {
        List<int[]> rows = rows();
        Space space = Space.of(new int[] {15}, 12, Space.Scale.NOMINAL);
        LikelihoodModel model =
                RowCountsModel.learn(space, "", rows.subList(0, 2_000)).open(2);
        try (ItemArchive archive = archive(model, ItemLayout.VALUES, rows)) {
            assertThat(bytesOfRead(archive, rows)).isLessThan(2_000);
        }
    }

    @Test
    void aLineOfAGroupThatWasReadTakesLittleMore() throws IOException {
        List<int[]> lines = lines();
        Space space = Space.of(new int[] {64}, 256, Space.Scale.NOMINAL);
        LikelihoodModel model =
                CountsModel.learn(space, "", lines.subList(0, 300)).open(2);
        try (ItemArchive archive = archive(model, ItemLayout.RECORDS, lines)) {
            assertThat(bytesOfRead(archive, lines)).isLessThan(3_000);
        }
    }
}
