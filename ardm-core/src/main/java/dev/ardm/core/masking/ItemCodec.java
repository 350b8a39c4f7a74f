package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.Codec;
import dev.ardm.coding.Distribution;
import dev.ardm.core.plan.MaskingPlan;
import dev.ardm.core.plan.Order;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.List;

/** Pushes and pops items one symbol after another; pop inverts push exactly. For one thread. */
final class ItemCodec implements Codec<int[]> {
    private final Generation generation;
    private final Process process;
    private final MaskingPlan plan;
    private final Order order;

    ItemCodec(Generation generation, Process process, MaskingPlan plan) {
        this.generation = generation;
        this.process = process;
        this.plan = plan;
        this.order = plan.order(process);
    }

    @Override
    public void push(AnsStack stack, int[] item) {
        process.space().check(item);
        List<Distribution> distributions = new ArrayList<>();
        List<Integer> symbols = new ArrayList<>();
        boolean[] given = process.given().flags(process.units());
        int[] whole = item.clone();
        try {
            for (int call = 0; call < plan.schedule().calls(); call++) {
                generation.call(whole, given, order, plan.schedule(), call, (unit, stage, outputs, offset) -> generation
                        .distributions()
                        .code(outputs, offset, whole, unit, stage, (distribution, symbol) -> {
                            distributions.add(distribution);
                            symbols.add(symbol);
                            return symbol;
                        }));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        for (int i = distributions.size() - 1; i >= 0; i--) {
            stack.push(distributions.get(i), symbols.get(i));
        }
    }

    @Override
    public int[] pop(AnsStack stack) {
        int[] item = new int[process.space().dimensions()];
        try {
            generation.walk(
                    item,
                    new SequenceWindow.Task(process.given().flags(process.units()), order, plan.schedule()),
                    (law, symbol) -> stack.pop(law),
                    units -> {});
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return item;
    }
}
