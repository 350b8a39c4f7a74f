package dev.ardm.cli;

import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemStore;
import dev.ardm.core.archive.StoreOptions;
import dev.ardm.core.model.LikelihoodModel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;

/**
 * A program that appends items to a store, and says of each when it is durable. Arguments: the archive, something that no other
 * run has, and how many items.
 */
final class AppendingProgram {
    static final Space SPACE = Space.image(8, 8, 1, 16);

    private AppendingProgram() {}

    static LikelihoodModel model() {
        return Cli.model(SPACE, 1).open(1);
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

    public static void main(String[] arguments) throws IOException {
        LikelihoodModel model = model();
        FileOutputStream out = new FileOutputStream(FileDescriptor.out); // no buffer: a line is out, or it is not
        int items = Integer.parseInt(arguments[2]);
        CompletableFuture<?>[] promises = new CompletableFuture<?>[items];
        try (ItemStore store = ItemStore.open(
                Path.of(arguments[0]), model, model.plan(1), new StoreOptions(16, Duration.ofMillis(1), 32))) {
            for (int n = 0; n < items; n++) {
                String name = arguments[1] + "-" + n;
                promises[n] = store.submit(Item.of(item(name), name))
                        .thenAccept(number -> print(out, number + " " + name + "\n"));
            }
            CompletableFuture.allOf(promises).join();
        } catch (IOException e) {
            fail(e);
        } catch (CompletionException e) {
            fail(Objects.requireNonNull(e.getCause()));
        }
    }

    private static void fail(Throwable cause) {
        System.err.println("failed: " + cause.getMessage());
        System.exit(1);
    }

    private static void print(FileOutputStream out, String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
