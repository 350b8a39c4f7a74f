import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the innermost loops of matrix products: {@code FullTiles} for panels of four vectors, {@code WideTiles} for panels of two and
 * {@code NarrowTiles} for panels of one, each with a method for every number of pixels. A tile keeps its chains in local variables, so that they stay in registers, and has one loop only: compilers
 * keep vectors in registers across one loop, but box them across two. That is why the loops over pixels and vectors are unrolled here.
 *
 * <p>Run by the build: {@code java TileGenerator.java FOLDER}, with the root of the generated sources.
 */
final class TileGenerator {
    /** What stands between {@code <COUNT>} and its end is written for each number of pixels. */
    private static final String CLASS =
            """
            package dev.ardm.exact.internal.vector;

            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /** The innermost loops for panels of VECTORS vectors, written by TileGenerator. */
            final class NAME {
                private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
                private static final int WIDTH = Lanes.WIDTH;

                private NAME() {}

                /** Carries the chains of {@code pixels} pixels over the tile's taps. */
                static void run(int pixels, Tile t) {
                    switch (pixels) {
            <COUNT>            case COUNT -> pixelsCOUNT(t);
            </COUNT>            default -> throw new IllegalArgumentException("pixels = " + pixels);
                    }
                }
            <COUNT>
                METHOD
            </COUNT>}
            """;

    /** What stands between {@code <PIXEL>} or {@code <VECTOR>} and its end is written for each pixel of the tile or vector of the panel. */
    private static final String METHOD =
            """
            private static void pixelsCOUNT(Tile t) {
                    float[] x = t.x;
                    float[] panel = t.panel;
                    float[] chains = t.from;
                    int at = t.fromStart;
                    int step = t.fromStep;
            <PIXEL><VECTOR>        FloatVector chainPIXEL_VECTOR = FloatVector.fromArray(SPECIES, chains, at + PIXEL * step + VECTOR * WIDTH);
            </VECTOR></PIXEL><PIXEL>        int pixelPIXEL = t.start + PIXEL * t.pixelStep;
            </PIXEL>        int taps = t.taps;
                    int w = t.panelStart;
                    for (int i = 0; i < taps; i++) {
            <VECTOR>            FloatVector wVECTOR = FloatVector.fromArray(SPECIES, panel, w + i * VECTORS * WIDTH + VECTOR * WIDTH);
            </VECTOR><PIXEL>            FloatVector vPIXEL = FloatVector.broadcast(SPECIES, x[pixelPIXEL + i]);
            <VECTOR>            chainPIXEL_VECTOR = vPIXEL.fma(wVECTOR, chainPIXEL_VECTOR);
            </VECTOR></PIXEL>        }
                    float[] out = t.out;
                    int to = t.outStart;
                    int outStep = t.outStep;
            <PIXEL><VECTOR>        chainPIXEL_VECTOR.intoArray(out, to + PIXEL * outStep + VECTOR * WIDTH);
            </VECTOR></PIXEL>    }""";

    private TileGenerator() {}

    public static void main(String[] args) throws IOException {
        deleteSources(Path.of(args[0])); // What an earlier version made here would be compiled too.
        Path folder = Files.createDirectories(Path.of(args[0], "dev", "ardm", "exact", "internal", "vector"));
        write(folder, "FullTiles", 4, 6);
        write(folder, "WideTiles", 2, 8);
        write(folder, "NarrowTiles", 1, 8);
    }

    private static void deleteSources(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                    Files.delete(file);
                }
            }
        }
    }

    /** @param mostPixels as {@code Lanes.pixels} for that many vectors, or more */
    private static void write(Path folder, String name, int vectors, int mostPixels) throws IOException {
        String text = CLASS.replace("METHOD", METHOD).replace("NAME", name).replace("VECTORS", "" + vectors);
        text = each(text, "VECTOR", 0, vectors);
        text = each(text, "COUNT", 1, mostPixels + 1);
        Files.writeString(folder.resolve(name + ".java"), text);
    }

    private static String each(String text, String what, int from, int to) {
        return Pattern.compile("<" + what + ">(.*?)</" + what + ">", Pattern.DOTALL)
                .matcher(text)
                .replaceAll(part -> IntStream.range(from, to)
                        .mapToObj(i -> {
                            String one = part.group(1).replace(what, "" + i);
                            return what.equals("COUNT") ? each(one, "PIXEL", 0, i) : one;
                        })
                        .collect(Collectors.joining()));
    }
}
