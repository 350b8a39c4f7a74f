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
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No production class may use arithmetic whose bits a platform may choose. */
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
    private static final Set<String> EXACT_OPERATORS =
            Set.of("ADD", "SUB", "MUL", "DIV", "FMA", "MIN", "MAX", "NEG", "LT", "LE", "GT", "GE", "EQ", "NE", "LSHL");

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
        return owner.equals("java.lang.StrictMath")
                || (owner.startsWith(VECTORS) && name.startsWith("reduceLanes"))
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
                .contains("ScalarMath", "ScalarKernels", "PlainKernels", "VectorKernels", "VectorMath", "WideTiles");
        RULE.check(classes);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offences.Exponential.class,
                Offences.Reference.class,
                Offences.Strict.class,
                Offences.Reduction.class,
                Offences.Lanewise.class,
                Offences.ParallelSum.class,
                Offences.ParallelPrefix.class,
            })
    void anOffenceIsCaught(Class<?> offender) {
        EvaluationResult result = RULE.evaluate(new ClassFileImporter().importClasses(offender));
        assertThat(result.hasViolation()).isTrue();
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
