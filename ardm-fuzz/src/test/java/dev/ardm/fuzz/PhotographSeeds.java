package dev.ardm.fuzz;

import dev.ardm.core.Item;
import dev.ardm.data.layer.ImageFileCodec;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Images of any size as archives have them: seeds of {@link PhotographTarget}. */
final class PhotographSeeds {
    private static final int ARCHIVED = 0x80;
    private static final int EXACT = 2;
    private static final int METADATA = 4;

    private final Path corpus;

    private PhotographSeeds(Path corpus) {
        this.corpus = corpus;
    }

    /** Writes them into the folder of their target; takes image files from that of {@link ImageTarget}. */
    static void write(Path corpus) throws IOException {
        PhotographSeeds seeds = new PhotographSeeds(corpus);
        seeds.files();
        seeds.archived("good-archived-grey", 1, "good-grey.png");
        seeds.archived("good-archived-rgb", 3, "good-rgb.png");
        seeds.archived("good-archived-16-bit", 1, "good-16-bit-alpha.png");
        seeds.claims();
    }

    private void seed(String name, int choice, byte[] rest) throws IOException {
        byte[] all = new byte[rest.length + 1];
        all[0] = (byte) choice;
        System.arraycopy(rest, 0, all, 1, rest.length);
        Files.write(Files.createDirectories(corpus.resolve("photograph")).resolve(name), all);
    }

    private byte[] image(String name) throws IOException {
        return Files.readAllBytes(corpus.resolve("image").resolve(name));
    }

    private void files() throws IOException {
        for (String name : List.of(
                "good-grey.png",
                "good-rgb.png",
                "good-16-bit-alpha.png",
                "good-palette.png",
                "good-one-bit.png",
                "good-interlaced.png",
                "good-rgb.bmp",
                "good-grey.tiff",
                "good-rgb.jpeg",
                "good-lossless.webp",
                "good-gif",
                "good-pgm",
                "good-ppm")) {
            seed(name.replace('.', '-') + "-exact", EXACT, image(name));
            seed(name.replace('.', '-') + "-pixels", 1, image(name));
        }
        seed("good-rgb-jpeg-whole", METADATA, image("good-rgb.jpeg"));
        for (String name : List.of(
                "bad-claimed-size.png", "bad-claimed-size.webp", "bad-flat.webp", "bad-cut-off.png", "bad-text")) {
            seed(name.replace('.', '-'), 1, image(name));
        }
    }

    private static byte[] archived(int[] shape, byte[] extra, byte[] stream) {
        ByteBuffer out = ByteBuffer.allocate(13 + extra.length + stream.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int extent : shape) {
            out.putInt(extent);
        }
        return out.put((byte) extra.length).put(extra).put(stream).array();
    }

    private void archived(String name, int channels, String file) throws IOException {
        Item item = new ImageFileCodec(channels, Kept.PIXELS).encode(image(file), file);
        byte[] stream = stream(channels, item);
        seed(name, ARCHIVED | (channels == 3 ? 1 : 0), archived(item.shape(), item.side(), stream));
    }

    private static byte[] stream(int channels, Item image) {
        PhotographModel model = new PhotographModel(channels);
        return model.model
                .coder(model.plan, model.layout)
                .encode(List.of(image), n -> {})
                .get(0);
    }

    private static Item image(byte[] side) {
        return new Item("", OptionalLong.empty(), new int[] {2, 3, 1}, new int[] {1, 2, 3, 4, 5, 6}, side);
    }

    /** Sound streams of small images that claim to be another. */
    private void claims() throws IOException {
        byte[] stream = stream(1, image(new byte[0]));
        seed("bad-archived-huge", ARCHIVED, archived(new int[] {1 << 15, 1 << 15, 1}, new byte[0], stream));
        seed("bad-archived-wide", ARCHIVED, archived(new int[] {1, 1 << 30, 1}, new byte[0], stream));
        seed("bad-archived-layers", ARCHIVED, archived(new int[] {1, 1, 1 << 30}, new byte[0], stream));
        seed(
                "bad-archived-overflow",
                ARCHIVED,
                archived(new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE}, new byte[0], stream));
        seed("bad-archived-negative", ARCHIVED, archived(new int[] {-1, -1, 6}, new byte[0], stream));
        seed("bad-archived-another-shape", ARCHIVED, archived(new int[] {3, 2, 1}, new byte[0], stream));
        seed("bad-archived-no-extra", ARCHIVED, archived(new int[] {2, 3, 1}, new byte[0], stream));
        byte[] many = {1, 8, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7};
        seed("bad-archived-many-chunks", ARCHIVED, archived(new int[] {2, 3, 1}, many, stream(1, image(many))));
        seed("bad-archived-cut-off", ARCHIVED, Arrays.copyOf(archived(new int[] {2, 3, 1}, new byte[0], stream), 8));
    }
}
