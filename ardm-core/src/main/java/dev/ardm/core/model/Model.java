package dev.ardm.core.model;

import dev.ardm.core.Space;
import dev.ardm.core.arithmetic.Arithmetic;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Network;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.core.plan.LossComponents;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained model: its space, network and weights, its planned schedules, and its provenance.
 * Immutable.
 */
public final class Model {
    private final ModelDefinition definition;
    private final Network network;
    private final Weights weights;
    private final NavigableMap<Integer, Schedule> schedules;
    private final @Nullable LossComponents lossComponents;
    private final Map<String, String> provenance;
    private final byte[] id;

    /** A model of the order-agnostic process with categorical distributions. */
    public Model(
            Space space,
            NetworkConfig config,
            Weights weights,
            Map<Integer, Schedule> schedules,
            Map<String, String> provenance) {
        this(ModelDefinition.of(space, config), weights, schedules, provenance);
    }

    /**
     * @param schedules planned schedules of the spread order, by the most calls that each may take; may be empty
     * @param provenance where the model comes from, for people: data, command, seed, figures
     * @throws IllegalArgumentException if a schedule does not fit the process, or the parts of the definition each other
     */
    public Model(
            ModelDefinition definition,
            Weights weights,
            Map<Integer, Schedule> schedules,
            Map<String, String> provenance) {
        this(definition, weights, schedules, null, provenance);
    }

    private Model(
            ModelDefinition definition,
            Weights weights,
            Map<Integer, Schedule> schedules,
            @Nullable LossComponents lossComponents,
            Map<String, String> provenance) {
        this.definition = definition;
        this.network = definition.buildNetwork();
        this.weights = weights;
        for (Map.Entry<Integer, Schedule> planned : schedules.entrySet()) {
            Schedule schedule = planned.getValue();
            if (schedule.calls() > planned.getKey()) {
                throw new IllegalArgumentException(
                        "the schedule of " + planned.getKey() + " calls takes " + schedule.calls());
            }
            if (schedule.steps() != process().steps()
                    || !schedule.hasStages(process().stages())) {
                throw new IllegalArgumentException("a schedule of " + schedule.steps() + " steps for "
                        + process().steps() + " steps in " + process().stages() + " stages");
            }
        }
        if (lossComponents != null
                && (lossComponents.steps() != process().steps()
                        || lossComponents.stages() != process().stages())) {
            throw new IllegalArgumentException("loss components of " + lossComponents.steps() + " steps in "
                    + lossComponents.stages() + " stages for " + process().steps() + " steps in "
                    + process().stages() + " stages");
        }
        this.lossComponents = lossComponents;
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
        digest.update(DefinitionJson.write(definition).getBytes(StandardCharsets.UTF_8));
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

    /** The space of the items. */
    public Space space() {
        return definition.space();
    }

    /** How items are generated. */
    public Process process() {
        return definition.process();
    }

    /** Its definition, without weights. */
    public ModelDefinition definition() {
        return definition;
    }

    /** The arithmetic that turns network outputs into integer distributions. */
    public Arithmetic arithmetic() {
        return ArithmeticVersions.of(definition.arithmetic());
    }

    /** Kind and sizes of the network. */
    public NetworkConfig config() {
        return definition.network();
    }

    /** The network. */
    public Network network() {
        return network;
    }

    /** The weights. */
    public Weights weights() {
        return weights;
    }

    /** Planned schedules by the most calls that each may take; the cheapest of 128 calls may take fewer. */
    public NavigableMap<Integer, Schedule> schedules() {
        return schedules;
    }

    /**
     * The measured loss components, which give the cost of any schedule for random orders; empty if not measured. Not part of
     * the id.
     */
    public Optional<LossComponents> lossComponents() {
        return Optional.ofNullable(lossComponents);
    }

    /** Its provenance. */
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

    /**
     * The best schedule of at most {@code calls} calls: a planned one if it exists, otherwise an even one. It has at least one call
     * per stage; for a causal model always all calls.
     */
    public Schedule schedule(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("at least 1 network call is needed, got " + calls);
        }
        if (calls >= process().steps() || process().causal()) {
            return Schedule.full(process().steps());
        }
        var planned = schedules.floorEntry(calls);
        // A plan for far fewer calls would waste the budget.
        return planned != null && 4 * planned.getKey() >= 3 * calls
                ? planned.getValue()
                : Schedule.even(process().stages(), process().generatedUnits(), calls);
    }

    /** This model with other schedules. */
    public Model withSchedules(Map<Integer, Schedule> planned) {
        return new Model(definition, weights, planned, lossComponents, provenance);
    }

    /**
     * This model with loss components measured for it.
     *
     * @throws IllegalArgumentException if they have another number of steps or stages than the process
     */
    public Model withLossComponents(LossComponents measured) {
        return new Model(definition, weights, schedules, measured, provenance);
    }

    /** This model with other provenance. */
    public Model withProvenance(Map<String, String> entries) {
        return new Model(definition, weights, schedules, lossComponents, entries);
    }
}
