package dev.ardm.core.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.ModelParts;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import dev.ardm.core.network.TransformerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairModelTest extends LikelihoodModelSuite {
    @TempDir
    Path folder;

    private static Space images(int height, int width, int levels) {
        return Space.of(new int[] {height, width, 1}, levels, Space.Scale.ORDERED);
    }

    private static PixelCountsModel counts(Space space) {
        return PixelCountsModel.learn(space, "", TinyModels.items(space, 30, 4));
    }

    private static MaskingModel causal(Space space) {
        Autoregressive process = new Autoregressive(space, false);
        return TinyModels.random(
                new MaskingDefinition(
                        process, OutputDistribution.of(process), new TransformerConfig(2, 12, 3, 20, 0, 0), ""),
                5);
    }

    private static PairModel pair(Model storing, Model filling) {
        return Models.pair(storing, filling, Map.of("made", "as a pair"));
    }

    @Override
    protected Stream<Case> models() {
        Space space = images(2, 3, 7);
        return Stream.of(
                new Case("counts and network", pair(counts(space), TinyModels.transformer(space, 1))),
                new Case("two networks", pair(causal(space), TinyModels.transformer(space, 2))));
    }

    @Override
    protected Stream<Case> tinyModels() {
        Space two = images(1, 2, 5);
        // Of counts and a network the latter draws the samples, which so have another distribution than that of the
        // bits.
        return Stream.of(new Case("two networks", pair(causal(two), TinyModels.transformer(two, 2))));
    }

    @Override
    protected List<? extends Plan> plans(LikelihoodModel model) {
        return List.of(model.plan(1), model.plan(3));
    }

    @Override
    protected Plan exactPlan(LikelihoodModel model) {
        return model.plan(2);
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        return new boolean[] {false, true, false, false, true, false};
    }

    private Path write(Model model, String name) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(model, Type.F32, out);
        }
        return file;
    }

    @Test
    void aFileThatWasReadHasBothPartsAndAllTheirEntries() throws Exception {
        Space space = images(2, 3, 7);
        MaskingModel filling =
                TinyModels.transformer(space, 1).withSchedules(Map.of(2, Schedule.of(new int[] {0, 2}, 6)));
        PairModel pair = pair(causal(space), filling);

        PairModel read = (PairModel) Models.read(write(pair, "pair.safetensors"));

        assertThat(read.definitionJson()).isEqualTo(pair.definitionJson());
        assertThat(read.storing().id()).isEqualTo(pair.storing().id());
        assertThat(((MaskingModel) read.filling()).schedules()).isEqualTo(filling.schedules());
        assertThat(read.provenance()).isEqualTo(pair.provenance());
        assertThat(read.filling().provenance()).isEqualTo(filling.provenance());
        assertThat(read.id())
                .isEqualTo(pair.storing().id())
                .isNotEqualTo(pair.filling().id());
        assertThat(ModelParts.statedIds(folder.resolve("pair.safetensors")))
                .containsExactlyInAnyOrder(pair.storing().idText(), filling.idText());
    }

    @Test
    void eachPartIsTheFileThatItWouldBeAlone() throws Exception {
        Space space = images(2, 3, 7);
        for (Model storing : List.of(counts(space), causal(space))) {
            PairModel pair = pair(storing, TinyModels.transformer(space, 1));
            Path file = write(pair, "pair.safetensors");
            for (Model part : List.of(pair.storing(), pair.filling())) {
                Path alone = write(part, "alone.safetensors");
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                SafeTensors found = ModelParts.find(file, part.idText()).orElseThrow();
                found.write(out);

                assertThat(out.size()).isEqualTo((int) ModelParts.size(file, part.idText()));
                assertThat(found.metadata()).isEqualTo(SafeTensors.read(alone).metadata());
                Files.write(alone, out.toByteArray());
                assertThat(Models.read(alone).id()).isEqualTo(part.id());
            }
            assertThat(ModelParts.find(file, "00".repeat(32))).isEmpty();
        }
    }

    @Test
    void eachVerbIsDoneByThePartThatIsThereForIt() {
        Space space = images(8, 8, 7);
        LikelihoodModel pair = pair(counts(space), TinyModels.random(space, 1)).open(1);
        LikelihoodModel storing = pair.parts().get(0);
        LikelihoodModel filling = pair.parts().get(1);

        assertThat(pair.refusals()).isEmpty();
        for (Verb verb : List.of(Verb.SCORE, Verb.COMPRESS)) {
            assertThat(pair.part(verb, ItemLayout.VALUES)).isSameAs(storing);
            assertThat(pair.part(verb, ItemLayout.images(2, 0))).isSameAs(filling);
        }
        for (Verb verb : List.of(Verb.SAMPLE, Verb.FILL, Verb.CONDITIONALS, Verb.PLAN)) {
            assertThat(pair.part(verb, ItemLayout.VALUES)).isSameAs(filling);
        }
        LikelihoodModel networks =
                pair(causal(space), TinyModels.random(space, 1)).open(1);
        assertThat(networks.part(Verb.SAMPLE, ItemLayout.VALUES))
                .as("counts know only what is next to a value, and draw worse")
                .isSameAs(networks.parts().get(0));
        assertThat(pair.part(filling.id())).isSameAs(filling);
        assertThat(pair.part(new byte[32])).isSameAs(pair);
        assertThat(pair.planOf(storing, pair.plan(4))).isEqualTo(storing.plan(4));
        assertThat(pair.planOf(filling, pair.plan(4))).isEqualTo(filling.plan(4));
    }

    @Test
    void itemsAreFilledInByTheOneAndDrawnByTheOther() {
        Space space = images(2, 3, 7);
        LikelihoodModel pair =
                pair(causal(space), TinyModels.transformer(space, 1)).open(1);
        List<PartialItem> items = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            boolean[] known = new boolean[6];
            known[5] = k % 3 != 1;
            items.add(new PartialItem(Item.of(new int[] {0, 0, 0, 0, 0, 6}), known));
        }
        List<Item> drawn = pair.generator(pair.plan(2), ItemLayout.VALUES, 1).generate(items, 10, 3, done -> {});
        for (int k = 0; k < 6; k++) {
            LikelihoodModel part = pair.parts().get(k % 3 == 1 ? 0 : 1);
            int[] alone = part.generator(part.plan(2), ItemLayout.VALUES, 1)
                    .generate(List.of(items.get(k)), 10 + k, 3, done -> {})
                    .get(0)
                    .values();
            assertThat(drawn.get(k).values()).isEqualTo(alone);
        }
    }

    @Test
    void aVerbThatBothLackIsRefusedWithTheReasonOfTheOneThatIsThereForIt() {
        Space space = images(2, 3, 7);
        LikelihoodModel pair = pair(counts(space), causal(space)).open(1);
        assertThat(pair.refusals()).containsOnlyKeys(Verb.IMAGES_OF_ANY_SIZE, Verb.CONDITIONALS, Verb.PLAN);
        assertThat(pair.refusals())
                .containsEntry(Verb.PLAN, pair.parts().get(1).refusals().get(Verb.PLAN));
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() {
        Space space = images(2, 3, 7);
        MaskingModel filling = TinyModels.transformer(space, 1);
        PairModel pair = pair(counts(space), filling);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair(counts(images(3, 2, 7)), filling))
                .withMessageContaining("different items");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair(pair, filling))
                .withMessage("the part 'storing' of a pair is a model of the family 'pair', which cannot be one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair(counts(space), pair))
                .withMessageContaining("'filling'");
    }

    @Test
    void filesThatAreNoPairsAreRefusedByName() throws Exception {
        Space space = images(2, 3, 7);
        Model pair = pair(counts(space), TinyModels.transformer(space, 1));
        String definition = pair.definitionJson();
        String storing = ((PairModel) pair).storing().definitionJson();
        Path file = write(pair, "pair.safetensors");

        assertRefused(
                file, "definition", definition.replace("\"filling\":", "\"other\":"), "without its part 'filling'");
        assertRefused(
                file, "definition", definition.replace(storing, "{\"family\":\"pair\"}"), "'storing' of the pair");
        assertRefused(file, "definition", definition.replace("pixel-counts", "pixel-counts2"), "pixel-counts2");
        assertRefused(file, "filling.id", "0".repeat(64), "damaged: the id of its content");
        assertRefused(file, "id", "0".repeat(64), "but it claims 0000");
        SafeTensors whole = SafeTensors.read(file);
        String tensor = whole.tensors().keySet().stream()
                .filter(name -> name.startsWith("filling."))
                .findFirst()
                .orElseThrow();
        whole.tensors().remove(tensor);
        try (OutputStream out = Files.newOutputStream(file)) {
            whole.write(out);
        }
        assertThatThrownBy(() -> Models.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(tensor.substring("filling.".length()) + " is missing");
    }

    private void assertRefused(Path file, String entry, String value, String why) throws IOException {
        SafeTensors whole = SafeTensors.read(file);
        assertThat(whole.metadata().put(entry, value)).isNotNull().isNotEqualTo(value);
        Path changed = folder.resolve("changed.safetensors");
        try (OutputStream out = Files.newOutputStream(changed)) {
            whole.write(out);
        }
        assertThatThrownBy(() -> Models.read(changed))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aRewrittenFileKeepsBothPartsAndTheTypesOfTheirTensors() throws Exception {
        Space space = images(2, 3, 7);
        MaskingModel filling = TinyModels.transformer(space, 1);
        PairModel pair = pair(counts(space), filling);
        Path file = write(pair, "pair.safetensors");
        Path target = folder.resolve("target.safetensors");
        PairModel changed = pair.withFilling(filling.withSchedules(Map.of(2, Schedule.of(new int[] {0, 3}, 6))));
        try (OutputStream out = Files.newOutputStream(target)) {
            ModelFile.rewrite(file, changed, out);
        }
        PairModel read = (PairModel) Models.read(target);
        assertThat(((MaskingModel) read.filling()).schedules()).containsOnlyKeys(2);
        assertThat(SafeTensors.read(target).tensors().get("storing.primer").type())
                .isEqualTo(Type.U8);
        assertThat(new String(Files.readAllBytes(target), StandardCharsets.ISO_8859_1))
                .contains("filling.schedules");
    }
}
