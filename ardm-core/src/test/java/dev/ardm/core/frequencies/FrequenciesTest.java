package dev.ardm.core.frequencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.WrongModelException;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingFamily;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFamilies;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second family in all that programs do with models. */
class FrequenciesTest extends LikelihoodModelSuite {
    private static final Space SPACE = Space.of(new int[] {3, 2}, 7, Space.Scale.ORDERED);
    private static final FrequenciesModel MODEL = FrequenciesModel.count(SPACE, TinyModels.items(SPACE, 9, 4));
    private static final ModelFamilies FAMILIES =
            new ModelFamilies(List.of(new MaskingFamily(), new FrequenciesFamily()));

    @TempDir
    Path folder;

    @Override
    protected Stream<Case> models() {
        return Stream.of(new Case("frequencies", MODEL));
    }

    @Override
    protected Stream<Case> tinyModels() {
        Space pair = Space.of(new int[] {2}, 5, Space.Scale.ORDERED);
        return Stream.of(new Case("two", FrequenciesModel.count(pair, TinyModels.items(pair, 20, 3))));
    }

    @Override
    protected List<? extends Plan> plans(LikelihoodModel model) {
        return List.of(FrequenciesPlan.AT_ONCE);
    }

    @Override
    protected Plan exactPlan(LikelihoodModel model) {
        return FrequenciesPlan.AT_ONCE;
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        return new boolean[] {true, false, true, false, false, true};
    }

    private static byte[] bytes(Model model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, Type.F32, out);
        return out.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.safetensors"), bytes);
    }

    private Path changed(String from, String to) throws IOException {
        String text = new String(bytes(MODEL), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return file(text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aFileIsReadByTheFamilyThatItNames() throws IOException {
        Model back = FAMILIES.read(file(bytes(MODEL)));
        assertThat(back).isInstanceOf(FrequenciesModel.class);
        assertThat(back.id()).isEqualTo(MODEL.id());
        assertThat(back.space()).isEqualTo(SPACE);
        assertThat(back.provenance()).isEqualTo(MODEL.provenance());
        assertThat(((FrequenciesModel) back).items()).isEqualTo(9);
        assertThat(ModelFile.statedId(folder.resolve("model.safetensors"))).contains(MODEL.idText());
        Model other = TinyModels.random(Space.image(2, 2, 1, 3), 1);
        Path unnamed = file(bytes(other));
        assertThat(FAMILIES.read(unnamed)).isInstanceOf(MaskingModel.class);
        assertThatThrownBy(() -> new ModelFamilies(List.of(new FrequenciesFamily())).read(unnamed))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("a model of the family 'masking', this program knows frequencies");
    }

    @Test
    void aFamilyThatIsNotThereIsRefusedByName() throws IOException {
        Path file = file(bytes(MODEL));
        assertThatThrownBy(() -> Models.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(file + ": not a usable model file (byte 8): malformed definition: a model of the family"
                        + " 'frequencies', this program knows masking, counts, row-counts, pixel-counts, picture-counts,"
                        + " prediction, pair");
        Path unknown = changed("\\\"frequencies\\\"", "\\\"frequenzies\\\"");
        assertThatThrownBy(() -> FAMILIES.read(unknown))
                .hasMessageContaining("a model of the family 'frequenzies', this program knows masking, frequencies");
    }

    @Test
    void aFamilySaysWhatIsWrongWithItsPart() throws IOException {
        assertThatThrownBy(() -> FAMILIES.read(changed("precision\\\":24", "precision\\\":99")))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("malformed definition: precision must be in [8, 24], got 99");
        assertThatThrownBy(() -> FAMILIES.read(changed("precision\\\":24", "precision\\\":23")))
                .hasMessageContaining("damaged: the id of its content is");
        assertThatThrownBy(() -> FAMILIES.read(changed("\"counts\"", "\"kounts\"")))
                .hasMessageContaining("tensor counts is missing");
        assertThatThrownBy(() -> FAMILIES.read(changed("shape\\\":[3,2]", "shape\\\":[2,2]")))
                .hasMessageContaining("tensor counts has another shape");
        assertThatThrownBy(() -> FAMILIES.read(changed("arithmetic\\\":1", "arithmetic\\\":2")))
                .hasMessageContaining("the model needs arithmetic version 2, this program knows 1");
    }

    /** What a reader did not read would be lost when the file is rewritten; every family refuses it. */
    @Test
    void whatIsNotUnderstoodIsRefused() throws IOException {
        for (String[] change : new String[][] {
            {"definition", ":24", ":24,\"later\":7", "not what this program writes: ,\"later\":7}"},
            {"definition", ":24", ":24.5", "not what this program writes: .5"},
            {"definition", ":24", ":24,\"precision\":24", "Duplicate"},
            {"definition", "[3,2]", "[3,2.5]", "shape has 2.5"},
            {"counted", ":9", ":9,\"more\":1", "counted has an unknown member more"},
            {"counted", ":9", ":9.5", "9.5"},
            {"provenance", "\"in a test\"", "[2026]", "provenance made is not a string"},
        }) {
            SafeTensors file = SafeTensors.read(file(bytes(MODEL)));
            String entry = file.metadata().get(change[0]);
            assertThat(entry).contains(change[1]);
            file.metadata().put(change[0], entry.replace(change[1], change[2]));
            try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
                file.write(out);
            }
            assertThatThrownBy(() -> FAMILIES.read(folder.resolve("model.safetensors")))
                    .as(change[2])
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining(change[3]);
        }
    }

    /** What is not part of the id can be changed, and goes where the changed model has none. */
    @Test
    void aRewriteKeepsTheFamilysEntries() throws IOException {
        Path original = file(bytes(MODEL));
        Path rewritten = folder.resolve("rewritten");
        for (int items : new int[] {3, 0}) {
            FrequenciesModel changed =
                    new FrequenciesModel(SPACE, 24, "", MODEL.counts(), items, Map.of("made", "again"));
            try (OutputStream out = Files.newOutputStream(rewritten)) {
                ModelFile.rewrite(original, changed, out);
            }
            FrequenciesModel back = (FrequenciesModel) FAMILIES.read(rewritten);
            assertThat(back.id()).isEqualTo(MODEL.id());
            assertThat(back.items()).isEqualTo(items);
            assertThat(back.provenance()).containsEntry("made", "again");
        }
    }

    @Test
    void itemsAreArchivedAndRestored() throws IOException {
        Path archive = folder.resolve("items.ardm");
        LikelihoodModel model = FAMILIES.read(file(bytes(MODEL))).open(2);
        List<int[]> items = TinyModels.items(SPACE, 40, 8);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, model.plan(5))) {
            for (int[] item : items) {
                writer.add(item, "item");
            }
            writer.commit();
        }
        try (ItemArchiveWriter writer = ItemArchiveWriter.append(archive, model)) {
            writer.add(items.get(3), "last");
            writer.commit();
        }
        try (ItemArchive reader = ItemArchive.open(archive, model)) {
            assertThat(reader.size()).isEqualTo(41);
            assertThat(reader.get(0, 40).toArray()).isEqualTo(items.toArray());
            assertThat(reader.get("last")).contains(items.get(3));
            Plan plan = ArchivePlan.withoutModel(archive, reader.reader().header(), FAMILIES);
            assertThat(plan).isEqualTo(FrequenciesPlan.AT_ONCE);
            assertThatThrownBy(() ->
                            ArchivePlan.withoutModel(archive, reader.reader().header(), Models.FAMILIES))
                    .hasMessageContaining("items.ardm")
                    .hasMessageContaining("plan");
        }
        assertThatThrownBy(() -> ItemArchive.open(
                        archive, TinyModels.random(SPACE_OF_IMAGES, 1).open(1)))
                .isInstanceOf(WrongModelException.class);
    }

    private static final Space SPACE_OF_IMAGES = Space.image(2, 2, 1, 3);

    @Test
    void whatIsForMaskingModelsRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskingModel.of(MODEL))
                .withMessage("this is for masking models, not for a model of the family 'frequencies'");
        assertThat(MODEL.open(1).verbs()).containsExactlyInAnyOrder(Verb.SAMPLE, Verb.FILL, Verb.SCORE, Verb.COMPRESS);
    }
}
