package dev.ardm.core.masking;

import dev.ardm.core.Space;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.LossComponentsJson;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelId;
import dev.ardm.core.model.ModelParts;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trained masking model: its space, network and weights, its planned schedules and measured costs, and its provenance.
 * Immutable.
 */
public final class MaskingModel implements Model {
    private final MaskingDefinition definition;
    private final Network network;
    private final Weights weights;
    private final NavigableMap<Integer, Schedule> schedules;
    private final @Nullable LossComponents lossComponents;
    private final int[] lengths;
    private final @Nullable CallCurve scheduleCosts;
    private final Map<String, String> provenance;
    private final Map<String, Tensor> tensors;
    private final byte[] id;

    /** A model of the order-agnostic process with categorical distributions. */
    public MaskingModel(
            Space space,
            NetworkConfig config,
            Weights weights,
            Map<Integer, Schedule> schedules,
            Map<String, String> provenance) {
        this(MaskingDefinition.of(space, config), weights, schedules, provenance);
    }

    /**
     * @param schedules planned schedules of the spread order, by the most calls that each may take; may be empty
     * @param provenance where the model comes from, for people: data, command, seed, figures
     * @throws IllegalArgumentException if a schedule does not fit the process, or the parts of the definition each other
     */
    public MaskingModel(
            MaskingDefinition definition,
            Weights weights,
            Map<Integer, Schedule> schedules,
            Map<String, String> provenance) {
        this(definition, weights, schedules, null, new int[0], null, provenance);
    }

    private MaskingModel(
            MaskingDefinition definition,
            Weights weights,
            Map<Integer, Schedule> schedules,
            @Nullable LossComponents lossComponents,
            int[] lengths,
            @Nullable CallCurve scheduleCosts,
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
        for (int length : lengths) {
            if (!network.ends() || length < 1 || length > space().dimensions()) {
                throw new IllegalArgumentException("items of " + length + " values for a model of " + space()
                        + (network.ends() ? "" : " without ends"));
            }
        }
        this.lossComponents = lossComponents;
        this.lengths = lengths.clone();
        this.scheduleCosts = scheduleCosts;
        this.schedules = Collections.unmodifiableNavigableMap(new TreeMap<>(schedules));
        this.provenance = Map.copyOf(provenance);
        this.tensors = tensors(definition, network, weights);
        this.id = ModelId.of(definition.json(), tensors);
    }

    /**
     * The masking model that a model is.
     *
     * @throws IllegalArgumentException if it is one of another family
     */
    public static MaskingModel of(Model model) {
        if (model instanceof MaskingModel masking) {
            return masking;
        }
        throw new IllegalArgumentException("this is for masking models, not for a model of the family '"
                + model.family().kind() + "'");
    }

    /** The masking model that an open model has. */
    public static MaskingModel of(LikelihoodModel model) {
        return of(model.model());
    }

    private static Map<String, Tensor> tensors(MaskingDefinition definition, Network network, Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                float[] values = weights.get(parameter.name());
                if (values.length != parameter.size()) {
                    throw new IllegalArgumentException("parameter " + parameter.name() + " has " + values.length
                            + " values, expected " + parameter.size());
                }
                tensors.put(parameter.name(), new Tensor(parameter.shape(), values, Type.F32));
            }
        }
        if (definition.counts() != null) {
            tensors.putAll(ModelParts.tensors(MaskingDefinition.COUNTS, definition.counts()));
        }
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public MaskingFamily family() {
        return new MaskingFamily();
    }

    @Override
    public int arithmetic() {
        return definition.arithmetic();
    }

    @Override
    public String data() {
        return definition.data();
    }

    @Override
    public String definitionJson() {
        return definition.json();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    @Override
    public Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        ObjectNode node = DefinitionJson.JSON.createObjectNode();
        schedules.forEach((calls, schedule) -> DefinitionJson.putInts(node, calls.toString(), schedule.starts()));
        entries.put(MaskingFamily.SCHEDULES, DefinitionJson.JSON.writeValueAsString(node));
        lossComponents()
                .ifPresent(curve -> entries.put(MaskingFamily.LOSS_COMPONENTS, LossComponentsJson.write(curve)));
        scheduleCosts().ifPresent(curve -> entries.put(MaskingFamily.SCHEDULE_COSTS, curve.json()));
        if (definition.counts() != null) {
            entries.putAll(ModelParts.entries(MaskingDefinition.COUNTS, definition.counts()));
        }
        if (lengths.length > 0) {
            entries.put(MaskingFamily.LENGTHS, DefinitionJson.JSON.writeValueAsString(lengths));
        }
        return entries;
    }

    @Override
    public LikelihoodModel open(int threads) {
        return open(new ArdmModel(this, threads));
    }

    @Override
    public LikelihoodModel open(int threads, Kernels kernels) {
        return open(new ArdmModel(this, threads, kernels));
    }

    private LikelihoodModel open(ArdmModel whole) {
        return definition.terminated() ? new TerminatedModel(whole.evaluator()) : whole;
    }

    @Override
    public Space space() {
        return definition.space();
    }

    /** How items are generated, those that contain their end with their end. */
    public Process process() {
        return definition.process();
    }

    /** Its definition, without weights. */
    public MaskingDefinition definition() {
        return definition;
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

    /**
     * Quantiles of the lengths of the items that it learnt from, each as likely as any other; none if all have all values of the
     * space. Not part of the id.
     */
    public int[] lengths() {
        return lengths.clone();
    }

    @Override
    public Map<String, String> provenance() {
        return provenance;
    }

    @Override
    public byte[] id() {
        return id.clone();
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

    /** What its schedules cost on held-out items, if that was measured. Not part of the id. */
    public Optional<CallCurve> scheduleCosts() {
        return Optional.ofNullable(scheduleCosts);
    }

    /** This model with other schedules, whose costs are not known. */
    public MaskingModel withSchedules(Map<Integer, Schedule> planned) {
        return new MaskingModel(definition, weights, planned, lossComponents, lengths, null, provenance);
    }

    /** This model with what its schedules cost; null if that is not known. */
    public MaskingModel withScheduleCosts(@Nullable CallCurve measured) {
        return new MaskingModel(definition, weights, schedules, lossComponents, lengths, measured, provenance);
    }

    /**
     * This model with loss components measured for it.
     *
     * @throws IllegalArgumentException if they have another number of steps or stages than the process
     */
    public MaskingModel withLossComponents(LossComponents measured) {
        return new MaskingModel(definition, weights, schedules, measured, lengths, scheduleCosts, provenance);
    }

    /**
     * This model with the lengths that samples may have.
     *
     * @throws IllegalArgumentException if one is not of the space, or items of the model have no ends
     */
    public MaskingModel withLengths(int[] measured) {
        return new MaskingModel(definition, weights, schedules, lossComponents, measured, scheduleCosts, provenance);
    }

    /** This model with other counts for its network, such as those of more items. */
    public MaskingModel withCounts(NextValueCounts counts) {
        MaskingDefinition told = definition.withCounts(counts);
        return new MaskingModel(told, weights, schedules, lossComponents, lengths, scheduleCosts, provenance);
    }

    @Override
    public MaskingModel withProvenance(Map<String, String> entries) {
        return new MaskingModel(definition, weights, schedules, lossComponents, lengths, scheduleCosts, entries);
    }
}
