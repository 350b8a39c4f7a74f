package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.Codec;
import dev.ardm.coding.Distribution;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Process;
import java.util.ArrayList;
import java.util.List;

/** Pushes and pops items one symbol after another; pop inverts push exactly. For one thread. */
final class ItemCodec implements Codec<int[]> {
    private final Generation generation;
    private final Process process;
    private final FixedPolicy policy;

    ItemCodec(Generation generation, Process process, MaskingPlan plan) {
        this.generation = generation;
        this.process = process;
        this.policy = FixedPolicy.of(process, plan);
    }

    @Override
    public void push(AnsStack stack, int[] item) {
        process.space().check(item);
        List<Distribution> distributions = new ArrayList<>();
        List<Integer> symbols = new ArrayList<>();
        int[] whole = item.clone();
        for (int number = 0; number < generation.evaluations(policy); number++) {
            generation.evaluation(whole, policy, number).code(whole, (distribution, symbol) -> {
                distributions.add(distribution);
                symbols.add(symbol);
                return symbol;
            });
        }
        for (int i = distributions.size() - 1; i >= 0; i--) {
            stack.push(distributions.get(i), symbols.get(i));
        }
    }

    @Override
    public int[] pop(AnsStack stack) {
        Walk walk = generation.walk(new int[process.space().dimensions()], policy);
        while (walk.more()) {
            walk.advance((distribution, symbol) -> stack.pop(distribution));
        }
        return walk.item();
    }
}
