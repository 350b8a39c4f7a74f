package dev.ardm.core.archive;

import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.LikelihoodModel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/**
 * A program that appends to a store until it is killed, and says which items it was promised. Arguments: the file,
 * something that no other run has, and what the store is of.
 */
final class StoreProcess {
    private static final int THREADS = 3;

    private StoreProcess() {}

    /** What a store is of. */
    enum Kind {
        ITEMS(TinyModels.random(Space.image(4, 4, 1, 3), 1).open(1)),
        DOCUMENTS(TinyModels.transformer(Space.of(new int[] {6}, 4, Space.Scale.NOMINAL), 1)
                .open(1));

        final LikelihoodModel model;

        Kind(LikelihoodModel model) {
            this.model = model;
        }

        ItemStore open(Path file) throws IOException {
            StoreOptions options = new StoreOptions(16, Duration.ofMillis(1), 32);
            return this == ITEMS
                    ? ItemStore.open(file, model, model.plan(1), options)
                    : ItemStore.open(file, model, model.plan(1), ItemLayout.sequences(2, 0), options);
        }

        /** The item that is stored under a name: whoever finds another one there knows that it is wrong. */
        Item item(String name) {
            CRC32C hash = new CRC32C();
            hash.update(name.getBytes(StandardCharsets.UTF_8));
            RandomStream random = RandomStream.of(hash.getValue(), Purpose.TEST, 0);
            int dimensions = model.space().dimensions();
            int[] values = new int[this == ITEMS ? dimensions : random.nextInt(2 * dimensions)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(model.space().maxCategories());
            }
            byte[] side = new byte[this == ITEMS ? 0 : random.nextInt(6)];
            for (int i = 0; i < side.length; i++) {
                side[i] = (byte) random.nextInt(256);
            }
            return new Item("", values, side).labelled(ItemLabel.named(name));
        }

        CompletableFuture<Long> submit(ItemStore store, String name) throws IOException {
            Item item = item(name);
            return store.submit(item);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[2]);
        ItemStore store = kind.open(Path.of(arguments[0]));
        FileOutputStream out = new FileOutputStream(FileDescriptor.out); // no buffer: a line is out, or it is not
        for (int t = 0; t < THREADS; t++) {
            String start = arguments[1] + "-" + t + "-";
            new Thread(() -> append(kind, store, start, out), "appender " + t).start();
        }
    }

    private static void append(Kind kind, ItemStore store, String start, FileOutputStream out) {
        for (int n = 0; ; n++) {
            String name = start + n;
            try {
                kind.submit(store, name).thenAccept(number -> print(out, number + " " + name + "\n"));
            } catch (IOException e) {
                print(out, "failed: " + e + "\n");
                return;
            }
        }
    }

    private static void print(FileOutputStream out, String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
