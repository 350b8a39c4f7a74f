package dev.ardm.core.model;

import dev.ardm.core.Space;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Network;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.core.plan.Schedule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A trained model: what it is defined on, its network and weights, the schedules planned for it, and where it comes from.
 * Immutable.
 */
public final class Model {
    /**
     * Version of the arithmetic: anything that changes one bit of a logit or of a law is a new version, and all versions
     * keep decoding.
     */
    public static final int ARITHMETIC_VERSION = 1;

    private final Space space;
    private final NetworkConfig config;
    private final Network network;
    private final Weights weights;
    private final NavigableMap<Integer, Schedule> schedules;
    private final Map<String, String> provenance;
    private final byte[] id;

    /**
     * @param schedules planned schedules of the spread order by their number of calls; may be empty
     * @param provenance where the model comes from, for people: data, command, seed, figures
     */
    public Model(
            Space space,
            NetworkConfig config,
            Weights weights,
            Map<Integer, Schedule> schedules,
            Map<String, String> provenance) {
        this.space = space;
        this.config = config;
        this.network = config.network(space);
        this.weights = weights;
        this.schedules = Collections.unmodifiableNavigableMap(new TreeMap<>(schedules));
        this.provenance = Map.copyOf(provenance);
        this.id = computeId();
    }

    /** SHA-256 over all that determines decoding: arithmetic version, definition, and every weight as binary32. */
    private byte[] computeId() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        digest.update(ModelFile.definition(space, config).getBytes(StandardCharsets.UTF_8));
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                float[] values = weights.get(parameter.name());
                if (values.length != parameter.size()) {
                    throw new IllegalArgumentException("parameter " + parameter.name() + " has " + values.length
                            + " values, expected " + parameter.size());
                }
                digest.update((byte) 0);
                digest.update(parameter.name().getBytes(StandardCharsets.UTF_8));
                ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                digest.update(bytes.array());
            }
        }
        return digest.digest();
    }

    /** What it is defined on. */
    public Space space() {
        return space;
    }

    /** Kind and sizes of the network. */
    public NetworkConfig config() {
        return config;
    }

    /** The network. */
    public Network network() {
        return network;
    }

    /** The weights. */
    public Weights weights() {
        return weights;
    }

    /** Planned schedules by their number of calls. */
    public NavigableMap<Integer, Schedule> schedules() {
        return schedules;
    }

    /** Where it comes from. */
    public Map<String, String> provenance() {
        return provenance;
    }

    /** SHA-256 over all that determines decoding: 32 bytes. */
    public byte[] id() {
        return id.clone();
    }

    /** The id in hexadecimal. */
    public String idText() {
        return HexFormat.of().formatHex(id);
    }

    /** The best schedule of at most {@code calls} calls: a planned one if there is one, else an even one. */
    public Schedule schedule(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("at least one network call is needed, got " + calls);
        }
        if (calls >= space.dimensions()) {
            return Schedule.full(space.dimensions());
        }
        var planned = schedules.floorEntry(calls);
        // A plan for far fewer calls would waste the budget.
        return planned != null && 4 * planned.getKey() >= 3 * calls
                ? planned.getValue()
                : Schedule.even(space.dimensions(), calls);
    }

    /** This model with other schedules. */
    public Model withSchedules(Map<Integer, Schedule> planned) {
        return new Model(space, config, weights, planned, provenance);
    }

    /** This model with other provenance. */
    public Model withProvenance(Map<String, String> entries) {
        return new Model(space, config, weights, schedules, entries);
    }
}
