package dev.ardm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.engine.Parallel;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * What several threads run adds nothing up in a float or double that they share: the order of the terms would be that of the threads. A task may write
 * results to places of its own, and whoever called it adds them in a written order.
 *
 * <p>Tasks are the lambdas, method references and classes for {@code Team.run}, {@code Parallel.map}, {@link Runnable} and {@link Callable}, and
 * the lambdas that these call through an interface. In them the rule finds every number that is read from a shared array, field or reference, goes
 * through arithmetic, and is written back to the same one, also by way of local variables. Shared is what a lambda captures, what a class of a task
 * has in its fields, what is static, and all that is reached from there; the context that {@code Parallel} hands to a task is not.
 *
 * <p>The rule asks for more than it must: it does not know that an element is touched by one task only. And there is what it cannot see: a sum in a
 * method that a task calls, one array under two names, and threads that are made in another way. {@link ThreadRulesTest} leaves no other way, and the
 * tests that compare numbers of threads bit by bit have the last word.
 */
class SharedSumsTest {
    private static List<String> offences(List<ClassNode> types) {
        List<String> offences = new ArrayList<>();
        for (Task task : Task.of(types)) {
            task.flow().forEach((instruction, operands) -> {
                String cell = written(task, instruction, operands);
                if (cell != null && reads(task, operands.get(operands.size() - 1), cell, false, new HashSet<>())) {
                    offences.add(task.flow().place(instruction));
                }
            });
        }
        return offences;
    }

    /** The shared cell that an instruction writes a number to, or null. */
    private static String written(Task task, AbstractInsnNode instruction, List<SourceValue> operands) {
        return switch (instruction.getOpcode()) {
            case Opcodes.FASTORE, Opcodes.DASTORE, Opcodes.AASTORE -> cell(task, operands.get(0), "[]");
            case Opcodes.PUTFIELD -> cell(task, operands.get(0), "." + ((FieldInsnNode) instruction).name);
            case Opcodes.PUTSTATIC -> field((FieldInsnNode) instruction);
            default ->
                atomic(instruction) && ((MethodInsnNode) instruction).name.matches("set|lazySet|setPlain|setRelease")
                        ? cell(task, operands.get(0), "()")
                        : null;
        };
    }

    private static boolean atomic(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && call.owner.startsWith("java/util/concurrent/atomic/");
    }

    private static String field(FieldInsnNode field) {
        return field.owner + "." + field.name;
    }

    /** The name of a cell in what a reference may point to, or null if it is not shared. */
    private static String cell(Task task, SourceValue reference, String suffix) {
        String path = path(task, reference, new HashSet<>());
        return path == null ? null : path + suffix;
    }

    /** How a reference is reached from something shared, or null. */
    private static String path(Task task, SourceValue reference, Set<AbstractInsnNode> seen) {
        for (AbstractInsnNode source : reference.insns) {
            if (!seen.add(source)) {
                continue;
            }
            String path = null;
            if (source instanceof VarInsnNode parameter) {
                path = parameter.var < task.shared() ? "#" + parameter.var : null;
            } else if (source.getOpcode() == Opcodes.GETSTATIC) {
                path = field((FieldInsnNode) source);
            } else {
                List<SourceValue> operands = task.flow().operands(source);
                String from = operands.isEmpty() ? null : path(task, operands.get(0), seen);
                if (from != null) {
                    path = switch (source.getOpcode()) {
                        case Opcodes.GETFIELD -> from + "." + ((FieldInsnNode) source).name;
                        case Opcodes.AALOAD -> from + "[]";
                        case Opcodes.CHECKCAST -> from;
                        // Accessors give what they are asked for; other methods give something new.
                        case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKEINTERFACE ->
                            operands.size() == 1 && !((MethodInsnNode) source).name.equals("clone")
                                    ? from + "." + ((MethodInsnNode) source).name + "()"
                                    : null;
                        default -> null;
                    };
                }
            }
            if (path != null) {
                return path;
            }
        }
        return null;
    }

    /** Whether a value comes from a cell by way of arithmetic. */
    private static boolean reads(
            Task task, SourceValue value, String cell, boolean arithmetic, Set<List<Object>> seen) {
        for (AbstractInsnNode source : value.insns) {
            if (!seen.add(List.of(source, arithmetic))) {
                continue;
            }
            List<SourceValue> operands = task.flow().operands(source);
            if (arithmetic && cell.equals(read(task, source, operands))) {
                return true;
            }
            boolean step = arithmetic(source);
            if (step || conversion(source)) {
                for (SourceValue operand : operands) {
                    if (reads(task, operand, cell, arithmetic || step, seen)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String read(Task task, AbstractInsnNode source, List<SourceValue> operands) {
        return switch (source.getOpcode()) {
            case Opcodes.FALOAD, Opcodes.DALOAD, Opcodes.AALOAD -> cell(task, operands.get(0), "[]");
            case Opcodes.GETFIELD -> cell(task, operands.get(0), "." + ((FieldInsnNode) source).name);
            case Opcodes.GETSTATIC -> field((FieldInsnNode) source);
            default -> atomic(source) ? cell(task, operands.get(0), "()") : null;
        };
    }

    private static boolean arithmetic(AbstractInsnNode source) {
        return switch (source.getOpcode()) {
            case Opcodes.FADD, Opcodes.FSUB, Opcodes.FMUL, Opcodes.FDIV -> true;
            case Opcodes.DADD, Opcodes.DSUB, Opcodes.DMUL, Opcodes.DDIV -> true;
            default ->
                Flow.calls(source, "java/lang/", Set.of("fma", "sum"))
                        || source instanceof MethodInsnNode call && call.owner.startsWith("jdk/incubator/vector/");
        };
    }

    private static boolean conversion(AbstractInsnNode source) {
        return switch (source.getOpcode()) {
            case Opcodes.FNEG, Opcodes.DNEG, Opcodes.F2D, Opcodes.D2F, Opcodes.CHECKCAST -> true;
            default ->
                source instanceof MethodInsnNode call
                        && call.owner.startsWith("java/lang/")
                        && call.name.matches("valueOf|\\w+Value|min|max|abs|sqrt|\\w+Bits|\\w+BitsTo\\w+");
        };
    }

    @Test
    void tasksAddNothingUpInWhatTheyShare() {
        List<ClassNode> types = Flow.decoding();
        Set<String> owners = new HashSet<>();
        Task.of(types).forEach(task -> owners.add(task.flow().owner().name));
        assertThat(owners)
                .contains(
                        "dev/ardm/core/engine/ExactOps",
                        "dev/ardm/core/engine/Products",
                        "dev/ardm/core/engine/ExactEngine$Worker",
                        "dev/ardm/core/engine/Parallel",
                        "dev/ardm/core/model/LikelihoodModel");
        assertThat(offences(types)).isEmpty();
    }

    /** The lambdas that are tasks only through an interface of the class. */
    @Test
    void rangesAreTasks() {
        assertThat(Task.of(Flow.decoding()).stream()
                        .filter(task -> task.flow().owner().name.equals("dev/ardm/core/engine/ExactOps"))
                        .flatMap(task ->
                                List.of(task.flow().method().instructions.toArray()).stream())
                        .filter(instruction -> Flow.calls(instruction, "dev/ardm/exact/Kernels", Set.of("silu"))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offences.CapturedArray.class,
                Offences.ThroughLocals.class,
                Offences.ByFma.class,
                Offences.InTheThisOfALambda.class,
                Offences.ThroughAnAccessor.class,
                Offences.StaticField.class,
                Offences.Reference.class,
                Offences.Boxed.class,
                Offences.ByMethodReference.class,
                Offences.ClassOfATask.class,
                Offences.NestedInterface.class,
            })
    void anOffenceIsCaught(Class<?> offender) {
        assertThat(offences(List.of(Flow.read(offender)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {Innocent.class, InnocentTask.class})
    void placesOfOnesOwnPass(Class<?> innocent) {
        List<ClassNode> types = List.of(Flow.read(innocent));
        assertThat(Task.of(types)).isNotEmpty();
        assertThat(offences(types)).isEmpty();
    }

    private static AutoCloseable context(int threads) {
        return () -> {};
    }

    /** What must pass. Never run. */
    static final class Innocent {
        static final class Context implements AutoCloseable {
            final float[] buffer = new float[1];
            float sum;

            @Override
            public void close() {}
        }

        void of(float[] a, float[] b, float[] out, int[] count) {
            Parallel.map(4, out.length, threads -> new Context(), (context, i) -> {
                float[] own = new float[1];
                for (float value : a) {
                    own[0] += value;
                    context.buffer[0] += value;
                    context.sum += value;
                    count[0]++;
                }
                out[i] = a[i] + b[i] * own[0];
                return out[i];
            });
        }

        /** Not a task. */
        void sum(float[] a, float[] out) {
            for (float value : a) {
                out[0] += value;
            }
        }
    }

    /** What must pass. Never run. */
    record InnocentTask(float[] x, float[] out, int place) implements Runnable {
        @Override
        public void run() {
            float sum = 0;
            for (float value : x) {
                sum += value;
            }
            out[place] = sum;
        }
    }

    /** What must not pass. Never run. */
    static final class Offences {
        static final class CapturedArray {
            void of(float[] x, float[] total) {
                Parallel.map(4, x.length, SharedSumsTest::context, (context, i) -> total[0] += x[i]);
            }
        }

        static final class ThroughLocals {
            Runnable of(double[] x, double[] total) {
                return () -> {
                    double sum = total[0];
                    for (double value : x) {
                        sum -= value;
                    }
                    total[0] = sum;
                };
            }
        }

        static final class ByFma {
            Callable<String> of(float a, float b, float[] total) {
                return () -> {
                    total[0] = Math.fma(a, b, total[0]);
                    return "";
                };
            }
        }

        static final class InTheThisOfALambda {
            private double total;

            Runnable of(double x) {
                return () -> total += x;
            }
        }

        static final class ThroughAnAccessor {
            record Holder(float[] values) {}

            Runnable of(Holder holder, int i, float x) {
                return () -> holder.values()[i] *= x;
            }
        }

        static final class StaticField {
            private static float total;

            Runnable of(float x) {
                return () -> total += x;
            }
        }

        static final class Reference {
            Runnable of(AtomicReference<Double> total, double x) {
                return () -> total.set(total.get() + x);
            }
        }

        static final class Boxed {
            Runnable of(Float[] total, float x) {
                return () -> total[0] += x;
            }
        }

        static final class ByMethodReference {
            private float total;

            Runnable of() {
                return this::more;
            }

            private void more() {
                total = total + 1;
            }
        }

        static final class ClassOfATask implements Runnable {
            private double total;

            @Override
            public void run() {
                total += 1;
            }
        }

        static final class NestedInterface {
            interface Range {
                void run(int first);
            }

            void of(float[] x, float[] total) {
                share(first -> total[0] += x[first]);
            }

            private void share(Range range) {
                Parallel.map(4, 9, SharedSumsTest::context, (context, i) -> {
                    range.run(i);
                    return i;
                });
            }
        }
    }
}
