package dev.ardm.exact;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.ardm.exact.internal.Fma;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No production class may use arithmetic whose bits a platform may choose, or threads. */
class ExactnessRulesTest {
    /** The methods of Math that Java fixes to the last bit and that are of use here; all others are banned, StrictMath as a whole. */
    private static final Set<String> EXACT_MATH = Set.of(
            "fma",
            "sqrt",
            "min",
            "max",
            "abs",
            "addExact",
            "multiplyExact",
            "toIntExact",
            "floorDiv",
            "floorMod",
            "floatToRawIntBits");

    /** The lanewise operators that are exact; EXP, LOG, TANH, POW and their like are not. */
    private static final Set<String> EXACT_OPERATORS = Set.of(
            "ADD", "SUB", "MUL", "DIV", "FMA", "MIN", "MAX", "NEG", "LT", "LE", "GT", "GE", "EQ", "NE", "LSHL", "LSHR");

    /** The methods of vectors that are exact and keep lanes apart; others reduce, move lanes or, like pow, are operators by another name. */
    private static final Set<String> EXACT_VECTORS = Set.of(
            "add",
            "sub",
            "mul",
            "div",
            "fma",
            "max",
            "compare",
            "blend",
            "lanewise",
            "broadcast",
            "zero",
            "fromArray",
            "intoArray",
            "reinterpretAsInts",
            "reinterpretAsFloats",
            "length",
            "loopBound",
            "vectorBitSize");

    private static final String VECTORS = "jdk.incubator.vector";

    private static final ArchRule RULE = ArchRuleDefinition.classes()
            .should(new ArchCondition<JavaClass>("use exact arithmetic only") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    for (JavaAccess<?> access : item.getAccessesFromSelf()) {
                        String owner = access.getTarget().getOwner().getFullName();
                        if (banned(owner, access.getTarget().getName())) {
                            events.add(SimpleConditionEvent.violated(item, access.getDescription()));
                        }
                    }
                }
            });

    private static boolean banned(String owner, String name) {
        if (owner.equals("java.lang.Math")) {
            return !EXACT_MATH.contains(name);
        }
        if (owner.equals(VECTORS + ".VectorOperators")) {
            return !EXACT_OPERATORS.contains(name);
        }
        if (owner.startsWith(VECTORS)) {
            return !EXACT_VECTORS.contains(name) && !name.startsWith("SPECIES_");
        }
        return owner.equals("java.lang.StrictMath")
                || owner.equals("java.lang.Thread")
                || owner.startsWith("java.util.concurrent.")
                || owner.startsWith("java.util.stream.")
                || name.equals("parallelStream")
                || (owner.equals("java.util.Arrays") && name.startsWith("parallel"));
    }

    @Test
    void productionCodeIsExact() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ardm.exact");
        assertThat(classes.stream().map(JavaClass::getSimpleName))
                .contains("ScalarMath", "ScalarKernels", "PlainKernels", "VectorKernels", "VectorMath", "FullTiles");
        RULE.check(classes);
    }

    /** Where there is no instruction, plain code that calls Math.fma takes hundreds of times as long. */
    @Test
    void plainCodeHasAnFmaThatIsFastEverywhere() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.ardm.exact.internal.vector")
                .and()
                .doNotHaveFullyQualifiedName(Fma.class.getName())
                .should()
                .callMethod(Math.class, "fma", float.class, float.class, float.class)
                .orShould()
                .callMethod(Math.class, "fma", double.class, double.class, double.class)
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.ardm.exact"));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offences.Exponential.class,
                Offences.Reference.class,
                Offences.Strict.class,
                Offences.Reduction.class,
                Offences.Lanewise.class,
                Offences.Power.class,
                Offences.Rotation.class,
                Offences.SingleLane.class,
                Offences.Adder.class,
                Offences.AThread.class,
                Offences.ParallelSum.class,
                Offences.ParallelPrefix.class,
            })
    void anOffenceIsCaught(Class<?> offender) {
        EvaluationResult result = RULE.evaluate(new ClassFileImporter().importClasses(offender));
        assertThat(result.hasViolation()).isTrue();
    }

    @Test
    void exactArithmeticPasses() {
        assertThat(RULE.evaluate(new ClassFileImporter().importClasses(Exact.class))
                        .hasViolation())
                .isFalse();
    }

    /** What must pass. Never run. */
    static final class Exact {
        FloatVector of(FloatVector x, float y) {
            FloatVector z = x.mul(y).lanewise(VectorOperators.FMA, x, x);
            return z.fma(z, z.div((float) Math.sqrt(y)));
        }
    }

    /** What must not pass. Never run. */
    static final class Offences {
        static final class Exponential {
            float of(float x) {
                return (float) Math.exp(x);
            }
        }

        static final class Reference {
            Function<Double, Double> of() {
                return Math::tanh;
            }
        }

        static final class Strict {
            double of(double x) {
                return StrictMath.log(x);
            }
        }

        static final class Reduction {
            float of(FloatVector x) {
                return x.reduceLanes(VectorOperators.ADD);
            }
        }

        static final class Lanewise {
            FloatVector of(FloatVector x) {
                return x.lanewise(VectorOperators.TANH);
            }
        }

        static final class Power {
            FloatVector of(FloatVector x) {
                return x.pow(0.5f);
            }
        }

        static final class Rotation {
            FloatVector of(FloatVector x) {
                return x.add(x.unslice(1));
            }
        }

        static final class SingleLane {
            float of(FloatVector x) {
                return x.lane(0) + x.lane(1);
            }
        }

        static final class Adder {
            void of(DoubleAdder sum, float x) {
                sum.add(x);
            }
        }

        static final class AThread {
            void of(Runnable sum) {
                new Thread(sum).start();
            }
        }

        static final class ParallelSum {
            double of(java.util.List<Double> x) {
                return x.parallelStream().collect(Collectors.summingDouble(v -> v));
            }
        }

        static final class ParallelPrefix {
            void of(double[] x) {
                Arrays.parallelPrefix(x, Double::sum);
            }
        }
    }
}
