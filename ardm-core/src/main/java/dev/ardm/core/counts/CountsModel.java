package dev.ardm.core.counts;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelId;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.exact.Kernels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model that counts what follows each context in the items that it learnt. Its file holds these items, compressed by itself:
 * the {@link Primer}. Opening the file makes the counts again, at 0.1 to 1 megabytes of items a second.
 */
public final class CountsModel implements Model {
    /** The largest primer, in symbols with one end an item. */
    public static final int MOST_SYMBOLS = 1 << 24;

    /** Memory that an open model takes for each symbol of its primer, about. */
    public static final int BYTES_PER_SYMBOL = 120;

    /** Version of the predictor. While it is 0, a later program may predict otherwise, and then refuses these models. */
    static final int VERSION = 0;

    static final String PRIMER = "primer";

    private final Space space;
    private final String data;
    private final int symbols;
    private final byte[] primer;
    private final Map<String, String> provenance;
    private final byte[] id;
    private final @Nullable Learnt learnt;

    /** @param learnt what comes of decoding the primer; null if it was not decoded yet */
    CountsModel(
            Space space,
            String data,
            int symbols,
            byte[] primer,
            Map<String, String> provenance,
            @Nullable Learnt learnt) {
        if (symbols < 0 || symbols > MOST_SYMBOLS) {
            throw new IllegalArgumentException("a primer of " + symbols + " symbols, the most are " + MOST_SYMBOLS);
        }
        this.space = requireSpace(space);
        this.data = data;
        this.symbols = symbols;
        this.primer = primer;
        this.provenance = Map.copyOf(provenance);
        this.learnt = learnt;
        this.id = ModelId.of(definitionJson(), tensors());
    }

    /**
     * Learns items.
     *
     * @param space of the items, of at most 256 categories, the same for all positions
     * @param data how files become items, as JSON of the data format; empty if the space suffices
     * @param items values; of any length, {@link #MOST_SYMBOLS} in all with one more for each item
     * @throws IllegalArgumentException if the space or an item does not fit, or they are too many
     */
    public static CountsModel learn(Space space, String data, List<int[]> items) {
        requireSpace(space);
        long symbols = 0;
        for (int[] item : items) {
            requireValues(space, item);
            symbols += item.length + 1L;
        }
        if (symbols > MOST_SYMBOLS) {
            throw new IllegalArgumentException("items of " + symbols
                    + " symbols with their ends; a model of counts learns at most " + MOST_SYMBOLS);
        }
        Learnt learnt = new Learnt();
        byte[] primer = Primer.encode(items, learnt);
        return new CountsModel(space, data, (int) symbols, primer, Map.of(), learnt);
    }

    private static Space requireSpace(Space space) {
        if (space.maxCategories() > SymbolPredictor.END) {
            throw new IllegalArgumentException("a model of counts takes values of at most " + SymbolPredictor.END
                    + " categories, not " + space.maxCategories());
        }
        for (int category : space.categories()) {
            if (category != space.maxCategories()) {
                throw new IllegalArgumentException("a model of counts takes values of one kind, not rows of columns");
            }
        }
        return space;
    }

    static void requireValues(Space space, int[] item) {
        for (int value : item) {
            if (value < 0 || value >= space.maxCategories()) {
                throw new IllegalArgumentException("value " + value + " is outside [0, " + space.maxCategories() + ")");
            }
        }
    }

    @Override
    public CountsFamily family() {
        return new CountsFamily();
    }

    @Override
    public int arithmetic() {
        return ArithmeticVersions.NEWEST;
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public String data() {
        return data;
    }

    @Override
    public String definitionJson() {
        ObjectNode json = DefinitionJson.JSON.createObjectNode();
        json.put("family", CountsFamily.KIND);
        json.put("arithmetic", arithmetic());
        DefinitionJson.putSpace(json, space);
        json.put("version", VERSION);
        json.put("symbols", symbols);
        json.put("primer", primer.length);
        DefinitionJson.putData(json, data);
        return DefinitionJson.JSON.writeValueAsString(json);
    }

    @Override
    public Map<String, Tensor> tensors() {
        float[] values = new float[primer.length];
        for (int k = 0; k < primer.length; k++) {
            values[k] = primer[k] & 0xFF;
        }
        return Map.of(PRIMER, new Tensor(new int[] {primer.length}, values, Type.U8));
    }

    @Override
    public Map<String, String> entries() {
        return Map.of();
    }

    @Override
    public Map<String, String> provenance() {
        return provenance;
    }

    @Override
    public CountsModel withProvenance(Map<String, String> entries) {
        return new CountsModel(space, data, symbols, primer, entries, learnt);
    }

    @Override
    public byte[] id() {
        return id.clone();
    }

    @Override
    public LikelihoodModel open(int threads) {
        try {
            Learnt ready =
                    learnt != null ? learnt : Primer.decode(primer, symbols).learnt();
            return new CountsLikelihood(this, ready, threads);
        } catch (DamagedException e) {
            // The id holds, so whoever wrote the file wrote a primer that is none.
            throw new IllegalArgumentException("the primer of the model cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public LikelihoodModel open(int threads, Kernels kernels) {
        return open(threads);
    }
}
