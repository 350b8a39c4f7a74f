package dev.ardm.reference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.UNet;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decoder written from the documents and the one that people run give the same items. */
class ReferenceDecoderTest {
    private static final Path MNIST =
            Path.of(System.getProperty("basedir", ".")).resolve("../models/mnist");

    @TempDir
    private Path folder;

    @Test
    void theyAgreeOnTheGoldenArchive() throws IOException {
        Path archive = MNIST.resolve("golden-100.ardm");
        ReferenceDecoder reference = new ReferenceDecoder(
                Files.readAllBytes(archive), Files.readAllBytes(MNIST.resolve("model.safetensors")));
        ArdmModel model = new ArdmModel(ModelFile.read(MNIST.resolve("model.safetensors")), 1);
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            Plan plan = Plan.fromBytes(reader.header().plan(), reader.header().values());
            assertThat(reference.size()).isEqualTo(reader.size());
            for (int k : new int[] {0, 57}) {
                int[] item = model.decode(List.of(reader.stream(k)), plan, ArdmModel.NO_PROGRESS)
                        .get(0)
                        .orElseThrow();
                assertThat(reference.item(k)).isEqualTo(item);
            }
        }
    }

    @Test
    void theyAgreeOnImagesOfOneChannel() throws IOException {
        Space space = Space.image(11, 13, 1, 5);
        check(TinyModels.random(space, 1), Plan.spread(Schedule.even(143, 9)), SafeTensors.Type.F32);
    }

    @Test
    void theyAgreeOnImagesOfSeveralChannelsInTheSpreadOrder() throws IOException {
        Space space = Space.image(9, 6, 4, 7);
        check(
                TinyModels.random(space, 2),
                Plan.spread(Schedule.of(new int[] {0, 1, 5, 50, 200}, 216)),
                SafeTensors.Type.F32);
    }

    @Test
    void theyAgreeOnRandomOrdersAndSmallWeights() throws IOException {
        Space space = Space.image(5, 8, 3, 300);
        Model wide = TinyModels.random(space, 3);
        Model model = new Model(
                space, wide.config(), ModelFile.rounded(wide.weights(), SafeTensors.Type.F16), Map.of(), Map.of());
        check(model, Plan.random(0x9876_5432_1FED_CBA9L, Schedule.even(120, 11)), SafeTensors.Type.F16);
    }

    @Test
    void theyAgreeOnTheSmallestItem() throws IOException {
        check(TinyModels.random(Space.image(1, 1, 1, 2), 4), Plan.spread(Schedule.full(1)), SafeTensors.Type.F32);
    }

    /** Another structure: three levels, no attention or attention at the top, uneven numbers of blocks. */
    @Test
    void theyAgreeOnOtherNetworks() throws IOException {
        Space space = Space.image(10, 7, 2, 4);
        for (boolean top : new boolean[] {false, true}) {
            UNetConfig config = new UNetConfig(
                    List.of(4, 8, 24), List.of(1, 0, 2), List.of(0, 2), List.of(top, false, top), 4, 2, 3, 2, 6, 0.25);
            check(
                    new Model(space, config, weights(space, config), Map.of(), Map.of()),
                    Plan.random(-1, Schedule.even(140, 6)),
                    SafeTensors.Type.F32);
        }
        UNetConfig flat = new UNetConfig(List.of(8), List.of(1), List.of(), List.of(true), 1, 8, 2, 4, 8, 0);
        check(
                new Model(space, flat, weights(space, flat), Map.of(), Map.of()),
                Plan.spread(Schedule.even(140, 6)),
                SafeTensors.Type.F32);
    }

    /** An untrained network, whose logits are all equal, and one whose variances are no larger than what is added to them. */
    @Test
    void theyAgreeOnUnusualNumbers() throws IOException {
        Space space = Space.image(10, 7, 2, 13);
        UNetConfig config = TinyModels.config();
        Weights weights = weights(space, config);
        for (String name : List.of("in.value.weight", "in.value.bias", "in.embedded.weight", "in.embedded.bias")) {
            float[] small = weights.get(name).clone();
            for (int i = 0; i < small.length; i++) {
                small[i] *= 0.003f;
            }
            weights = weights.with(name, small);
        }
        for (Weights each : List.of(weights, Weights.initial(new UNet(space, config), 6))) {
            check(
                    new Model(space, config, each, Map.of(), Map.of()),
                    Plan.spread(Schedule.even(140, 6)),
                    SafeTensors.Type.F32);
        }
    }

    /** Random weights. */
    private static Weights weights(Space space, UNetConfig config) {
        Random random = new Random(5);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : new UNet(space, config).layers()) {
            for (Layer.Parameter parameter : layer.parameters()) {
                float[] out = new float[parameter.size()];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.fanIn()));
                }
                values.put(parameter.name(), out);
            }
        }
        return new Weights(values);
    }

    private void check(Model model, Plan plan, SafeTensors.Type type) throws IOException {
        Space space = model.space();
        ArdmModel production = new ArdmModel(model, 1);
        List<int[]> items = TinyModels.items(space, 5, 1);
        items.addAll(production.sample(15, plan, 2, ArdmModel.NO_PROGRESS));
        List<byte[]> streams = production.encode(items, plan, ArdmModel.NO_PROGRESS);
        ArchiveHeader header = new ArchiveHeader(
                Model.ARITHMETIC_VERSION,
                model.id(),
                space.shape(),
                space.categories(),
                space.scale().ordinal(),
                plan.toBytes());
        Path file = folder.resolve("items.ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(file, header, true)) {
            for (int k = 0; k < items.size(); k++) {
                if (k % 4 == 3) {
                    writer.addStored(items.get(k), name(k));
                } else {
                    writer.add(streams.get(k), name(k));
                }
            }
            writer.commit();
        }
        ByteArrayOutputStream modelFile = new ByteArrayOutputStream();
        ModelFile.write(model, type, modelFile);
        ReferenceDecoder reference = new ReferenceDecoder(Files.readAllBytes(file), modelFile.toByteArray());
        assertThat(reference.size()).isEqualTo(items.size());
        for (int k = 0; k < items.size(); k++) {
            assertThat(reference.item(k)).as("item %d", k).isEqualTo(items.get(k));
            assertThat(reference.name(k)).isEqualTo(name(k));
        }
    }

    private static String name(int k) {
        return k % 7 == 2 ? "" : "Ordner/größe-" + k * k + (k % 3 == 0 ? ".png" : ".jpeg");
    }

    /** It would prove nothing if it had a part in common with what it is compared with. */
    @Test
    void theReferenceSharesNothingWithProduction() throws URISyntaxException {
        Path compiled = Path.of(ReferenceDecoder.class
                        .getResource("ReferenceDecoder.class")
                        .toURI())
                .getParent();
        classes()
                .that(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(ReferenceDecoderTest.class)))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.ardm.reference", "java..", "tools.jackson..")
                .check(new ClassFileImporter().importPath(compiled));
    }
}
