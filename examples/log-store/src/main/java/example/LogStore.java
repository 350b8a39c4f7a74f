package example;

import dev.ardm.Ardm;
import dev.ardm.RecordModel;
import dev.ardm.RecordStore;
import dev.ardm.RecordType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A handler that keeps every line in a store, each readable alone by its number. */
public final class LogStore extends Handler {
    private final RecordStore<String> store;

    /** A handler of a store, which it does not close. */
    public LogStore(RecordStore<String> store) {
        this.store = store;
    }

    @Override
    public void publish(LogRecord line) {
        if (!isLoggable(line)) {
            return;
        }
        try {
            store.put(line.getLevel() + " " + line.getMessage());
        } catch (IOException e) {
            reportError("cannot store a line", e, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static String line(Random random) {
        return "user " + random.nextInt(200) + " opened /documents/" + random.nextInt(1000) + " in "
                + (5 + random.nextInt(40)) + " ms";
    }

    /** Learns from old lines, logs new ones, and reads them again. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("log-store");
        Random random = new Random(1);
        List<String> old = new ArrayList<>();
        for (int k = 0; k < 2000; k++) {
            old.add("INFO " + line(random));
        }
        RecordModel<String> model = Ardm.train(old, RecordType.text()).to(folder.resolve("lines.safetensors"));

        List<String> lines = new ArrayList<>();
        try (RecordStore<String> store = RecordStore.open(folder.resolve("lines.ardm"), model)) {
            Logger logger = Logger.getLogger("example");
            logger.setUseParentHandlers(false);
            logger.addHandler(new LogStore(store));
            for (int k = 0; k < 1000; k++) {
                String line = line(random);
                logger.info(line);
                lines.add("INFO " + line);
            }
            check(store.get(17).equals(lines.get(17)), "line 17 is another");
        }

        try (RecordStore<String> store = RecordStore.open(folder.resolve("lines.ardm"), model)) {
            check(store.size() == lines.size(), store.size() + " lines");
            for (int k = 0; k < lines.size(); k++) {
                check(store.get(k).equals(lines.get(k)), "line " + k + " is another");
            }
        }
        long raw = lines.stream()
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        System.out.printf(
                "%d lines of %.1f bytes, kept in %.1f each%n",
                lines.size(),
                raw / (double) lines.size(),
                Files.size(folder.resolve("lines.ardm")) / (double) lines.size());
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
