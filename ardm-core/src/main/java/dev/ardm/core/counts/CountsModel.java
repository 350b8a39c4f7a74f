package dev.ardm.core.counts;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelId;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.exact.Kernels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model that counts what follows each context in the items that it learnt. Its file holds one of two {@link CountsForm forms}:
 * these items, compressed by itself, the {@link Primer}, or counts that are worth their bytes, the {@link Entries}. Opening a
 * primer makes the counts again, at 0.2 to 2 megabytes of items a second; entries are ready at once.
 */
public final class CountsModel implements NextValueCounts {
    /** The largest primer, in symbols with one end an item: it takes 10 to 75 bytes of memory for each, 130 where they are random. */
    public static final int MOST_SYMBOLS = 1 << 24;

    /** Memory that an open model takes at most for each symbol of its primer, about. */
    public static final int BYTES_PER_SYMBOL = 130;

    /** How often the items are read while they are learnt, about. */
    public static final int PASSES = Contexts.ORDERS + 4;

    /** The most categories of a value. */
    public static final int MOST_CATEGORIES = SymbolPredictor.END;

    /** Version of the predictor. Golden archives hold it: a predictor that says anything else is another version. */
    static final int VERSION = 0;

    private final Space space;
    private final String data;
    private final CountsLearning.Stored stored;
    private final Map<String, String> provenance;
    private final byte[] id;

    CountsModel(Space space, String data, CountsLearning.Stored stored, Map<String, String> provenance) {
        if (stored.symbols() < 0 || stored.symbols() > MOST_SYMBOLS) {
            throw new IllegalArgumentException(
                    "a primer of " + stored.symbols() + " symbols, the most are " + MOST_SYMBOLS);
        }
        this.space = requireSpace(space);
        this.data = data;
        this.stored = stored;
        this.provenance = Map.copyOf(provenance);
        this.id = ModelId.of(definitionJson(), tensors());
    }

    /**
     * Learns items as a primer.
     *
     * @param space of the items, of at most 256 categories, the same for all positions
     * @param data how files become items, as JSON of the data format; empty if the space suffices
     * @param items values; of any length, {@link #MOST_SYMBOLS} in all with one more for each item
     * @throws IllegalArgumentException if the space or an item does not fit, or they are too many
     */
    public static CountsModel learn(Space space, String data, List<int[]> items) {
        CountsOptions primer = new CountsOptions(Optional.of(CountsForm.PRIMER), 0);
        return new CountsModel(
                space,
                data,
                CountsLearning.learn(requireSpace(space), items, primer, CountsLearning.AT_ONCE, Settings.COMMON),
                Map.of());
    }

    /**
     * Learns items.
     *
     * @param space of the items, of at most 256 categories, the same for all positions
     * @param data how files become items, as JSON of the data format; empty if the space suffices
     * @param items values; any number of any length, the same whenever they are read, which is several times: they need not be
     *     in memory
     * @throws IllegalArgumentException if the space or an item does not fit, or a primer is asked for and they are too many
     */
    public static CountsModel learn(Space space, String data, Iterable<int[]> items, CountsOptions options) {
        CountsLearning.Stored stored =
                CountsLearning.learn(requireSpace(space), items, options, CountsLearning.AT_ONCE, null);
        return new CountsModel(space, data, stored, Map.of());
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
        json.put("form", stored.form().text());
        if (stored.form() == CountsForm.PRIMER) {
            json.put("symbols", stored.symbols());
        }
        json.put("bytes", stored.bytes().length);
        DefinitionJson.putData(json, data);
        return DefinitionJson.JSON.writeValueAsString(json);
    }

    @Override
    public Map<String, Tensor> tensors() {
        return Map.of(stored.form().text(), Tensor.of(stored.bytes()));
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
        return new CountsModel(space, data, stored, entries);
    }

    @Override
    public byte[] id() {
        return id.clone();
    }

    @Override
    public LikelihoodModel open(int threads) {
        return new CountsLikelihood(this, ready(), threads);
    }

    @Override
    public List<int[]> learntItems() {
        return Collections.unmodifiableList(ready().items);
    }

    private Learnt ready() {
        try {
            return stored.ready();
        } catch (DamagedException e) {
            // The id holds, so whoever wrote the file wrote counts that are none.
            throw new IllegalArgumentException(
                    "the " + stored.form().text() + " of the model cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Supplier<NextValue> nextValues(boolean ends) {
        Learnt learnt = ready();
        int categories = space.maxCategories();
        return () -> new NextSymbol(new SymbolPredictor(learnt, categories, ends), categories);
    }

    /** What its file holds. */
    public CountsForm form() {
        return stored.form();
    }

    @Override
    public LikelihoodModel open(int threads, Kernels kernels) {
        return open(threads);
    }
}
