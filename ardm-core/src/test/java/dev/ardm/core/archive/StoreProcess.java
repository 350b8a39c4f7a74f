package dev.ardm.core.archive;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.ArdmModel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * A program that appends to a store until it is killed, and says which items it was promised. Arguments: the file, and
 * something that no other run has.
 */
final class StoreProcess {
    static final Space SPACE = Space.image(4, 4, 1, 3);
    private static final int THREADS = 3;

    private StoreProcess() {}

    static ArdmModel model() {
        return new ArdmModel(TinyModels.random(SPACE, 1), 1);
    }

    static ItemStore open(Path file, ArdmModel model) throws IOException {
        return ItemStore.open(file, model, model.plan(1), new StoreOptions(16, Duration.ofMillis(1), 32));
    }

    /** The item that is stored under a name: whoever finds another one there knows that it is wrong. */
    static int[] item(String name) {
        CRC32C hash = new CRC32C();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        RandomStream random = RandomStream.of(hash.getValue(), Purpose.TEST, 0);
        int[] item = new int[SPACE.dimensions()];
        for (int i = 0; i < item.length; i++) {
            item[i] = random.nextInt(SPACE.categories(i));
        }
        return item;
    }

    public static void main(String[] arguments) throws Exception {
        ItemStore store = open(Path.of(arguments[0]), model());
        FileOutputStream out = new FileOutputStream(FileDescriptor.out); // no buffer: a line is out, or it is not
        for (int t = 0; t < THREADS; t++) {
            String start = arguments[1] + "-" + t + "-";
            new Thread(() -> append(store, start, out), "appender " + t).start();
        }
    }

    private static void append(ItemStore store, String start, FileOutputStream out) {
        for (int n = 0; ; n++) {
            String name = start + n;
            try {
                store.submit(item(name), name).thenAccept(number -> print(out, number + " " + name + "\n"));
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
