package dev.ardm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Arithmetic knows no threads, and in ardm-core the classes listed here only, with the means listed here only: five of them make threads, and none of
 * the means can add up floats or doubles. ardm-coding may lock what it wants, having nothing but integers ({@code IntegersOnlyTest}).
 * {@link SharedSumsTest} looks at what the threads run. What libraries do is not looked at; parallel streams are for {@link SameResultsEverywhereTest}.
 */
class ThreadRulesTest {
    /** Class and means, with what they are for. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            // Runs the pieces of an operation.
            Map.entry("dev.ardm.core.engine.Team", Set.of("Thread", "atomic.AtomicInteger", "locks.LockSupport")),
            // Runs independent tasks.
            Map.entry(
                    "dev.ardm.core.engine.Parallel",
                    Set.of(
                            "Thread",
                            "ThreadFactory",
                            "ExecutorService",
                            "Executors",
                            "Future",
                            "ExecutionException",
                            "CancellationException",
                            "atomic.AtomicInteger")),
            // Packs weights once.
            Map.entry("dev.ardm.core.engine.ExactParameters", Set.of("ConcurrentHashMap")),
            // Keeps logits that are the same whoever computes them.
            Map.entry("dev.ardm.core.model.FirstCall", Set.of("atomic.AtomicReference")),
            // Counts items and calls that are done.
            Map.entry("dev.ardm.core.model.LikelihoodModel", Set.of("atomic.AtomicInteger", "atomic.AtomicIntegerArray")),
            // Count windows, calls and documents that are done.
            Map.entry("dev.ardm.core.model.WindowCalls", Set.of("atomic.AtomicInteger", "atomic.AtomicIntegerArray")),
            Map.entry("dev.ardm.core.model.DocumentFiller", Set.of("atomic.AtomicInteger")),
            // Keeps decoders, for threads that take turns with them.
            Map.entry("dev.ardm.core.archive.PartDecoder", Set.of("ArrayBlockingQueue")),
            Map.entry("dev.ardm.core.archive.PartDecoders", Set.of("ConcurrentHashMap")),
            // Lets one reader at a time have the model's threads, and reads the names once.
            Map.entry("dev.ardm.core.archive.ItemArchive", Set.of("locks.ReentrantLock")),
            // Take items from any thread, and commit them on one.
            Map.entry("dev.ardm.core.archive.PendingItem", Set.of("CompletableFuture")),
            Map.entry(
                    "dev.ardm.core.archive.AppendQueue",
                    Set.of(
                            "Thread",
                            "CompletableFuture",
                            "LinkedBlockingQueue",
                            "TimeUnit",
                            "locks.Condition",
                            "locks.ReentrantLock")),
            Map.entry("dev.ardm.core.archive.ItemStore", Set.of("Thread", "CompletableFuture", "locks.LockSupport")),
            // Writes the store's file from one thread at a time, where no interrupt reaches it.
            Map.entry("dev.ardm.core.archive.StoreFile", Set.of("Thread", "TimeUnit", "locks.ReentrantLock")),
            Map.entry(
                    "dev.ardm.core.archive.Uninterrupted",
                    Set.of("Thread", "Callable", "FutureTask", "ExecutionException")));

    /** What may be called on shared numbers and references: nothing that takes a term or a function. */
    private static final Set<String> ATOMIC =
            Set.of("<init>", "get", "set", "getAndIncrement", "incrementAndGet", "decrementAndGet");

    private static final Set<String> ADDING = Set.of("merge", "compute", "computeIfPresent", "replaceAll");

    private static final Pattern MEANS = Pattern.compile("(?:^|[L(;\\[])(?:java/util/concurrent/|java/util/(?=Timer)"
            + "|java/lang/(?=Thread|InheritableThread)|java/lang/invoke/(?=VarHandle)|sun/misc/(?=Unsafe)"
            + "|jdk/internal/(?=misc))([\\w/]+)");

    /** The means of concurrency that each class uses, by its outermost class. */
    private static Map<String, Set<String>> means(List<ClassNode> types) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (ClassNode type : types) {
            Set<String> means = new TreeSet<>();
            for (String name : names(type)) {
                Matcher matcher = MEANS.matcher(name);
                while (matcher.find()) {
                    means.add(matcher.group(1).replace('/', '.'));
                }
            }
            for (MethodNode method : type.methods) {
                if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                    means.add("synchronized");
                }
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction.getOpcode() == Opcodes.MONITORENTER
                            || Flow.calls(instruction, "java/lang/Object", Set.of("wait", "notify", "notifyAll"))) {
                        means.add("synchronized");
                    }
                }
            }
            if (!means.isEmpty()) {
                String outermost = type.name.replace('/', '.').replaceAll("\\$.*", "");
                found.computeIfAbsent(outermost, name -> new TreeSet<>()).addAll(means);
            }
        }
        return found;
    }

    /** All names and descriptors of types in a class. */
    private static List<String> names(ClassNode type) {
        List<String> names = new ArrayList<>(type.interfaces);
        names.add(type.superName);
        for (FieldNode field : type.fields) {
            names.add(field.desc);
        }
        for (MethodNode method : type.methods) {
            names.add(method.desc);
            method.tryCatchBlocks.forEach(block -> names.add(block.type == null ? "" : block.type));
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof MethodInsnNode call) {
                    names.add(call.owner);
                    names.add(call.desc);
                } else if (instruction instanceof FieldInsnNode field) {
                    names.add(field.owner);
                    names.add(field.desc);
                } else if (instruction instanceof TypeInsnNode cast) {
                    names.add(cast.desc);
                } else if (instruction instanceof InvokeDynamicInsnNode lambda) {
                    names.add(lambda.desc);
                    handles(lambda).forEach(handle -> names.add(handle.getOwner()));
                }
            }
        }
        return names;
    }

    private static List<Handle> handles(InvokeDynamicInsnNode lambda) {
        List<Handle> handles = new ArrayList<>();
        for (Object argument : lambda.bsmArgs) {
            if (argument instanceof Handle handle) {
                handles.add(handle);
            }
        }
        return handles;
    }

    /** Calls, also by method references, that could add to what threads share. */
    private static List<String> additions(List<ClassNode> types) {
        List<String> found = new ArrayList<>();
        for (ClassNode type : types) {
            for (MethodNode method : type.methods) {
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction instanceof MethodInsnNode call && adds(call.owner, call.name)) {
                        found.add(type.name + ": " + call.owner + "." + call.name);
                    } else if (instruction instanceof InvokeDynamicInsnNode lambda) {
                        handles(lambda).stream()
                                .filter(handle -> adds(handle.getOwner(), handle.getName()))
                                .forEach(handle -> found.add(type.name + ": " + handle));
                    }
                }
            }
        }
        return found;
    }

    private static boolean adds(String owner, String name) {
        if (owner.startsWith("java/util/concurrent/atomic/")) {
            return !ATOMIC.contains(name);
        }
        boolean map = owner.equals("java/util/Map") || owner.matches("java/util/concurrent/Concurrent\\w*Map");
        return map && ADDING.contains(name)
                || owner.startsWith("java/util/concurrent/") && name.matches("reduce\\w*|(get|try)?[aA]ccumulate\\w*");
    }

    @Test
    void arithmeticKnowsNoThreads() {
        List<ClassNode> arithmetic = Flow.decoding().stream()
                .filter(type -> type.name.startsWith("dev/ardm/exact/"))
                .toList();
        assertThat(arithmetic).hasSizeGreaterThan(20);
        assertThat(means(arithmetic)).isEmpty();
    }

    /** Nothing more than is listed, and nothing listed that is not used. */
    @Test
    void concurrencyIsWhereItShouldBe() {
        List<ClassNode> core = Flow.decoding().stream()
                .filter(type -> type.name.startsWith("dev/ardm/core/"))
                .toList();
        assertThat(means(core)).isEqualTo(ALLOWED);
    }

    @Test
    void nothingIsAddedToWhatThreadsShare() {
        assertThat(additions(Flow.decoding())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offences.AThread.class,
                Offences.Pool.class,
                Offences.Future.class,
                Offences.Field.class,
                Offences.Adder.class,
                Offences.Handle.class,
                Offences.Sync.class,
                Offences.Monitor.class,
                Offences.ByReference.class,
            })
    void meansAreFound(Class<?> offender) {
        assertThat(means(List.of(Flow.read(offender)))).hasSize(1).containsOnlyKeys(ThreadRulesTest.class.getName());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offences.Adder.class,
                Offences.Accumulate.class,
                Offences.Update.class,
                Offences.Swap.class,
                Offences.Merge.class,
                Offences.AddByReference.class,
            })
    void anAdditionIsFound(Class<?> offender) {
        assertThat(additions(List.of(Flow.read(offender)))).isNotEmpty();
    }

    @Test
    void whatKnowsNoThreadsPasses() {
        List<ClassNode> types = List.of(Flow.read(Innocent.class));
        assertThat(means(types)).isEmpty();
        assertThat(additions(types)).isEmpty();
    }

    @Test
    void aCountPasses() {
        List<ClassNode> types = List.of(Flow.read(Count.class));
        assertThat(means(types)).isNotEmpty();
        assertThat(additions(types)).isEmpty();
    }

    /** What must pass. Never run. */
    static final class Innocent {
        float of(Map<String, float[]> x) {
            float sum = 0;
            for (float value : x.computeIfAbsent("java/util/concurrent is a word", key -> new float[9])) {
                sum += value;
            }
            return sum;
        }
    }

    /** What must pass as a count. Never run. */
    static final class Count {
        int of(AtomicInteger done) {
            return done.incrementAndGet();
        }
    }

    /** What must not pass. Never run. */
    static final class Offences {
        static final class AThread {
            void of(Runnable task) {
                new Thread(task).start();
            }
        }

        static final class Pool {
            void of(Runnable task) {
                ForkJoinPool.commonPool().execute(task);
            }
        }

        static final class Future {
            Object of(Runnable task) {
                return CompletableFuture.runAsync(task);
            }
        }

        static final class Field {
            private ThreadLocal<float[]> own;
        }

        static final class Adder {
            double of(DoubleAdder sum, double x) {
                sum.add(x);
                return sum.sum();
            }
        }

        static final class Handle {
            Object of(VarHandle sum, float x) {
                return (float) sum.getAndAdd(this, x);
            }
        }

        static final class Sync {
            private float sum;

            synchronized void of(float x) {
                sum += x;
            }
        }

        static final class Monitor {
            private float sum;

            void of(Object lock, float x) {
                synchronized (lock) {
                    sum += x;
                }
            }
        }

        static final class ByReference {
            Runnable of() {
                return Thread::yield;
            }
        }

        static final class Accumulate {
            void of(AtomicReference<Double> sum, double x) {
                sum.accumulateAndGet(x, Double::sum);
            }
        }

        static final class Update {
            void of(AtomicInteger sum, float x) {
                sum.updateAndGet(bits -> Float.floatToRawIntBits(Float.intBitsToFloat(bits) + x));
            }
        }

        static final class Swap {
            void of(AtomicLong sum, double x) {
                long bits = sum.get();
                sum.compareAndSet(bits, Double.doubleToRawLongBits(Double.longBitsToDouble(bits) + x));
            }
        }

        static final class Merge {
            void of(ConcurrentHashMap<String, Double> sums, double x) {
                sums.merge("sum", x, Double::sum);
            }
        }

        static final class AddByReference {
            IntSupplier of(AtomicInteger sum) {
                return new AtomicInteger(1)::getAndDecrement;
            }
        }
    }
}
