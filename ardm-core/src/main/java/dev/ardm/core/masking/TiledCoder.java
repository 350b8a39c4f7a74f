package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.window.DecodedTiles;
import dev.ardm.core.masking.window.ImageTiling;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Codes images of any size with a model of images of {@code [H, W, C]}, see {@link ImageTiling}: windows of H x W pixels that
 * overlap, in which all pixels decoded before are known. All windows of all layers of an image share one stream, so its
 * overhead is paid once. Layer by layer and wave by wave, the stream has the symbols call by call, and of each call window
 * by window; so both encoding and decoding evaluate windows in parallel.
 */
final class TiledCoder implements ItemCoder, ItemScorer {
    /** Windows whose outputs are in memory at a time while decoding, at most. */
    private static final int MOST_TOGETHER = 32;

    private final Process process;
    private final WindowCalls calls;
    private final int height;
    private final int width;
    private final int channels;
    private final int unitsPerPixel;
    private final int context;
    private final int paddingValue;

    /**
     * A coder.
     *
     * @param plan for whole windows; scaled for partly known windows
     * @param layout of images: its context is the least number of pixels by which neighbouring windows overlap, in
     *     [0, min(H, W)), and its padding value fills the window of a smaller image
     * @throws IllegalArgumentException if one of them is out of range, the plan does not fit, or the model is conditional,
     *     autoregressive or not one of images
     */
    TiledCoder(Evaluator evaluator, MaskingPlan plan, ItemLayout layout) {
        this.process = evaluator.process();
        Space space = process.space();
        this.height = space.extent(0);
        this.width = space.extent(1);
        this.channels = space.extent(2);
        this.unitsPerPixel = channels / process.unitSize();
        this.context = WindowCalls.checkedContext(layout.context(), Math.min(height, width));
        this.calls = new WindowCalls(evaluator, plan, layout.paddingValue());
        this.paddingValue = layout.paddingValue();
    }

    private ImageTiling tiling(int imageHeight, int imageWidth) {
        return ImageTiling.of(imageHeight, imageWidth, height, width, context);
    }

    @Override
    public long windows(int length, int[] shape) {
        return tiling(shape[0], shape[1]).windows() * shape[2];
    }

    /** The policy of a window; the same for all that generate the same part. */
    private FixedPolicy policy(Map<ImageTiling.Kind, FixedPolicy> policies, ImageTiling.Tile tile) {
        return policies.computeIfAbsent(
                tile.kind(),
                kind -> FixedPolicy.of(
                        process,
                        calls.plan(),
                        calls.order(),
                        kind.known(height, width, unitsPerPixel),
                        tile.generated() * unitsPerPixel));
    }

    /** Number of units of an image; more than fit into a stream if the claim is absurd. */
    private long units(int imageHeight, int imageWidth, int layers) {
        long pixels = (long) imageHeight * imageWidth;
        long each = (long) layers * unitsPerPixel; // less than 2^55
        return Math.multiplyHigh(pixels, each) == 0 && pixels * each >= 0 ? pixels * each : Long.MAX_VALUE;
    }

    private void check(Item image) {
        ImageTiling.checkShape(image.shape(), image.values().length, channels);
        calls.symbols(image.values().length / process.unitSize());
        process.space().checkValues(image.values());
    }

    /** The windows of images; the symbols of a wave lie call by call, those of a call window by window. */
    private void parts(List<Item> images, Consumer<WindowCalls.Part> receiver) {
        Map<ImageTiling.Kind, FixedPolicy> policies = new HashMap<>();
        for (int n = 0; n < images.size(); n++) {
            Item image = images.get(n);
            ImageTiling tiling = tiling(image.shape()[0], image.shape()[1]);
            int next = 0;
            for (int layer = 0; layer < image.shape()[2]; layer++) {
                for (int wave = 0; wave < tiling.waves(); wave++) {
                    List<ImageTiling.Tile> tiles = tiling.wave(wave);
                    List<FixedPolicy> all =
                            tiles.stream().map(tile -> policy(policies, tile)).toList();
                    int[][] symbols = new int[tiles.size()][];
                    next = places(all, symbols, next);
                    for (int t = 0; t < tiles.size(); t++) {
                        ImageTiling.Tile tile = tiles.get(t);
                        int top = layer * image.shape()[0] + tile.y().start();
                        receiver.accept(new WindowCalls.Part(
                                n,
                                item(image, layer, tile),
                                all.get(t),
                                symbols[t],
                                unit -> unit(image, top, tile.x().start(), unit)));
                    }
                }
            }
        }
    }

    /**
     * Counts the symbols of a wave.
     *
     * @param symbols receives for each window where in the stream the symbols of each of its calls begin
     * @return where the next wave begins
     */
    private int places(List<FixedPolicy> windows, int[][] symbols, int first) {
        int most = 0;
        for (int t = 0; t < symbols.length; t++) {
            symbols[t] = new int[windows.get(t).calls()];
            most = Math.max(most, symbols[t].length);
        }
        int next = first;
        for (int call = 0; call < most; call++) {
            for (int t = 0; t < symbols.length; t++) {
                if (call < symbols[t].length) {
                    symbols[t][call] = next;
                    next += calls.symbols(windows.get(t), call);
                }
            }
        }
        return next;
    }

    /** The values of a window of an image, with the padding value where the image has none. */
    private int[] item(Item image, int layer, ImageTiling.Tile tile) {
        int imageHeight = image.shape()[0];
        int imageWidth = image.shape()[1];
        int[] item = new int[height * width * channels];
        Arrays.fill(item, paddingValue);
        int rows = Math.min(height, imageHeight);
        int values = Math.min(width, imageWidth) * channels;
        for (int row = 0; row < rows; row++) {
            int from = ((layer * imageHeight + tile.y().start() + row) * imageWidth
                            + tile.x().start())
                    * channels;
            System.arraycopy(image.values(), from, item, row * width * channels, values);
        }
        return item;
    }

    @Override
    public List<byte[]> encode(List<Item> images, IntConsumer progress) {
        images.forEach(this::check);
        return calls.encode(images, progress, this::parts);
    }

    @Override
    public List<Optional<int[]>> decode(List<ArchivedItem> images, IntConsumer progress) {
        return calls.decode(images, progress, this::decode);
    }

    private int[] decode(Generation generation, ArchivedItem coded, Runnable windowDone) throws Exception {
        int[] shape = coded.shape();
        if (shape.length != 3
                || shape[0] < 1
                || shape[1] < 1
                || shape[2] < 1
                || !calls.holds(units(shape[0], shape[1], shape[2]))) {
            throw WindowCalls.damaged("its size cannot be");
        }
        AnsStack stack = WindowCalls.open(coded);
        ImageTiling tiling = tiling(shape[0], shape[1]);
        Map<ImageTiling.Kind, FixedPolicy> policies = new HashMap<>();
        // Rasters are put together when all is decoded: until then their size is only a claim.
        List<DecodedTiles> rasters = new ArrayList<>();
        for (int layer = 0; layer < shape[2]; layer++) {
            DecodedTiles raster = new DecodedTiles(tiling, channels);
            for (int wave = 0; wave < tiling.waves(); wave++) {
                List<ImageTiling.Tile> tiles = tiling.wave(wave);
                decode(generation, tiles, policies, raster, stack, windowDone);
            }
            rasters.add(raster);
        }
        int size = shape[0] * shape[1] * channels;
        int[] values = new int[Math.multiplyExact(shape[2], size)];
        for (int layer = 0; layer < rasters.size(); layer++) {
            rasters.get(layer).copyTo(values, layer * size);
        }
        CheckedStream.close(stack, CheckedStream.checkOf(coded.side(), shape, values));
        return values;
    }

    /** Decodes the windows of a wave. */
    private void decode(
            Generation generation,
            List<ImageTiling.Tile> tiles,
            Map<ImageTiling.Kind, FixedPolicy> policies,
            DecodedTiles raster,
            AnsStack stack,
            Runnable windowDone)
            throws Exception {
        List<Walk> walks = new ArrayList<>();
        for (ImageTiling.Tile tile : tiles) {
            int[] item = new int[height * width * channels];
            raster.known(tile, item, width, paddingValue);
            walks.add(generation.walk(item, policy(policies, tile)));
        }
        List<Walk> active = new ArrayList<>(walks);
        while (!active.isEmpty()) {
            for (int from = 0; from < active.size(); from += MOST_TOGETHER) {
                Walk.advance(
                        active.subList(from, Math.min(active.size(), from + MOST_TOGETHER)),
                        (distribution, symbol) -> WindowCalls.pop(stack, distribution));
            }
            for (Walk walk : active) {
                if (!walk.more()) {
                    windowDone.run();
                }
            }
            active.removeIf(walk -> !walk.more());
        }
        for (int t = 0; t < walks.size(); t++) {
            raster.put(tiles.get(t), walks.get(t).item(), width);
        }
    }

    @Override
    public List<double[]> unitBits(List<Item> images, IntConsumer progress) {
        images.forEach(this::check);
        return calls.unitBits(images, progress, this::parts);
    }

    /** Which unit of the image a unit of a window is that begins in a row, counted over all layers, and a column. */
    private int unit(Item image, int top, int left, int unit) {
        int pixel = unit / unitsPerPixel;
        int y = top + pixel / width;
        int x = left + pixel % width;
        return (y * image.shape()[1] + x) * unitsPerPixel + unit % unitsPerPixel;
    }
}
