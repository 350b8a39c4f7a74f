package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.NotAnArchiveException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.RangedBytes;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What public methods of archives say of arguments that cannot be. */
class ArchiveArgumentsTest {
    private static final Space SPACE = Space.image(4, 4, 1, 3);
    private static final LikelihoodModel MODEL = TinyModels.random(SPACE, 1).open(1);
    private static final Plan PLAN = MODEL.plan(2);
    private static final Path NO_PATH = null;
    private static final Item NO_ITEM = null;

    @TempDir
    Path dir;

    private Path archive(int items) throws IOException {
        Path file = dir.resolve("items.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN)) {
            for (int[] item : TinyModels.items(SPACE, items, 7)) {
                writer.add(item);
            }
            writer.commit();
        }
        return file;
    }

    private static void assertNamed(Map<ThrowingCallable, String> calls) {
        calls.forEach((call, name) -> assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name));
    }

    @Test
    void nullIsRefusedByNameWhenOpening() throws IOException {
        Path file = archive(1);
        Map<ThrowingCallable, String> calls = new LinkedHashMap<>();
        calls.put(() -> ItemArchive.open(NO_PATH, MODEL), "file");
        calls.put(() -> ItemArchive.open(file, null), "model");
        calls.put(() -> ItemArchive.open((RangedBytes) null, MODEL), "bytes");
        calls.put(() -> ItemArchive.openCommitted(NO_PATH, MODEL), "file");
        calls.put(() -> ItemArchive.openCommitted(file, null), "model");
        calls.put(() -> ItemArchive.recover(NO_PATH, MODEL), "file");
        calls.put(() -> ItemArchive.recover(file, null), "model");
        calls.put(() -> ItemArchiveWriter.create(NO_PATH, MODEL, PLAN), "file");
        calls.put(() -> ItemArchiveWriter.create(dir.resolve("new"), null, PLAN), "model");
        calls.put(() -> ItemArchiveWriter.create(dir.resolve("new"), MODEL, null), "plan");
        calls.put(() -> ItemArchiveWriter.create(dir.resolve("new"), MODEL, PLAN, null), "layout");
        calls.put(() -> ItemArchiveWriter.records(dir.resolve("new"), null), "model");
        calls.put(() -> ItemArchiveWriter.append(NO_PATH, MODEL), "file");
        calls.put(() -> ItemArchiveWriter.append(file, null), "model");
        calls.put(() -> new SingleItemCodec(null, PLAN, ItemLayout.VALUES), "model");
        calls.put(() -> new SingleItemCodec(MODEL, null, ItemLayout.VALUES), "plan");
        calls.put(() -> new SingleItemCodec(MODEL, PLAN, null), "layout");
        SingleItemCodec codec = new SingleItemCodec(MODEL, PLAN, ItemLayout.VALUES);
        calls.put(() -> codec.encode(null), "item");
        calls.put(() -> codec.decode(null), "bytes");
        assertNamed(calls);
        assertThat(dir.resolve("new")).doesNotExist();
    }

    @Test
    void nullIsRefusedByNameWhenReading() throws IOException {
        try (ItemArchive archive = ItemArchive.open(archive(2), MODEL)) {
            Map<ThrowingCallable, String> calls = new LinkedHashMap<>();
            calls.put(() -> archive.verify(null), "progress");
            calls.put(() -> archive.read(null, (k, item) -> {}, done -> {}), "items");
            calls.put(() -> archive.read(ItemRanges.of(0, 1), null, done -> {}), "sink");
            calls.put(() -> archive.read(ItemRanges.of(0, 1), (k, item) -> {}, null), "progress");
            calls.put(() -> archive.work(null), "items");
            calls.put(() -> archive.get(null), "name");
            calls.put(() -> archive.indexOf(null), "name");
            calls.put(() -> archive.allOf(null), "name");
            calls.put(() -> archive.writeBytes(0, null), "out");
            assertNamed(calls);
        }
    }

    /** What is refused does not end the writer. */
    @Test
    void nullIsRefusedByNameWhenWriting() throws IOException {
        Path file = dir.resolve("new.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, MODEL, PLAN)) {
            Map<ThrowingCallable, String> calls = new LinkedHashMap<>();
            calls.put(() -> writer.add(NO_ITEM), "item");
            calls.put(() -> writer.add((int[]) null), "item");
            calls.put(() -> writer.add((byte[]) null), "record");
            calls.put(() -> writer.add((String) null), "record");
            calls.put(() -> writer.add(new int[16], null), "name");
            calls.put(() -> writer.addBytes(null, "x"), "in");
            calls.put(() -> writer.listen(null), "listener");
            assertNamed(calls);
            writer.add(new int[16]);
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(file, MODEL)) {
            assertThat(archive.size()).isEqualTo(1);
        }
    }

    @Test
    void itemsThatAreNotThereAreRefused() throws IOException {
        try (ItemArchive archive = ItemArchive.open(archive(2), MODEL)) {
            for (int number : new int[] {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                for (ThrowingCallable call : new ThrowingCallable[] {
                    () -> archive.get(number),
                    () -> archive.item(number),
                    () -> archive.bytes(number),
                    () -> archive.string(number),
                    () -> archive.name(number),
                    () -> archive.time(number),
                    () -> archive.get(0, number == 2 ? 3 : number),
                    () -> archive.items(number, 2 - 3)
                }) {
                    assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
                }
            }
        }
    }

    @Test
    void rangesGoUp() {
        assertThatThrownBy(() -> ItemRanges.of(IntStream.of(3, 2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ItemRanges.of(IntStream.of(3, 3))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ItemRanges.Builder().add(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ItemRanges.of(IntStream.of(1, 2, 5))).hasToString("1-2, 5");
    }

    @Test
    void aModelIsNoArchive() throws IOException {
        Path model = dir.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(model)) {
            ModelFile.write(TinyModels.random(SPACE, 1), Type.F32, out);
        }
        assertThatThrownBy(() -> ItemArchive.open(model, MODEL))
                .isInstanceOf(NotAnArchiveException.class)
                .hasMessage(model + ": not an ardm file: it is a safetensors file, as models are");
    }
}
