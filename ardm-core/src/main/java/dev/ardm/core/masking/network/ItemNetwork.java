package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.LogisticMixture.Centre;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.Backbone;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Affine;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Ops;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network of partly known items: a stem makes features of what is known, a backbone works on them, and one layer makes the
 * outputs. The means of mixtures start where the known values around a value point, if the stem interpolates.
 */
final class ItemNetwork implements Network {
    /** Items that are evaluated side by side, at most: from there on products gain nothing. */
    private static final int MOST_TOGETHER = 32;

    /** Floats that convolutions keep of items that are evaluated side by side, at most. */
    private static final long MOST_KEPT = 1 << 24;

    /** Floats that attention keeps of them, at most: it reads all of them in each step, so they should stay in a cache. */
    private static final long MOST_READ = 1 << 21;

    private final Process process;
    private final OutputDistribution output;
    private final Stem stem;
    private final Backbone backbone;
    private final Affine head;
    private final List<Layer> layers = new ArrayList<>();

    /**
     * @throws IllegalArgumentException if the distribution does not fit the process
     */
    ItemNetwork(Process process, OutputDistribution output, Stem stem, Backbone backbone) {
        output.check(process);
        this.process = process;
        this.output = output;
        this.stem = stem;
        this.backbone = backbone;
        head = backbone.head(unitsPerPlace() * output.outputs());
        layers.addAll(stem.layers());
        layers.addAll(backbone.layers());
        layers.add(head);
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public OutputDistribution output() {
        return output;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public int unitsPerPlace() {
        return stem.variables() / process.unitSize();
    }

    @Override
    public String logitBias() {
        return head.name() + ".bias";
    }

    @Override
    public List<Embedding> positionTables() {
        return stem.positionTables();
    }

    @Override
    public List<Embedding> valueTables() {
        return space().scale() == Space.Scale.ORDERED ? stem.valueTables() : List.of();
    }

    @Override
    public boolean ends() {
        return stem.ends();
    }

    @Override
    public boolean counts() {
        return stem.counts();
    }

    @Override
    public boolean interpolates() {
        return stem.interpolates();
    }

    @Override
    public boolean contrasts() {
        return stem.contrasts();
    }

    @Override
    public <T> T logits(Ops<T> ops, NetworkInput input, int[] places) {
        int[] lengths = input.lengths();
        if (!anyLength() && (lengths != null || input.space().dimensions() != space().dimensions())) {
            throw new IllegalArgumentException("this network takes items of " + space() + " only, not shorter ones");
        }
        return outputs(ops, stem.features(ops, input, places), lengths);
    }

    @Override
    public boolean stepwise() {
        return stem.stepwise() && unitsPerPlace() == 1;
    }

    @Override
    public int together() {
        if (!stepwise()) {
            return 1;
        }
        long kept = 0;
        for (Layer layer : layers) {
            if (layer instanceof CausalConv2d convolution) {
                kept += convolution.in();
            } else if (layer instanceof Conv1d convolution) {
                kept += convolution.in();
            }
        }
        long places = process.units();
        long most = Math.min(MOST_KEPT / Math.max(1, kept * places), MOST_READ / Math.max(1, backbone.kept() * places));
        return (int) Math.max(1, Math.min(MOST_TOGETHER, most));
    }

    @Override
    public int slope() {
        return stem.slope();
    }

    @Override
    public <T> T logits(Ops<T> ops, StepInput step) {
        return outputs(ops, stem.features(ops, step), null);
    }

    private <T> T outputs(Ops<T> ops, Stem.Features<T> in, int @Nullable [] lengths) {
        T features = backbone.features(
                ops, in.x(), in.perItem(), in.sites(), in.rows().within(lengths));
        T outputs = head.apply(ops, features);
        Stem.Expert<T> expert = in.expert();
        if (expert != null) {
            T more = ops.scalePerPlace(expert.logits(), ops.linear(features, expert.strength()));
            outputs = ops.add(outputs, ops.add(expert.logits(), more));
        }
        Centre centre = in.centre();
        if (centre == null || !(output instanceof LogisticMixture mixture)) {
            return outputs;
        }
        int sites = in.sites().length;
        int width = unitsPerPlace() * output.outputs();
        float[] factors = mixture.factors(sites, stem.variables(), centre);
        if (factors != null) {
            outputs = ops.multiply(outputs, ops.input(factors, 1, 1, sites, width));
        }
        float[] centres = mixture.centred(sites, stem.variables(), process.unitSize(), centre);
        return ops.add(outputs, ops.input(centres, 1, 1, sites, width));
    }
}
