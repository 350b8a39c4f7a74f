package dev.ardm.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that decides how an item is decoded may use what a platform is free to compute differently. The arithmetic itself
 * (dev.ardm.exact) has stricter rules of its own, in that module ({@code ExactnessRulesTest}).
 */
class SameResultsEverywhereTest {
    /** Where decoding happens. */
    private static final String[] PACKAGES = {"dev.ardm.core..", "dev.ardm.coding.."};

    /** What Math may get wrong by an ulp, in ways that differ; StrictMath may be used. */
    private static final Set<String> INEXACT = Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
            "sinh", "cosh", "tanh", "cbrt", "hypot");

    /** Sums of doubles in an order, and with a correction, that no specification says. */
    private static final Set<String> LOOSE_SUMS =
            Set.of("sum", "average", "summaryStatistics", "summingDouble", "averagingDouble", "summarizingDouble");

    private static final ArchRule RULE = classes()
            .should(new ArchCondition<JavaClass>("give the same results everywhere") {
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
        return (owner.equals("java.lang.Math") && INEXACT.contains(name))
                || name.equals("parallelStream")
                || (owner.equals("java.util.stream.DoubleStream") && LOOSE_SUMS.contains(name))
                || (owner.equals("java.util.stream.Collectors") && LOOSE_SUMS.contains(name))
                || owner.equals("java.util.DoubleSummaryStatistics")
                || (owner.startsWith("java.util.stream.") && name.equals("parallel"))
                || owner.equals("java.util.stream.StreamSupport")
                || (owner.equals("java.util.Arrays") && name.startsWith("parallel"))
                || owner.equals("java.util.concurrent.atomic.DoubleAdder")
                || owner.equals("java.util.concurrent.atomic.DoubleAccumulator")
                || (owner.startsWith("java.util.") && owner.endsWith("Random"))
                || (owner.equals("java.lang.Math") && name.equals("random"));
    }

    @Test
    void whatDecodesFollowsTheRules() {
        JavaClasses production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(PACKAGES);
        assertThat(production.stream().map(JavaClass::getFullName))
                .contains(
                        "dev.ardm.core.masking.engine.ItemEngine",
                        "dev.ardm.core.masking.arithmetic.v1.Softmax",
                        "dev.ardm.core.network.UNet",
                        "dev.ardm.core.masking.plan.Order",
                        "dev.ardm.coding.AnsStack");
        RULE.check(production);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offences.Exponential.class,
                Offences.Reference.class,
                Offences.LooseSum.class,
                Offences.LooseCollector.class,
                Offences.LooseStatistics.class,
                Offences.ParallelSum.class,
                Offences.ParallelRange.class,
                Offences.ParallelSupport.class,
                Offences.ParallelPrefix.class,
                Offences.SharedSum.class,
                Offences.Chance.class,
                Offences.Splittable.class,
            })
    void anOffenceIsCaught(Class<?> offender) {
        JavaClasses classes = new ClassFileImporter().importClasses(offender);
        assertThat(RULE.evaluate(classes).hasViolation()).isTrue();
    }

    @Test
    void whatIsFixedToTheLastBitPasses() {
        JavaClasses classes = new ClassFileImporter().importClasses(Exact.class);
        assertThat(RULE.evaluate(classes).hasViolation()).isFalse();
    }

    /** What must pass. Never run. */
    static final class Exact {
        double of(double x) {
            return Math.fma(Math.sqrt(x), StrictMath.log(x), Math.max(x, 1));
        }
    }

    /** What must not pass. Never run. */
    static final class Offences {
        static final class Exponential {
            double of(double x) {
                return Math.exp(x);
            }
        }

        static final class Reference {
            DoubleUnaryOperator of() {
                return Math::tanh;
            }
        }

        static final class LooseSum {
            double of(List<Double> x) {
                return x.stream().mapToDouble(v -> v).sum();
            }
        }

        static final class LooseCollector {
            double of(List<Double> x) {
                return x.stream().collect(Collectors.averagingDouble(v -> v));
            }
        }

        static final class LooseStatistics {
            void of(DoubleSummaryStatistics sum, double x) {
                sum.accept(x);
            }
        }

        static final class ParallelSum {
            double of(List<Double> x) {
                return x.parallelStream().reduce(0.0, (a, b) -> a + b);
            }
        }

        static final class ParallelRange {
            int of(int n) {
                return IntStream.range(0, n).parallel().sum();
            }
        }

        static final class ParallelSupport {
            long of(Iterable<String> x) {
                return StreamSupport.stream(x.spliterator(), true).count();
            }
        }

        static final class ParallelPrefix {
            void of(double[] x) {
                Arrays.parallelPrefix(x, Double::sum);
            }
        }

        static final class SharedSum {
            void of(DoubleAdder sum, double x) {
                sum.add(x);
            }
        }

        static final class Chance {
            int of() {
                return new Random().nextInt();
            }
        }

        static final class Splittable {
            int of() {
                return new SplittableRandom(1).nextInt();
            }
        }
    }
}
