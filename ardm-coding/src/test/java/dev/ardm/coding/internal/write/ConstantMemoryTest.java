package dev.ardm.coding.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives of many items and of many segments are written and read in a JVM whose memory is smaller than the index alone. */
@Tag("slow")
class ConstantMemoryTest {
    private static final int ITEMS = 300_000;

    @TempDir
    Path folder;

    /** Each waits for the disk. */
    private static final int COMMITS = 500;

    private static final int PARTS = 10_000;

    @Test
    @Timeout(120)
    void anIndexLargerThanMemoryIsWrittenAndRead() throws Exception {
        inLittleMemory(Child.class, folder.resolve("many.ardm"));
    }

    @Test
    @Timeout(120)
    void manySegmentsAreWrittenReadAndRecovered() throws Exception {
        inLittleMemory(Segments.class, folder.resolve("grown.ardm"));
    }

    private void inLittleMemory(Class<?> program, Path archive) throws Exception {
        assertThat(ChildProcess.output(List.of("-Xmx12m", "-XX:+UseSerialGC"), program, archive))
                .isEqualTo("all is well");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(archive);
        }
    }

    /** Runs in the small JVM. */
    static final class Child {
        private static final ArchiveHeader HEADER = Archives.header();

        private static int[] item(int k) {
            return new int[] {k % 5, k & 0xFF, 0, k / 5 % 5, k >>> 8 & 0xFF, 0};
        }

        /** Names that have little in common, so that the index is long. */
        private static String name(int k) {
            Random random = new Random(k);
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                name.append(Long.toHexString(random.nextLong() | Long.MIN_VALUE));
            }
            return name.append('/').append(k).toString();
        }

        public static void main(String[] args) throws IOException {
            Path path = Path.of(args[0]);
            try (ArchiveWriter writer = ArchiveWriter.create(path, HEADER, false)) {
                for (int k = 0; k < ITEMS; k++) {
                    if (k % 3 == 0) {
                        writer.add(Archives.encode(item(k)), ItemLabel.named(name(k)));
                    } else {
                        writer.add(ArchivedItem.stored(new byte[0], new int[0], item(k)), ItemLabel.named(name(k)));
                    }
                }
                writer.commit();
            }
            try (ArchiveReader reader = ArchiveReader.open(path)) {
                ArchiveReader.Entry last = reader.entry(ITEMS - 1);
                long index = Files.size(path) - last.offset() - last.length();
                require(index > Runtime.getRuntime().maxMemory(), "an index of only " + index + " bytes");
                require(reader.size() == ITEMS && reader.verify(k -> {}) == 0, "damaged");
                for (int k = 0; k < ITEMS; k++) {
                    requireItem(reader, k);
                }
                Random random = new Random(5);
                for (int n = 0; n < 20_000; n++) {
                    requireItem(reader, random.nextInt(ITEMS));
                }
            }
            System.out.print("all is well\n");
        }

        private static void requireItem(ArchiveReader reader, int k) throws IOException {
            require(Arrays.equals(Archives.read(reader, k), item(k)), "item " + k);
            require(reader.name(k).orElse("").equals(name(k)), "the name of item " + k);
        }

        static void require(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }
    }

    /** Runs there, too: an archive that grew by many commits, and as many concatenated archives. */
    static final class Segments {
        public static void main(String[] args) throws IOException {
            Path path = Path.of(args[0]);
            byte[] one = Archives.write(path, 1, true);
            try (ArchiveAppender appender = ArchiveAppender.open(path)) {
                for (int k = 1; k <= COMMITS; k++) {
                    appender.add(
                            ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)),
                            ItemLabel.named(Archives.name(k)));
                    appender.commit();
                }
            }
            try (ArchiveReader grown = ArchiveReader.open(path)) {
                requireItems(grown, COMMITS + 1, k -> k);
            }
            try (ArchiveReader grown = ArchiveReader.recover(path)) {
                Child.require(grown.damageReport().good(), "found damaged");
                requireItems(grown, COMMITS + 1, k -> k);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                for (int k = 0; k < PARTS; k++) {
                    out.write(one);
                }
            }
            for (boolean recover : new boolean[] {false, true}) {
                try (ArchiveReader parts = recover ? ArchiveReader.recover(path) : ArchiveReader.open(path)) {
                    requireItems(parts, PARTS, k -> 0);
                }
            }
            System.out.print("all is well\n");
        }

        private static void requireItems(ArchiveReader reader, int items, IntUnaryOperator wanted) throws IOException {
            Child.require(reader.size() == items, reader.size() + " items");
            for (int k = 0; k < items; k++) {
                int which = wanted.applyAsInt(k);
                Child.require(Arrays.equals(Archives.read(reader, k), Archives.item(which)), "item " + k);
                Child.require(reader.name(k).orElse("").equals(Archives.name(which)), "the name of item " + k);
            }
        }
    }
}
