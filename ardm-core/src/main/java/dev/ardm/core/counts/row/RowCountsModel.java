package dev.ardm.core.counts.row;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model of rows of a table, or of other items of a fixed number of values, that counts which value of a column occurred with which
 * values of others. Its file holds rows, compressed by itself: the {@link RowPrimer}. Opening the file makes the counts again, at
 * some 200,000 values a second.
 */
public final class RowCountsModel implements Model {
    /** The most values of a row. */
    public static final int MOST_COLUMNS = 1 << 10;

    /** The most values that a model learns. */
    public static final int MOST_VALUES = 1 << 22;

    /** Version of the predictor. While it is 0, a later program may predict otherwise, and then refuses these models. */
    static final int VERSION = 0;

    static final String PRIMER = "primer";

    private final Space space;
    private final String data;
    private final int rows;
    private final byte[] primer;
    private final Map<String, String> provenance;
    private final byte[] id;
    private final @Nullable LearntRows learnt;

    /** @param learnt what comes of decoding the primer; null if it was not decoded yet */
    RowCountsModel(
            Space space,
            String data,
            int rows,
            byte[] primer,
            Map<String, String> provenance,
            @Nullable LearntRows learnt) {
        requireColumns(space);
        if (rows < 0 || rows > MOST_VALUES / space.dimensions()) {
            throw new IllegalArgumentException(rows + " rows of " + space.dimensions()
                    + " values; a model of counts learns at most " + MOST_VALUES + " values");
        }
        this.space = space;
        this.data = data;
        this.rows = rows;
        this.primer = primer;
        this.provenance = Map.copyOf(provenance);
        this.learnt = learnt;
        this.id = ModelId.of(definitionJson(), tensors());
    }

    /**
     * Learns rows: of more than {@link #MOST_VALUES} values as many, evenly from all.
     *
     * @param space of the rows, of at most {@link #MOST_COLUMNS} values
     * @param data how files become rows, as JSON of the data format; empty if the space suffices
     * @param rows values
     * @throws IllegalArgumentException if the space or a row does not fit
     */
    public static RowCountsModel learn(Space space, String data, List<int[]> rows) {
        return learn(space, data, rows, MOST_VALUES);
    }

    /** The same with another number of values that are learnt, at least those of one row. */
    static RowCountsModel learn(Space space, String data, List<int[]> rows, int mostValues) {
        requireColumns(space);
        rows.forEach(space::check);
        int[][] columns = LearntRows.columns(space, evenly(rows, mostValues / space.dimensions()));
        RowPrimer.Encoded encoded = RowPrimer.encode(space, columns, ArrangementChoice.of(space, columns));
        return new RowCountsModel(space, data, columns[0].length, encoded.bytes(), Map.of(), encoded.learnt());
    }

    private static void requireColumns(Space space) {
        if (space.dimensions() > MOST_COLUMNS) {
            throw new IllegalArgumentException("a model of counts takes rows of at most " + MOST_COLUMNS
                    + " values, not " + space.dimensions());
        }
    }

    private static List<int[]> evenly(List<int[]> rows, int most) {
        if (rows.size() <= most) {
            return rows;
        }
        List<int[]> some = new ArrayList<>(most);
        for (long k = 0; k < most; k++) {
            some.add(rows.get((int) (k * rows.size() / most)));
        }
        return some;
    }

    /** Number of rows that it learnt. */
    public int rows() {
        return rows;
    }

    @Override
    public RowCountsFamily family() {
        return new RowCountsFamily();
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
        json.put("family", RowCountsFamily.KIND);
        json.put("arithmetic", arithmetic());
        DefinitionJson.putSpace(json, space);
        json.put("version", VERSION);
        json.put("rows", rows);
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
    public RowCountsModel withProvenance(Map<String, String> entries) {
        return new RowCountsModel(space, data, rows, primer, entries, learnt);
    }

    @Override
    public byte[] id() {
        return id.clone();
    }

    @Override
    public LikelihoodModel open(int threads) {
        try {
            LearntRows ready = learnt != null ? learnt : RowPrimer.decode(space, primer, rows);
            return new RowLikelihood(this, new Conditions(space, ready), threads);
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
