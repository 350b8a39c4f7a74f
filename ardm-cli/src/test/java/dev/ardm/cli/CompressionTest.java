package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.app.Listener;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.Compression;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.IntegrityReport;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.Weights;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemFiles;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The encoder trusts no stream that it has not decoded. */
class CompressionTest {
    private static final Space SPACE = Space.image(8, 8, 1, 4);

    /** Items that are coded together. */
    private static final int CHUNK = 256;

    @TempDir
    Path dir;

    /** A model that decodes some items to something else, or not at all: what an inexact machine would do. */
    static LikelihoodModel inexact(LikelihoodModel model) {
        return (LikelihoodModel) Proxy.newProxyInstance(
                LikelihoodModel.class.getClassLoader(),
                new Class<?>[] {LikelihoodModel.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("on")) {
                        return proxy;
                    }
                    Object result = method.invoke(model, arguments);
                    if (result == model) {
                        return proxy; // It is its only part.
                    }
                    return method.getName().equals("coder") ? inexact((ItemCoder) result) : result;
                });
    }

    private static ItemCoder inexact(ItemCoder coder) {
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                return coder.encode(items, progress);
            }

            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> archived, IntConsumer progress) {
                List<Optional<int[]>> items = new ArrayList<>(coder.decode(archived, progress));
                items.set(1, Optional.empty());
                items.get(3).orElseThrow()[5] ^= 1;
                return items;
            }

            @Override
            public long windows(int length, int[] shape) {
                return coder.windows(length, shape);
            }
        };
    }

    @Test
    void whatDoesNotComeBackIsStored() throws IOException {
        LikelihoodModel exact = Cli.model(SPACE, 1).open(1);
        List<int[]> samples = exact.sample(5, exact.plan(2), 1, LikelihoodModel.NO_PROGRESS);
        PackedItemSet items = PackedItemSet.of(SPACE, samples, null);
        Path archive = dir.resolve("items.ardm");
        String notices = Cli.archive(archive, inexact(exact), 2, ItemInput.of(items, true));
        assertThat(notices).contains("2 items stored without the model", "(please report this): 00001, 00003");
        assertRestored(archive, exact, items);
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            assertThat(reader.entry(1).stored()).isTrue();
            assertThat(reader.entry(3).stored()).isTrue();
        }
    }

    /** Through decoder and model, all of them. */
    private static void assertRestored(Path archive, LikelihoodModel model, PackedItemSet items) throws IOException {
        List<Integer> seen = new ArrayList<>();
        try (ItemArchive opened = ItemArchive.open(archive, model)) {
            IntegrityReport report = opened.read(
                    ItemRanges.of(0, items.size()),
                    (k, item) -> {
                        seen.add(k);
                        assertThat(item.intact()).isEqualTo(items.item(k));
                    },
                    LikelihoodModel.NO_PROGRESS);
            assertThat(report.good()).isTrue();
        }
        assertThat(seen).isEqualTo(IntStream.range(0, items.size()).boxed().toList());
    }

    private static Compression compression(ItemInput input, IntConsumer progress) {
        Listener listener = new Listener() {
            @Override
            public Task begin(String task, long total) {
                return progress::accept;
            }

            @Override
            public void notice(String line) {}
        };
        return new Compression(input, Attributes.NONE, listener);
    }

    private static void write(Path archive, LikelihoodModel model, Compression compression) throws IOException {
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, model.plan(1))) {
            compression.into(writer);
        }
    }

    @Test
    void whatTheModelWouldMakeLongerIsStoredAndReported() throws IOException {
        MaskingModel plain = Cli.model(SPACE, 1);
        Weights weights = plain.weights();
        float[] bias = weights.get("head.out.bias").clone();
        bias[0] += 40; // it expects black everywhere
        MaskingModel sure =
                new MaskingModel(SPACE, plain.config(), weights.with("head.out.bias", bias), Map.of(), Map.of());
        Path model = Cli.write(dir.resolve("model.safetensors"), sure);
        List<int[]> values = new ArrayList<>(Cli.values(SPACE, 7, 3));
        values.set(2, new int[64]);
        Path npy = dir.resolve("items.npy");
        NpyFile.write(npy, PackedItemSet.of(SPACE, values, null));
        Path archive = dir.resolve("items.ardm");
        Cli.Result result = Cli.run("compress", "-m", model, "--calls", 1, "-o", archive, npy);
        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("6 items stored without the model", "item 0, item 1, item 3, item 4, item 5, ...");
        assertThat(Cli.run("list", archive).good().out()).contains("(6 stored without the model)");
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            assertThat(reader.entry(2).length()).isLessThan(5);
            assertThat(reader.entry(3).length()).isEqualTo(20);
        }
        Cli.run("test", "-m", model, archive).good();
        Cli.run("decompress", "-m", model, archive, "-o", dir.resolve("back.npy"))
                .good();
        assertThat(dir.resolve("back.npy")).hasSameBinaryContentAs(npy);
    }

    @Test
    void chunksDoNotShow() throws IOException {
        Space small = Space.image(4, 4, 1, 2);
        LikelihoodModel model = Cli.model(small, 1).open(2);
        int count = 2 * CHUNK + 7;
        PackedItemSet items = Cli.items(small, count, 6);
        Path archive = dir.resolve("items.ardm");
        List<Integer> heard = new ArrayList<>();
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, model.plan(1))) {
            Compression.Result result = compression(ItemInput.of(items, true), n -> {
                        synchronized (heard) {
                            heard.add(n);
                        }
                    })
                    .into(writer);
            assertThat(result.items()).isEqualTo(count);
            assertThat(result.rawBytes()).isEqualTo(count * 2L);
        }
        assertThat(heard).allMatch(n -> n >= 0 && n <= count).contains(count);
        assertRestored(archive, model, items);
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            for (int k : new int[] {0, CHUNK - 1, CHUNK, count - 1}) {
                assertThat(reader.name(k)).contains(items.name(k));
                if (!reader.entry(k).stored()) {
                    assertThat(reader.item(k).stream())
                            .isEqualTo(model.encode(List.of(items.item(k)), model.plan(1), LikelihoodModel.NO_PROGRESS)
                                    .get(0));
                }
            }
        }
    }

    @Test
    void aFailureLeavesNothing() {
        LikelihoodModel model = Cli.model(SPACE, 1).open(1);
        Path archive = dir.resolve("items.ardm");
        Compression compression = compression(ItemInput.of(Cli.items(SPACE, 3, 1), false), n -> {
            throw new IllegalStateException("enough");
        });
        assertThatThrownBy(() -> write(archive, model, compression)).hasMessage("enough");
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void anInputThatBreaksOffLeavesNothing() throws IOException {
        LikelihoodModel model = Cli.model(SPACE, 1).open(1);
        Path npy = dir.resolve("items.npy");
        int count = CHUNK + 2;
        NpyFile.write(npy, Cli.items(SPACE, count, 1));
        Path archive = dir.resolve("items.ardm");
        try (ItemFiles items = ItemFiles.open(List.of(npy), SPACE, archive)) {
            byte[] all = Files.readAllBytes(npy);
            Files.write(npy, Arrays.copyOf(all, all.length - 1));
            assertThatThrownBy(() -> write(archive, model, compression(items, n -> {})))
                    .hasMessageContaining("items.npy")
                    .hasMessageContaining("the file ends inside item " + (count - 1) + " of " + count);
        }
        assertThat(Files.list(dir)).containsExactly(npy);
    }
}
