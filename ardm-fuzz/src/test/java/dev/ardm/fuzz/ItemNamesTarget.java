package dev.ardm.fuzz;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Names of items as an archive may hold them, one in each line, as names of files to write. */
final class ItemNamesTarget implements FuzzTarget {
    private static final Space SPACE = Space.image(1, 1, 1, 2);
    private static final int MOST_NAMES = 8;

    @Override
    public String name() {
        return "item-names";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(DataException.class);
    }

    /** Also what the file system does not take, such as too many bytes of UTF-8: writers document it as an IOException. */
    @Override
    public boolean items(Throwable refusal) {
        return FuzzTarget.super.items(refusal)
                || (refusal instanceof IOException && refusal.getCause() instanceof FileSystemException);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        List<String> names = new String(input, StandardCharsets.UTF_8)
                .lines()
                .limit(MOST_NAMES)
                .toList();
        Path images = scratch.path("images");
        Path files = scratch.path("files");
        try {
            try (ItemWriter writer = ImageFolder.create(images, SPACE, MOST_NAMES)) {
                for (String name : names) {
                    writer.add(Item.of(new int[1], name));
                }
                writer.commit();
            }
            requireAll(images, names.size());
            DataFormat bytes =
                    DataFormats.read(JsonMapper.shared().readTree("{\"kind\":\"bytes\",\"version\":1,\"window\":4}"));
            try (ItemWriter writer = bytes.writer(files, OutputOptions.named(false))) {
                for (String name : names) {
                    writer.add(new Item(name, new int[1], new byte[0]));
                }
                writer.commit();
            }
            requireAll(files, names.size());
        } finally {
            PropertyViolation.unless(
                    List.of("files", "images").containsAll(scratch.names()),
                    "nothing is written beside the folder, nor left behind");
        }
    }

    private static void requireAll(Path folder, int count) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            PropertyViolation.unless(
                    all.filter(Files::isRegularFile).count() == count, "each name makes a file in the folder");
        }
    }
}
