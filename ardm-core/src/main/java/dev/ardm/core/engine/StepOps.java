package dev.ardm.core.engine;

import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Visibility;
import dev.ardm.exact.Epilogue;
import dev.ardm.exact.KeptKeys;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The operations at the places of one {@link Step}: arrays are {@code [1, 1, places, c]}. Causal convolutions store their input and read the
 * other taps where earlier steps stored them, causal attention its keys and values likewise; everything else works on each place by itself. Each result has the bits that it has on the
 * whole item. For networks of such operations only.
 */
final class StepOps extends ExactOps {
    private @Nullable Step step;
    /** Attentions of the step so far. */
    private int attentions;

    StepOps(ExactParameters parameters, Team team) {
        super(parameters, team, ArrayPool.rounding());
    }

    void begin(Step next) {
        step = next;
        attentions = 0;
    }

    @Override
    public ExactArray causalConv2d(ExactArray x, CausalConv2d layer) {
        return convolved(x, layer, layer.kernel(), layer.in(), layer.out(), Epilogue.NONE);
    }

    @Override
    public ExactArray causalConv2dAdd(ExactArray x, CausalConv2d layer, ExactArray residual) {
        Epilogue add = Epilogue.add(residual.values(), 0, layer.out());
        return convolved(x, layer, layer.kernel(), layer.in(), layer.out(), add);
    }

    @Override
    public ExactArray conv1d(ExactArray x, Conv1d layer) {
        return convolved(x, layer, CausalKernel.of(layer), layer.in(), layer.out(), Epilogue.NONE);
    }

    private ExactArray convolved(ExactArray x, Layer layer, CausalKernel kernel, int in, int out, Epilogue epilogue) {
        Step now = Objects.requireNonNull(step, "no step has begun");
        int rows = now.rows();
        ExactArray result = array(1, 1, rows, out);
        if (kernel.taps() == 1 && kernel.self()) {
            products().rows(x.values(), rows, layer, result, 0, epilogue);
            return result;
        }
        int depth = kernel.taps() * in;
        ExactArray patches = array(1, 1, rows, depth);
        int read = 0;
        int row = 0;
        for (int n = 0; n < now.items().size(); n++) {
            CausalGrid grid = now.items().get(n).grid(layer, kernel, in);
            for (int place : kernel.self() ? now.places()[n] : now.revealed()[n]) {
                grid.put(place, x.values(), read);
                read += in;
            }
            for (int place : now.places()[n]) {
                grid.gather(place, patches.values(), row++ * depth);
            }
        }
        products().rows(patches.values(), rows, layer, result, 0, epilogue);
        return result;
    }

    private static UnsupportedOperationException mixes(String operation) {
        return new UnsupportedOperationException(operation + " needs whole items");
    }

    @Override
    public ExactArray conv2d(ExactArray x, Conv2d layer) {
        throw mixes("conv2d");
    }

    @Override
    public ExactArray conv2dSilu(ExactArray x, Conv2d layer) {
        throw mixes("conv2d");
    }

    @Override
    public ExactArray conv2dAdd(ExactArray x, Conv2d layer, ExactArray residual) {
        throw mixes("conv2d");
    }

    @Override
    public ExactArray conv2dAddPerItem(ExactArray x, Conv2d layer, ExactArray perItem) {
        throw mixes("conv2d");
    }

    @Override
    public ExactArray joinUpsampled(ExactArray coarse, ExactArray skip, Conv2d layer) {
        throw mixes("joinUpsampled");
    }

    @Override
    public ExactArray groupNorm(ExactArray x, GroupNorm layer) {
        throw mixes("groupNorm");
    }

    @Override
    public ExactArray groupNormSilu(ExactArray x, GroupNorm layer) {
        throw mixes("groupNorm");
    }

    @Override
    public ExactArray groupNormSiluAt(ExactArray x, GroupNorm layer, int[] sites) {
        throw mixes("groupNorm");
    }

    @Override
    public ExactArray addPerItem(ExactArray x, ExactArray perItem) {
        throw mixes("addPerItem");
    }

    @Override
    public ExactArray addPerPlace(ExactArray x, Embedding table) {
        throw mixes("addPerPlace");
    }

    @Override
    public ExactArray zeroBeyond(ExactArray x, int @Nullable [] lengths) {
        if (lengths != null) {
            throw mixes("zeroBeyond");
        }
        return x;
    }

    /** Adds the keys and values of the step's places to those that are kept, and looks at all of them. */
    @Override
    public ExactArray attention(ExactArray q, ExactArray k, ExactArray v, int heads, Visibility visibility) {
        Step now = Objects.requireNonNull(step, "no step has begun");
        if (!visibility.causal()) {
            throw mixes("attention in both directions");
        }
        int index = attentions++;
        int width = k.last();
        KeptKeys[] kept = new KeptKeys[now.rows()];
        int[] seen = new int[now.rows()];
        int row = 0;
        for (int n = 0; n < now.items().size(); n++) {
            KeptKeys own = now.items().get(n).keys(index, heads, width / heads);
            for (int place : now.places()[n]) {
                if (place != own.tokens()) {
                    throw new IllegalStateException("place " + place + " after " + own.tokens() + " others");
                }
                own.add(k.values(), row * width, v.values(), row * width);
                kept[row] = own;
                seen[row++] = visibility.seen(n, place, place + 1);
            }
        }
        ExactArray out = array(q.shape());
        rows().run(row, width * (1 + Arrays.stream(seen).max().orElse(0)), (first, end, workspace) -> {
            for (int i = first; i < end; i++) {
                parameters()
                        .kernels()
                        .attention(q.values(), i * width, kept[i], seen[i], out.values(), i * width, workspace);
            }
        });
        return out;
    }

    @Override
    public ExactArray attentionAt(
            ExactArray x, Linear query, ExactArray k, ExactArray v, int heads, Visibility visibility, int[] sites) {
        throw mixes("attention");
    }
}
