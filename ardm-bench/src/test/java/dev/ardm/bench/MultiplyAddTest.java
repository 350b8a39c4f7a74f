package dev.ardm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Where a product enters a sum there is an fma, on every path: a product that is rounded before it is added gives other bits, and one that is written
 * so in one place and fused in another is how paths drift apart. The rule follows values in float, double and vectors through local variables, branches,
 * casts and negation within a method. It does not follow them through arrays, fields and other methods.
 */
class MultiplyAddTest {
    /** Methods that may, and why. They are written in one way only, and Java evaluates what is written. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "dev.ardm.core.RandomStream.nextGaussian", "initial weights, which a decoder never draws",
            "dev.ardm.core.engine.Cut.of", "compares ways to cut work, on which no bit depends",
            "dev.ardm.core.model.Estimate.of", "the standard error in a report");

    private static final Set<String> VECTORS = Set.of(
            "jdk/incubator/vector/Vector", "jdk/incubator/vector/FloatVector", "jdk/incubator/vector/DoubleVector");

    /** Where products are added, as class, method and line. */
    private static List<String> offences(ClassNode type, Set<String> excused) {
        List<String> offences = new ArrayList<>();
        for (Flow flow : Flow.of(type)) {
            flow.forEach((instruction, operands) -> {
                if (is(flow, instruction, Set.of("add", "sub"), Set.of("ADD", "SUB"))
                        && operands.stream().anyMatch(value -> product(flow, value, new HashSet<>()))) {
                    if (EXCEPTIONS.containsKey(flow.name())) {
                        excused.add(flow.name());
                    } else {
                        offences.add(flow.place(instruction));
                    }
                }
            });
        }
        return offences;
    }

    /** Whether an instruction is an operation of numbers or vectors, by its name as a method and as an operator. */
    private static boolean is(Flow flow, AbstractInsnNode instruction, Set<String> names, Set<String> operators) {
        switch (instruction.getOpcode()) {
            case Opcodes.FADD, Opcodes.DADD, Opcodes.FSUB, Opcodes.DSUB -> {
                return names.contains("add");
            }
            case Opcodes.FMUL, Opcodes.DMUL -> {
                return names.contains("mul");
            }
            default -> {}
        }
        if (!(instruction instanceof MethodInsnNode call)) {
            return false;
        }
        if (call.owner.equals("java/lang/Float") || call.owner.equals("java/lang/Double")) {
            return names.contains("add") && call.name.equals("sum");
        }
        if (!VECTORS.contains(call.owner)) {
            return false;
        }
        return names.contains(call.name)
                || call.name.equals("lanewise")
                        && flow.operands(call).get(1).insns.stream()
                                .anyMatch(source ->
                                        source instanceof FieldInsnNode operator && operators.contains(operator.name));
    }

    private static boolean product(Flow flow, SourceValue value, Set<AbstractInsnNode> seen) {
        for (AbstractInsnNode source : value.insns) {
            if (!seen.add(source)) {
                continue;
            }
            if (is(flow, source, Set.of("mul"), Set.of("MUL"))) {
                return true;
            }
            boolean passes =
                    switch (source.getOpcode()) {
                        case Opcodes.FNEG, Opcodes.DNEG, Opcodes.F2D, Opcodes.D2F, Opcodes.CHECKCAST -> true;
                        default -> is(flow, source, Set.of("neg", "blend"), Set.of("NEG"));
                    };
            if (passes && flow.operands(source).stream().anyMatch(operand -> product(flow, operand, seen))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void productionCodeFusesWhatItAdds() {
        List<ClassNode> types = Flow.decoding();
        assertThat(types)
                .extracting(type -> type.name)
                .contains(
                        "dev/ardm/exact/VectorMath",
                        "dev/ardm/exact/ScalarMath",
                        "dev/ardm/core/network/TimeEmbedding",
                        "dev/ardm/coding/Distribution");
        Set<String> excused = new HashSet<>();
        List<String> offences = new ArrayList<>();
        types.forEach(type -> offences.addAll(offences(type, excused)));
        assertThat(offences).isEmpty();
        assertThat(excused).as("exceptions that are needed").isEqualTo(EXCEPTIONS.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offences.Plain.class,
                Offences.Compound.class,
                Offences.Subtracted.class,
                Offences.ThroughLocals.class,
                Offences.OnOneBranch.class,
                Offences.Negated.class,
                Offences.Widened.class,
                Offences.InLambda.class,
                Offences.BySum.class,
                Offences.OfVectors.class,
                Offences.OfGeneralVectors.class,
                Offences.OfMaskedVectors.class,
                Offences.Lanewise.class,
            })
    void anOffenceIsCaught(Class<?> offender) {
        assertThat(offences(Flow.read(offender), new HashSet<>()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(offender.getName() + ".");
    }

    @Test
    void whatIsFusedOrNotAddedPasses() {
        assertThat(offences(Flow.read(Fused.class), new HashSet<>())).isEmpty();
    }

    /** Before Java 17 an expression could be evaluated with a wider exponent. */
    private static boolean strict(ClassNode type) {
        return (type.version & 0xFFFF) >= Opcodes.V17;
    }

    @Test
    void everyClassHasStrictArithmetic() {
        assertThat(Flow.decoding()).isNotEmpty().allMatch(MultiplyAddTest::strict);
    }

    @Test
    void aClassWithoutStrictArithmeticIsCaught() {
        ClassNode old = new ClassNode();
        old.visit(Opcodes.V16, Opcodes.ACC_PUBLIC, "Old", null, "java/lang/Object", null);
        ClassWriter writer = new ClassWriter(0);
        old.accept(writer);
        ClassNode read = new ClassNode();
        new org.objectweb.asm.ClassReader(writer.toByteArray()).accept(read, 0);
        assertThat(strict(read)).isFalse();
    }

    /** What must pass. Never run. */
    static final class Fused {
        float fused(float a, float b, float c) {
            float product = a * b;
            float sum = Math.fma(product, b, c) + 1f;
            return sum * product;
        }

        /** A local variable that held a product and holds another number when it is added. */
        float reused(float a, float b) {
            float t = a * b;
            float out = Math.max(t, 0f);
            t = a;
            return t + out;
        }

        int integers(int a, int b, int c) {
            return a * b + c;
        }

        FloatVector vectors(FloatVector a, FloatVector b, FloatVector c) {
            return a.mul(b).fma(b, c).add(c).lanewise(VectorOperators.FMA, b, c);
        }
    }

    /** What must not pass. Never run. */
    static final class Offences {
        static final class Plain {
            float of(float a, float b, float c) {
                return a * b + c;
            }
        }

        static final class Compound {
            void of(double[] sum, double a, double b) {
                sum[0] += a * b;
            }
        }

        static final class Subtracted {
            float of(float a, float b, float c) {
                return c - a * b;
            }
        }

        static final class ThroughLocals {
            float of(float[] a, float[] b) {
                float sum = 0;
                for (int i = 0; i < a.length; i++) {
                    float term = a[i] * b[i];
                    float same = term;
                    sum += same;
                }
                return sum;
            }
        }

        static final class OnOneBranch {
            float of(float a, float b, float c) {
                float term = a;
                if (b > 0) {
                    term = a * b;
                }
                return term + c;
            }
        }

        static final class Negated {
            float of(float a, float b, float c) {
                return -(a * b) + c;
            }
        }

        static final class Widened {
            double of(float a, float b, double c) {
                return a * b + c;
            }
        }

        static final class InLambda {
            DoubleBinaryOperator of(double c) {
                return (a, b) -> c + a * b;
            }
        }

        static final class BySum {
            float of(float a, float b, float c) {
                return Float.sum(a * b, c);
            }
        }

        static final class OfVectors {
            FloatVector of(FloatVector a, FloatVector b, FloatVector c) {
                FloatVector product = a.mul(b);
                return c.add(product);
            }
        }

        static final class OfGeneralVectors {
            Vector<Double> of(Vector<Double> a, DoubleVector b) {
                return b.sub((DoubleVector) a.mul(b).neg());
            }
        }

        static final class OfMaskedVectors {
            FloatVector of(FloatVector a, float b, FloatVector c) {
                return a.mul(b).blend(1f, a.lt(0f)).add(c, a.lt(1f));
            }
        }

        static final class Lanewise {
            FloatVector of(FloatVector a, FloatVector b, FloatVector c) {
                return c.lanewise(VectorOperators.SUB, a.lanewise(VectorOperators.MUL, b));
            }
        }
    }
}
