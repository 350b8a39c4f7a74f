package dev.ardm.core.network;

import static dev.ardm.core.network.CausalKernel.within;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sizes of a {@link CausalConvolutions}.
 *
 * @param width features of each place, in [1, 4096]
 * @param rows rows above that the first layer sees, in [0, 64]
 * @param reach places to each side that it sees, in [0, 1024]
 * @param slope of the wavefront in which places can be computed: no layer sees further to the right than it allows; in [1, 64]
 * @param extremes whether the first layer also sees which values are the least and which are (almost) the largest
 * @param predictor whether values are seen relative to predictions from those before and in units of the differences there, as suits
 *     photographs; the means and scales of mixtures are relative to these too
 * @param embedding width of an embedding of each value that the first layer also sees at the nearest places, at most 4096; 0 for
 *     none
 * @param blocks residual blocks, at most 256
 */
public record CausalConfig(
        int width,
        int rows,
        int reach,
        int slope,
        boolean extremes,
        boolean predictor,
        int embedding,
        List<Block> blocks)
        implements NetworkConfig {
    /** Sizes of a network without embeddings. */
    public CausalConfig(
            int width, int rows, int reach, int slope, boolean extremes, boolean predictor, List<Block> blocks) {
        this(width, rows, reach, slope, extremes, predictor, 0, blocks);
    }

    /** Rows above and places to each side of which embeddings are seen, at most. */
    private static final int EMBEDDED = 2;

    /**
     * A residual block: a convolution, an activation, and if there is a hidden width, an affine map back.
     *
     * @param rows rows above that are seen
     * @param reach places to each side that are seen; with no rows and no reach each place works on its own
     * @param dilation places from one tap to the next
     * @param hidden features between the convolution and the affine map, at most 16384; 0 for a convolution alone
     * @param gated whether the hidden features are gated (van den Oord et al. 2016, equation 2), instead of GELU
     * @param norm whether a layer norm comes first
     */
    public record Block(int rows, int reach, int dilation, int hidden, boolean gated, boolean norm) {
        /** Checks the sizes. */
        public Block {
            new CausalKernel(rows, reach, dilation, 1, true);
            within("hidden", hidden, 0, 16384);
            if (gated && hidden == 0) {
                throw new IllegalArgumentException("a gated block needs hidden features");
            }
        }

        /** A convolution alone, of neighbouring places. */
        public static Block convolution(int rows, int reach) {
            return new Block(rows, reach, 1, 0, false, false);
        }

        /** An affine map of each place. */
        public static Block pointwise() {
            return convolution(0, 0);
        }

        private void write(ObjectNode json) {
            json.put("rows", rows);
            json.put("reach", reach);
            json.put("dilation", dilation);
            json.put("hidden", hidden);
            json.put("gated", gated);
            json.put("norm", norm);
        }

        private static Block read(JsonNode json) {
            return new Block(
                    json.path("rows").asInt(-1),
                    json.path("reach").asInt(-1),
                    json.path("dilation").asInt(0),
                    json.path("hidden").asInt(-1),
                    json.path("gated").asBoolean(false),
                    json.path("norm").asBoolean(false));
        }
    }

    /** Checks the sizes. */
    public CausalConfig {
        within("width", width, 1, 4096);
        new CausalKernel(rows, reach, 1, slope, false);
        within("embedding", embedding, 0, 4096);
        if (predictor && (extremes || embedding > 0)) {
            throw new IllegalArgumentException("values relative to predictions have no extremes and no embedding");
        }
        within("number of blocks", blocks.size(), 0, 256);
        blocks = List.copyOf(blocks);
    }

    /** The places of which the first layer sees embeddings. */
    public CausalKernel embedded() {
        return new CausalKernel(Math.min(rows, EMBEDDED), Math.min(reach, EMBEDDED), 1, slope, false);
    }

    /** What the first layer sees. */
    public CausalKernel first() {
        return new CausalKernel(rows, reach, 1, slope, false);
    }

    @Override
    public void write(ObjectNode json) {
        json.put("width", width);
        json.put("rows", rows);
        json.put("reach", reach);
        json.put("slope", slope);
        json.put("extremes", extremes);
        json.put("predictor", predictor);
        if (embedding > 0) {
            json.put("embedding", embedding);
        }
        ArrayNode array = json.putArray("blocks");
        blocks.forEach(block -> block.write(array.addObject()));
    }

    /** Reads what {@link #write} wrote. */
    public static CausalConfig read(JsonNode json) {
        List<Block> blocks = new ArrayList<>();
        json.path("blocks").valueStream().forEach(block -> blocks.add(Block.read(block)));
        return new CausalConfig(
                json.path("width").asInt(0),
                json.path("rows").asInt(-1),
                json.path("reach").asInt(-1),
                json.path("slope").asInt(0),
                json.path("extremes").asBoolean(false),
                json.path("predictor").asBoolean(false),
                json.path("embedding").asInt(0),
                blocks);
    }
}
