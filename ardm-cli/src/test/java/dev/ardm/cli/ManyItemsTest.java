package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.archive.IntegrityReport;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.Weights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives whose items, even packed, are more than the memory of the JVM that reads or writes them. */
@Tag("slow")
class ManyItemsTest {
    private static final Space SPACE = Space.image(8, 8, 1, 256);
    private static final int ITEMS = 200_000;
    private static final int HEAP_MIB = 12;

    @TempDir
    Path dir;

    private static void fill(int[] item, int k) {
        for (int i = 0; i < item.length; i++) {
            item[i] = k * 31 + (k >>> 8) * i & 0xFF;
        }
    }

    /** Stored items, since these take no time to decode. */
    private Path archive() throws IOException {
        Path archive = dir.resolve("items.ardm");
        ArchiveHeader header = new ArchiveHeader(
                ArithmeticVersions.NEWEST,
                Cli.model(SPACE, 1).id(),
                SPACE.shape(),
                SPACE.categories(),
                SPACE.scale().ordinal(),
                MaskingPlan.spread(Schedule.full(SPACE.dimensions())).toBytes());
        int[] item = new int[SPACE.dimensions()];
        try (ArchiveWriter writer = ArchiveWriter.create(archive, header, false)) {
            for (int k = 0; k < ITEMS; k++) {
                fill(item, k);
                writer.add(ArchivedItem.stored(new byte[0], new int[0], item), ItemLabel.named("item " + k));
            }
            writer.commit();
        }
        return archive;
    }

    private void run(String out, Object... args) throws Exception {
        List<String> options = List.of("-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        ChildProcess.Ended ended = ChildProcess.run(
                new ProcessBuilder(ChildProcess.java(options, "dev.ardm.cli.Main", args))
                        .redirectOutput(dir.resolve(out).toFile()),
                new byte[0]);
        assertThat(ended.code()).as(ended.err()).isZero();
    }

    @Test
    @Timeout(120)
    void theyAreRestoredTestedAndListed() throws Exception {
        Path model = Cli.modelFile(dir.resolve("model.safetensors"), SPACE, 1);
        Path archive = archive();
        Path npy = dir.resolve("out.npy");

        run("said", "decompress", "-m", model, "--threads", 1, archive, "-o", npy);
        assertThat(Files.size(npy)).isGreaterThan(HEAP_MIB << 20);
        int[] item = new int[SPACE.dimensions()];
        byte[] row = new byte[item.length];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(npy))) {
            assertThat(new String(in.readNBytes(128), StandardCharsets.ISO_8859_1))
                    .contains("'shape': (" + ITEMS + ", 8, 8)");
            for (int k = 0; k < ITEMS; k++) {
                fill(item, k);
                assertThat(in.readNBytes(row, 0, row.length)).isEqualTo(row.length);
                for (int i = 0; i < row.length; i++) {
                    if ((row[i] & 0xFF) != item[i]) {
                        throw new AssertionError("value " + i + " of item " + k);
                    }
                }
            }
            assertThat(in.read()).isEqualTo(-1);
        }

        run("said", "test", "-m", model, "--threads", 1, archive);
        assertThat(dir.resolve("said")).content().contains("good, 200,000 items");

        run("said", "list", "--json", archive);
        assertThat(Files.size(dir.resolve("said"))).isGreaterThan(HEAP_MIB << 20);
    }

    private static void binary(int[] item, int k) {
        for (int i = 0; i < item.length; i++) {
            item[i] = k >>> (i + k % 3) & 1;
        }
    }

    private static void write(OutputStream out, byte[] header, int from, int to, int dimensions) throws IOException {
        out.write(header);
        int[] item = new int[dimensions];
        byte[] row = new byte[dimensions];
        for (int k = from; k < to; k++) {
            binary(item, k);
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) item[i];
            }
            out.write(row);
        }
    }

    @Test
    @Timeout(120)
    void theyAreCompressedFromArrays() throws Exception {
        Space space = Space.of(new int[] {16}, 2, Space.Scale.NOMINAL);
        NetworkConfig config = new TransformerConfig(1, 2, 1, 2, 0, 0); // takes no time
        MaskingModel model =
                new MaskingModel(space, config, Weights.initial(Network.of(config, space), 1), Map.of(), Map.of());
        Path file = Cli.write(dir.resolve("model.safetensors"), model);
        int half = ITEMS / 2;
        Path npy = dir.resolve("a.npy");
        String dictionary = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + half + ", 16)}\n";
        ByteBuffer npyHeader = ByteBuffer.allocate(10 + dictionary.length())
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) dictionary.length(), 0})
                .put(dictionary.getBytes(StandardCharsets.ISO_8859_1));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(npy))) {
            write(out, npyHeader.array(), 0, half, 16);
        }
        Path idx = dir.resolve("b.idx.gz");
        ByteBuffer idxHeader =
                ByteBuffer.allocate(12).putInt(0x802).putInt(half).putInt(16);
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(idx)))) {
            write(out, idxHeader.array(), half, ITEMS, 16);
        }
        Path archive = dir.resolve("items.ardm");

        run("said", "compress", "-m", file, "--threads", 1, "--calls", 1, "-o", archive, npy, idx);
        assertThat(dir.resolve("said")).content().contains("200,000 items");
        int[] item = new int[16];
        LikelihoodModel likelihood = model.open(1);
        try (ItemArchive items = ItemArchive.open(archive, likelihood)) {
            assertThat(items.size()).isEqualTo(ITEMS);
            for (int from : new int[] {0, half - 50, ITEMS - 100}) {
                IntegrityReport report = items.read(
                        ItemRanges.of(from, from + 100),
                        (k, decoded) -> {
                            binary(item, k);
                            assertThat(decoded.intact()).isEqualTo(item);
                        },
                        LikelihoodModel.NO_PROGRESS);
                assertThat(report.good()).isTrue();
            }
        }
    }
}
