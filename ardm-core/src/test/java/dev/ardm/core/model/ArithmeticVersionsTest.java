package dev.ardm.core.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.arithmetic.v1.Arithmetic1;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.OrderAgnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticVersionsTest {
    private static final String VERSIONS = "dev.ardm.core.arithmetic.v*..";

    /** Tests may name a version, whether they lie in a module's test classes or beside the others. */
    private static final DescribedPredicate<JavaClass> A_TEST = DescribedPredicate.describe(
            "a test", type -> type.getName().replaceAll("\\$.*", "").endsWith("Test"));

    private static final ArchRule RULE = noClasses()
            .that()
            .resideOutsideOfPackage(VERSIONS)
            .and()
            .areNotAssignableTo(ArithmeticVersions.class)
            .and(DescribedPredicate.not(A_TEST))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(VERSIONS);

    @Test
    void onlyTheRegistryNamesThePackageOfAVersion() {
        RULE.check(new ClassFileImporter().importPackages("dev.ardm"));
    }

    /** The rule is not vacuous. */
    @Test
    void anOffenceIsCaught() {
        assertThat(RULE.evaluate(new ClassFileImporter().importClasses(Offender.class))
                        .hasViolation())
                .isTrue();
    }

    @Test
    void aVersionIsFoundByItsNumber() {
        for (int version = 1; version <= ArithmeticVersions.NEWEST; version++) {
            assertThat(ArithmeticVersions.of(version).version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 65535})
    void oneThatIsNotKnownIsRefused(int version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArithmeticVersions.of(version))
                .withMessage("needs arithmetic version " + version + ", this program knows 1");
        OrderAgnostic process = new OrderAgnostic(Space.image(2, 2, 1, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ModelDefinition(version, process, OutputDistribution.of(process), TinyModels.config(), ""))
                .withMessageContaining("needs arithmetic version " + version);
    }

    @Test
    void aDefinitionKeepsItsVersion() {
        ModelDefinition definition = ModelDefinition.of(Space.image(2, 2, 1, 3), TinyModels.config());
        assertThat(DefinitionJson.read(DefinitionJson.JSON.readTree(DefinitionJson.write(definition))))
                .isEqualTo(definition)
                .extracting(ModelDefinition::arithmetic)
                .isEqualTo(ArithmeticVersions.NEWEST);
    }
}

/** Names a version, which it must not. */
final class Offender {
    Object version() {
        return new Arithmetic1();
    }
}
