package dev.ardm.core.counts.internal;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.ModelId;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.exact.Kernels;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A model whose file is a primer: the items that it learnt, coded by the model itself while it learns them. */
public abstract class PrimerModel implements Model {
    private static final String PRIMER = "primer";
    private static final String ITEMS = "items";
    private static final String VERSION = "version";

    private final Stored stored;
    private final byte[] id;

    /**
     * What is in the file.
     *
     * @param kind the family
     * @param version of the predictor
     * @param items how many are learnt
     */
    @SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
    public record Stored(
            String kind,
            int version,
            Space space,
            String data,
            int items,
            byte[] primer,
            Map<String, String> provenance) {
        /**
         * Reads it.
         *
         * @throws ModelFileException if there is no primer
         * @throws IllegalArgumentException if another version of the predictor is needed
         */
        public static Stored of(ModelContent content, String kind, int version) throws ModelFileException {
            int needed = content.definition().path(VERSION).asInt(-1);
            if (needed != version) {
                throw new IllegalArgumentException(
                        "needs version " + needed + " of the predictor of " + kind + ", this program knows " + version);
            }
            float[] values =
                    content.tensor(PRIMER, content.definition().path(PRIMER).asInt(-1));
            byte[] primer = new byte[values.length];
            for (int k = 0; k < primer.length; k++) {
                primer[k] = (byte) values[k];
            }
            return new Stored(
                    kind,
                    version,
                    DefinitionJson.space(content.definition()),
                    DefinitionJson.data(content.definition()),
                    content.definition().path(ITEMS).asInt(-1),
                    primer,
                    content.provenance());
        }

        /** With other provenance. */
        public Stored withProvenance(Map<String, String> entries) {
            return new Stored(kind, version, space, data, items, primer, entries);
        }
    }

    /** A model of what is in its file. */
    protected PrimerModel(Stored stored) {
        this.stored = stored;
        this.id = ModelId.of(definition(), tensors());
    }

    /** What is in its file. */
    protected final Stored stored() {
        return stored;
    }

    /** Number of items that it learnt. */
    public final int items() {
        return stored.items();
    }

    @Override
    public final int arithmetic() {
        return ArithmeticVersions.NEWEST;
    }

    @Override
    public final Space space() {
        return stored.space();
    }

    @Override
    public final String data() {
        return stored.data();
    }

    @Override
    public final String definitionJson() {
        return definition();
    }

    private String definition() {
        ObjectNode json = DefinitionJson.JSON.createObjectNode();
        json.put("family", stored.kind());
        json.put("arithmetic", ArithmeticVersions.NEWEST);
        DefinitionJson.putSpace(json, stored.space());
        json.put(VERSION, stored.version());
        json.put(ITEMS, stored.items());
        json.put(PRIMER, stored.primer().length);
        DefinitionJson.putData(json, stored.data());
        return DefinitionJson.JSON.writeValueAsString(json);
    }

    @Override
    public final Map<String, Tensor> tensors() {
        return Map.of(PRIMER, Tensor.of(stored.primer()));
    }

    @Override
    public final Map<String, String> entries() {
        return Map.of();
    }

    @Override
    public final Map<String, String> provenance() {
        return stored.provenance();
    }

    @Override
    public final byte[] id() {
        return id.clone();
    }

    /**
     * Opens the model, which decodes its primer if nobody has.
     *
     * @throws DamagedException if the primer is damaged
     */
    protected abstract LikelihoodModel opened(int threads) throws DamagedException;

    @Override
    public final LikelihoodModel open(int threads) {
        try {
            return opened(threads);
        } catch (DamagedException e) {
            throw unreadable(e);
        }
    }

    /** The id holds, so whoever wrote the file wrote a primer that is none. */
    protected static IllegalArgumentException unreadable(DamagedException e) {
        return new IllegalArgumentException("the primer of the model cannot be read: " + e.getMessage(), e);
    }

    @Override
    public final LikelihoodModel open(int threads, Kernels kernels) {
        return open(threads);
    }
}
