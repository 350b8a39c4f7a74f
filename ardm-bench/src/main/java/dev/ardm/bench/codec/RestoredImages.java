package dev.ardm.bench.codec;

import dev.ardm.coding.internal.read.ArchiveReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * What an archive of images takes, image by image, as Markdown, after comparing the pixels that were restored from it with the
 * originals. Exits with 1 if one differs. Reads pixels with the JDK, not with ardm's own readers.
 */
public final class RestoredImages {
    private RestoredImages() {}

    /** Arguments: the archive, the folder of the originals, the folder that was restored. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: RestoredImages ARCHIVE ORIGINALS RESTORED");
            System.exit(2);
        }
        System.exit(report(Path.of(args[0]), Path.of(args[1]), Path.of(args[2])) ? 0 : 1);
    }

    private static boolean report(Path archive, Path originals, Path restored) throws IOException {
        boolean same = true;
        long values = 0;
        System.out.println("| image | size | bytes | bits per dimension |");
        System.out.println("|---|---|---|---|");
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            for (int k = 0; k < reader.size(); k++) {
                String name = reader.name(k).orElseThrow();
                BufferedImage image = image(originals.resolve(name));
                if (!samePixels(image, image(restored.resolve(name)))) {
                    System.out.println(name + " DIFFERS");
                    same = false;
                }
                long own = (long) image.getHeight()
                        * image.getWidth()
                        * image.getRaster().getNumBands();
                values += own;
                row(
                        name,
                        image.getHeight() + "x" + image.getWidth(),
                        reader.entry(k).length(),
                        own);
            }
            row("all " + reader.size() + ", the archive", "", Files.size(archive), values);
            System.out.println();
            System.out.println(
                    same
                            ? "All " + reader.size()
                                    + " images were restored by another process and have the same pixels."
                            : "NOT ALL IMAGES HAVE THE SAME PIXELS.");
        }
        return same;
    }

    private static void row(String name, String size, long bytes, long values) {
        System.out.printf(Locale.ROOT, "| %s | %s | %,d | %.4f |%n", name, size, bytes, 8.0 * bytes / values);
    }

    private static BufferedImage image(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException(file + ": no image");
        }
        return image;
    }

    private static boolean samePixels(BufferedImage a, BufferedImage b) {
        return a.getWidth() == b.getWidth()
                && a.getHeight() == b.getHeight()
                && a.getRaster().getNumBands() == b.getRaster().getNumBands()
                && Arrays.equals(samples(a), samples(b));
    }

    private static int[] samples(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }
}
