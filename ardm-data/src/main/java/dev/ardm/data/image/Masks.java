package dev.ardm.data.image;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Arrays;

/** Which parts of an item are known. A mask has one entry per dimension of the space: true = known, false = missing. */
public final class Masks {
    private static final String HELP = "; expected missing:REGION or known:REGION with REGION one of left, right, top,"
            + " bottom, center, all, rect=X,Y,WIDTH,HEIGHT, random=PROBABILITY[,SEED], stripes=ROWS";

    private Masks() {}

    /**
     * A mask by name: {@code missing:REGION} has the region missing and the rest known, {@code known:REGION} the reverse.
     * Regions cover all channels of a pixel:
     *
     * <ul>
     *   <li>{@code left, right, top, bottom}: a half; an odd middle line belongs to right and bottom
     *   <li>{@code center}: what is a quarter of the size or more from every edge
     *   <li>{@code all}
     *   <li>{@code rect=X,Y,WIDTH,HEIGHT}: a rectangle inside the image, from the left and top
     *   <li>{@code random=P} or {@code random=P,SEED}: each pixel with probability P in [0, 1], seed 0 if not given
     *   <li>{@code stripes=N}: every second band of N rows, beginning with the second
     * </ul>
     *
     * <p>Items that are not images count as one row (one axis) or as pixels of one channel (two axes).
     *
     * @throws IllegalArgumentException saying what is wrong with the text and what is allowed
     */
    public static boolean[] parse(String spec, Space space) {
        return parse(spec, Grid.of(space));
    }

    /** Whether a text names a region, and not a file. */
    public static boolean isRegion(String text) {
        return text.startsWith("missing:") || text.startsWith("known:");
    }

    /** The mask of an image of any size. */
    public static boolean[] parse(String spec, Grid grid) {
        int colon = spec.indexOf(':');
        String mode = colon < 0 ? "" : spec.substring(0, colon);
        if (!mode.equals("missing") && !mode.equals("known")) {
            throw new IllegalArgumentException("mask \"" + spec + "\" is not understood" + HELP);
        }
        boolean[] region = region(spec, spec.substring(colon + 1), grid);
        boolean[] mask = new boolean[Math.multiplyExact(region.length, grid.channels())];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = region[i / grid.channels()] == mode.equals("known");
        }
        return mask;
    }

    /** Pixels of that many channels. */
    public record Grid(int height, int width, int channels) {
        /** The pixels of items of a space. */
        public static Grid of(Space space) {
            return switch (space.rank()) {
                case 1 -> new Grid(1, space.extent(0), 1);
                case 2 -> new Grid(space.extent(0), space.extent(1), 1);
                case 3 -> new Grid(space.extent(0), space.extent(1), space.extent(2));
                default -> throw new IllegalArgumentException("no masks for items of " + space);
            };
        }

        boolean[] rectangle(int x0, int y0, int x1, int y1) {
            boolean[] region = new boolean[height * width];
            for (int y = y0; y < y1; y++) {
                Arrays.fill(region, y * width + x0, y * width + x1, true);
            }
            return region;
        }
    }

    private static boolean[] region(String spec, String name, Grid grid) {
        int w = grid.width();
        int h = grid.height();
        int equals = name.indexOf('=');
        if (equals < 0) {
            return switch (name) {
                case "left" -> grid.rectangle(0, 0, w / 2, h);
                case "right" -> grid.rectangle(w / 2, 0, w, h);
                case "top" -> grid.rectangle(0, 0, w, h / 2);
                case "bottom" -> grid.rectangle(0, h / 2, w, h);
                case "center" -> grid.rectangle(w / 4, h / 4, w - w / 4, h - h / 4);
                case "all" -> grid.rectangle(0, 0, w, h);
                default -> throw new IllegalArgumentException("mask \"" + spec + "\" is not understood" + HELP);
            };
        }
        String[] arguments = name.substring(equals + 1).split(",", -1);
        try {
            return switch (name.substring(0, equals)) {
                case "rect" -> rectangle(spec, arguments, grid);
                case "random" -> random(spec, arguments, grid);
                case "stripes" -> stripes(spec, arguments, grid);
                default -> throw new IllegalArgumentException("mask \"" + spec + "\" is not understood" + HELP);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "mask \"" + spec + "\" contains something that is not a number" + HELP, e);
        }
    }

    private static boolean[] rectangle(String spec, String[] arguments, Grid grid) {
        requireCount(spec, arguments, 4, 4);
        long[] n = Arrays.stream(arguments).mapToLong(Integer::parseInt).toArray();
        if (n[0] < 0 || n[1] < 0 || n[2] < 1 || n[3] < 1 || n[0] + n[2] > grid.width() || n[1] + n[3] > grid.height()) {
            throw new IllegalArgumentException("mask \"" + spec + "\" is not inside an image " + grid.width()
                    + " wide and " + grid.height() + " high");
        }
        return grid.rectangle((int) n[0], (int) n[1], (int) (n[0] + n[2]), (int) (n[1] + n[3]));
    }

    private static boolean[] random(String spec, String[] arguments, Grid grid) {
        requireCount(spec, arguments, 1, 2);
        double probability = Double.parseDouble(arguments[0]);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("mask \"" + spec + "\" needs a probability in [0, 1]");
        }
        long seed = arguments.length == 2 ? Long.parseLong(arguments[1]) : 0;
        RandomStream random = RandomStream.of(seed, RandomStream.Purpose.MASK, 0);
        boolean[] region = new boolean[grid.height() * grid.width()];
        for (int i = 0; i < region.length; i++) {
            region[i] = random.nextDouble() < probability;
        }
        return region;
    }

    private static boolean[] stripes(String spec, String[] arguments, Grid grid) {
        requireCount(spec, arguments, 1, 1);
        int rows = Integer.parseInt(arguments[0]);
        if (rows < 1 || rows >= grid.height()) {
            throw new IllegalArgumentException(
                    "mask \"" + spec + "\" needs bands of 1 to " + (grid.height() - 1) + " rows");
        }
        boolean[] region = new boolean[grid.height() * grid.width()];
        for (int i = 0; i < region.length; i++) {
            region[i] = i / grid.width() / rows % 2 == 1;
        }
        return region;
    }

    private static void requireCount(String spec, String[] arguments, int least, int most) {
        if (arguments.length < least || arguments.length > most) {
            throw new IllegalArgumentException("mask \"" + spec + "\" has " + arguments.length + " numbers" + HELP);
        }
    }
}
