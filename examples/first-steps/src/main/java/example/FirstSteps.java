package example;

import dev.ardm.Ardm;
import dev.ardm.RecordArchive;
import dev.ardm.RecordCodec;
import dev.ardm.RecordModel;
import dev.ardm.RecordStore;
import dev.ardm.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The Java of README.md. */
public final class FirstSteps {
    private FirstSteps() {}

    /** Does what README.md shows. */
    public static void main(String[] arguments) throws IOException {
        List<String> oldLines = IntStream.range(0, 500)
                .mapToObj(k -> "{\"user\": " + k % 40 + ", \"event\": \"" + (k % 3 == 0 ? "login" : "read") + "\"}")
                .toList();
        Path folder = Files.createTempDirectory("first-steps");
        Path modelFile = folder.resolve("lines.safetensors");
        Path storeFile = folder.resolve("events.ardm");
        // README begins
        RecordModel<String> model = Ardm.train(oldLines, RecordType.text()).to(modelFile); // counts: seconds

        RecordCodec<String> codec = model.codec(); // for the values of a database, a queue, a cache
        byte[] bytes = codec.encode("{\"user\": 17, \"event\": \"login\"}");
        String again = codec.decode(bytes);

        try (RecordStore<String> store = RecordStore.open(storeFile, model)) {
            long number = store.put("{\"user\": 17, \"event\": \"login\"}"); // durable when it returns
            store.put("session 5", "{\"user\": 18, \"event\": \"read\"}"); // by key; the newest wins
            String first = store.get(number);
        }
        try (RecordArchive<String> archive = RecordArchive.open(storeFile, RecordType.text())) {
            String last = archive.get(archive.size() - 1); // the model is inside
        }
        // README ends
        System.out.println(Arrays.toString(bytes) + " is " + again);
        if (!again.equals("{\"user\": 17, \"event\": \"login\"}")) {
            throw new IllegalStateException(again);
        }
    }
}
