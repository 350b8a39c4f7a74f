package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.call.SymbolIntervals;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Process;
import java.util.List;
import java.util.function.IntConsumer;

/** Codes items of a causal network as records: all have the values of the space, so none needs an end. */
final class CausalRecords extends NetworkRecords {
    private final Evaluator evaluator;
    private final Process process;
    private final FixedPolicy policy;

    /** @param plan of sequential calls */
    CausalRecords(Evaluator evaluator, MaskingPlan plan) {
        super(evaluator);
        this.evaluator = evaluator;
        this.process = evaluator.process();
        this.policy = FixedPolicy.of(process, plan);
    }

    @Override
    public List<Symbols> encode(List<int[]> records, IntConsumer progress) {
        records.forEach(process.space()::check);
        return evaluator.map(records.size(), progress, (generation, k) -> {
            int[] values = records.get(k).clone();
            SymbolIntervals intervals = new SymbolIntervals(policy.steps() * generation.symbols(0));
            int[] begin = {0};
            for (int number = 0; number < generation.evaluations(policy); number++) {
                int first = generation.firstSymbol(policy, begin, number);
                generation.evaluation(values, policy, number).code(values, intervals.from(first));
            }
            return intervals::push;
        });
    }

    @Override
    Growing begin(Generation generation, int most) {
        Walk walk = generation.walk(new int[process.space().dimensions()], policy);
        return new Growing() {
            @Override
            public Walk walk() {
                return walk;
            }

            @Override
            public boolean decode(Call call, AnsStack stack) throws DamagedException {
                walk.decide(call, (distribution, symbol) -> WindowCalls.pop(stack, distribution));
                return walk.more();
            }

            @Override
            public int[] values() {
                return walk.item();
            }
        };
    }
}
