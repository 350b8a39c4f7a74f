package dev.ardm.core.frequencies;

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
import tools.jackson.databind.node.ObjectNode;

/**
 * How often each variable has each value.
 *
 * @param precision of the integer distributions, in bits
 * @param counts of each value of each variable, of the first variable first; whole numbers
 * @param items number of items that were counted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrequenciesModel(
        Space space, int precision, String data, float[] counts, int items, Map<String, String> provenance)
        implements Model {
    static final String COUNTS = "counts";
    static final String COUNTED = "counted";

    FrequenciesModel {
        if (precision < 8 || precision > 24) {
            throw new IllegalArgumentException("precision must be in [8, 24], got " + precision);
        }
    }

    /** Counts items, each value once more than it occurs. */
    static FrequenciesModel count(Space space, List<int[]> items) {
        float[] counts = new float[space.dimensions() * space.maxCategories()];
        for (int i = 0; i < space.dimensions(); i++) {
            for (int value = 0; value < space.categories(i); value++) {
                counts[i * space.maxCategories() + value] = 1;
            }
            for (int[] item : items) {
                counts[i * space.maxCategories() + item[i]]++;
            }
        }
        return new FrequenciesModel(space, 24, "", counts, items.size(), Map.of("made", "in a test"));
    }

    long[] weights(int variable) {
        long[] weights = new long[space.categories(variable)];
        for (int value = 0; value < weights.length; value++) {
            weights[value] = (long) counts[variable * space.maxCategories() + value];
        }
        return weights;
    }

    @Override
    public FrequenciesFamily family() {
        return new FrequenciesFamily();
    }

    @Override
    public int arithmetic() {
        return ArithmeticVersions.NEWEST;
    }

    @Override
    public String definitionJson() {
        ObjectNode json = DefinitionJson.JSON.createObjectNode();
        json.put("family", FrequenciesFamily.KIND);
        json.put("arithmetic", arithmetic());
        DefinitionJson.putSpace(json, space);
        json.put("precision", precision);
        DefinitionJson.putData(json, data);
        return DefinitionJson.JSON.writeValueAsString(json);
    }

    @Override
    public Map<String, Tensor> tensors() {
        return Map.of(COUNTS, new Tensor(new int[] {space.dimensions(), space.maxCategories()}, counts, Type.F32));
    }

    @Override
    public Map<String, String> entries() {
        return items == 0 ? Map.of() : Map.of(COUNTED, "{\"items\":" + items + "}");
    }

    @Override
    public FrequenciesModel withProvenance(Map<String, String> other) {
        return new FrequenciesModel(space, precision, data, counts, items, other);
    }

    @Override
    public byte[] id() {
        return ModelId.of(definitionJson(), tensors());
    }

    @Override
    public LikelihoodModel open(int threads) {
        return new FrequenciesLikelihood(this);
    }

    @Override
    public LikelihoodModel open(int threads, Kernels kernels) {
        return open(threads);
    }
}
