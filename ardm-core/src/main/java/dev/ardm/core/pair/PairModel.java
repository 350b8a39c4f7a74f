package dev.ardm.core.pair;

import dev.ardm.core.Space;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelParts;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.exact.Kernels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two models of the same items: one that stores and scores, samples unless it is {@linkplain LikelihoodModel#local local}, and may be one
 * that can only continue a beginning; and one that fills in whatever is missing, in any order. Its id is that of the first, so archives say which model they need, and the file of that
 * model alone opens them. Immutable.
 */
public final class PairModel implements Model {
    static final String STORING = "storing";
    static final String FILLING = "filling";

    private final PairFamily family;
    private final Model storing;
    private final Model filling;
    private final Map<String, String> provenance;
    private final String definition;

    /**
     * A pair.
     *
     * @param family which can read the parts
     * @param storing stores, scores and samples
     * @param filling does all else
     * @throws IllegalArgumentException if they are of different items, one is a pair, or of a family that cannot be read
     */
    public PairModel(PairFamily family, Model storing, Model filling, Map<String, String> provenance) {
        this.family = family;
        this.storing = part(STORING, storing);
        this.filling = part(FILLING, filling);
        if (!storing.space().equals(filling.space())) {
            throw new IllegalArgumentException(
                    "a pair of models of different items: " + storing.space() + " and " + filling.space());
        }
        if (!storing.data().equals(filling.data())) {
            throw new IllegalArgumentException("a pair of models that read files differently");
        }
        this.provenance = Map.copyOf(provenance);
        ObjectNode json = DefinitionJson.JSON.createObjectNode();
        json.put("family", PairFamily.KIND);
        json.put("arithmetic", arithmetic());
        json.set(STORING, DefinitionJson.JSON.readTree(storing.definitionJson()));
        json.set(FILLING, DefinitionJson.JSON.readTree(filling.definitionJson()));
        this.definition = DefinitionJson.JSON.writeValueAsString(json);
    }

    private Model part(String name, Model model) {
        String kind = model.family().kind();
        if (family.families().all().stream().noneMatch(known -> known.kind().equals(kind))) {
            throw new IllegalArgumentException(
                    "the part '" + name + "' of a pair is a model of the family '" + kind + "', which cannot be one");
        }
        return model;
    }

    /** The model that stores, scores and samples. */
    public Model storing() {
        return storing;
    }

    /** The model that fills in. */
    public Model filling() {
        return filling;
    }

    /** This pair with another part that fills in. */
    public PairModel withFilling(Model other) {
        return new PairModel(family, storing, other, provenance);
    }

    @Override
    public PairFamily family() {
        return family;
    }

    /** {@inheritDoc} The newer one of the parts'. */
    @Override
    public int arithmetic() {
        return Math.max(storing.arithmetic(), filling.arithmetic());
    }

    @Override
    public Space space() {
        return storing.space();
    }

    @Override
    public String data() {
        return storing.data();
    }

    @Override
    public String definitionJson() {
        return definition;
    }

    @Override
    public Map<String, Model> parts() {
        Map<String, Model> parts = new LinkedHashMap<>();
        parts.put(STORING, storing);
        parts.put(FILLING, filling);
        return parts;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(ModelParts.tensors(STORING, storing));
        tensors.putAll(ModelParts.tensors(FILLING, filling));
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>(ModelParts.entries(STORING, storing));
        entries.putAll(ModelParts.entries(FILLING, filling));
        return entries;
    }

    @Override
    public Map<String, String> provenance() {
        return provenance;
    }

    @Override
    public PairModel withProvenance(Map<String, String> entries) {
        return new PairModel(family, storing, filling, entries);
    }

    /** That of the part that stores: the other one does not determine what archives decode to, and has an id of its own in the file. */
    @Override
    public byte[] id() {
        return storing.id();
    }

    @Override
    public LikelihoodModel open(int threads) {
        return new PairLikelihood(this, storing.open(threads), filling.open(threads));
    }

    @Override
    public LikelihoodModel open(int threads, Kernels kernels) {
        return new PairLikelihood(this, storing.open(threads, kernels), filling.open(threads, kernels));
    }
}
