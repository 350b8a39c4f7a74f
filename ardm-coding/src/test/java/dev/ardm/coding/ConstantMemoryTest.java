package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An archive of many items is written and read in a JVM whose memory is smaller than the index alone. */
class ConstantMemoryTest {
    private static final int ITEMS = 300_000;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void anIndexLargerThanMemoryIsWrittenAndRead() throws Exception {
        Path archive = folder.resolve("many.ardm");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx12m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName(),
                        archive.toString())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(said).isEqualTo("all is well\n");
        } finally {
            process.destroyForcibly();
        }
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
                        writer.add(Archives.encode(item(k)), name(k));
                    } else {
                        writer.addStored(item(k), name(k));
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

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }
    }
}
