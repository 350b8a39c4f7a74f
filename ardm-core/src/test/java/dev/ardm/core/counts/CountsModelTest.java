package dev.ardm.core.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountsModelTest extends LikelihoodModelSuite {
    private static final Space BYTES = Space.of(new int[] {64}, 256, Space.Scale.NOMINAL);

    @TempDir
    Path folder;

    @Override
    protected Stream<Case> models() {
        Space few = Space.of(new int[] {6}, 7, Space.Scale.NOMINAL);
        return Stream.of(
                new Case("few symbols", CountsModel.learn(few, "", TinyModels.items(few, 30, 4))),
                new Case("few symbols, entries", entries(few, TinyModels.items(few, 300, 4))),
                new Case("entries, nothing learnt", entries(few, List.of())),
                new Case("nothing learnt", CountsModel.learn(few, "", List.of())));
    }

    @Override
    protected Stream<Case> tinyModels() {
        Space pair = Space.of(new int[] {2}, 5, Space.Scale.NOMINAL);
        List<int[]> items = new ArrayList<>();
        for (int[] item : TinyModels.items(pair, 40, 3)) {
            items.add(new int[] {item[0], item[0] == 2 ? 1 : item[1]});
        }
        return Stream.of(
                new Case("two", CountsModel.learn(pair, "", items)), new Case("two, entries", entries(pair, items)));
    }

    private static CountsModel entries(Space space, List<int[]> items) {
        return CountsModel.learn(space, "", items, new CountsOptions(Optional.of(CountsForm.ENTRIES), 0));
    }

    @Override
    protected List<? extends Plan> plans(LikelihoodModel model) {
        return List.of(CountsLikelihood.PLAN);
    }

    @Override
    protected Plan exactPlan(LikelihoodModel model) {
        return CountsLikelihood.PLAN;
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        return new boolean[] {true, true, false, false, false, false};
    }

    private static int[] line(Random random) {
        return ("user" + random.nextInt(20) + " logged " + (random.nextBoolean() ? "in" : "out") + " at "
                        + random.nextInt(24) + ":00")
                .chars()
                .toArray();
    }

    private static List<int[]> lines(int count) {
        Random random = new Random(1);
        return Stream.generate(() -> line(random)).limit(count).toList();
    }

    private static CountsModel lines() {
        return CountsModel.learn(BYTES, "", lines(1_000));
    }

    @Test
    void archivesSequencesOfAnyLengthInFewBytes() throws Exception {
        archives(lines());
    }

    @Test
    void archivesSequencesByEntries() throws Exception {
        archives(entries(BYTES, lines(1_000)));
    }

    private void archives(CountsModel model) throws Exception {
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(model, Type.F32, out);
        }
        Model back = Models.read(file);
        assertThat(back.id()).isEqualTo(model.id());
        LikelihoodModel opened = back.open(2);
        Path archive = folder.resolve("lines.ardm");
        Random random = new Random(2);
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < 400; k++) {
            items.add(line(random));
        }
        items.add(new int[0]);
        items.add(new int[] {7, 255, 0});
        long length = 0;
        try (ItemArchiveWriter writer =
                ItemArchiveWriter.create(archive, opened, opened.plan(1), ItemLayout.sequences(0, 0))) {
            for (int[] item : items) {
                writer.add(new Item("", item, new byte[0]));
                length += item.length;
            }
            writer.commit();
        }
        assertThat(Files.size(archive)).isLessThan(length / 3);
        try (ItemArchive reader = ItemArchive.open(archive, opened)) {
            assertThat(reader.get(0, items.size()).toArray()).isEqualTo(items.toArray());
        }
    }

    @Test
    void anotherVersionOfThePredictorIsRefused() throws Exception {
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(lines(), Type.F32, out);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("version\\\":0");
        Files.write(file, text.replace("version\\\":0", "version\\\":7").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Models.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("needs version 7 of the predictor by counts, this program knows 0");
    }

    @Test
    void anUnknownFormIsRefused() throws Exception {
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(lines(), Type.F32, out);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Files.write(file, text.replace("\"primer\\\"", "\"quacks\\\"").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Models.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("the form 'quacks' of a model of counts; there are primer and entries");
    }

    @Test
    void entriesThatAreNoneAreRefusedOnOpening() {
        byte[] bytes = Entries.learn(lines(300), 10_000, 0);
        bytes[bytes.length / 2] ^= 4;
        CountsModel model =
                new CountsModel(BYTES, "", new CountsLearning.Stored(CountsForm.ENTRIES, bytes, 0, null), Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.open(1))
                .withMessageContaining("the entries of the model cannot be read: ");
    }

    @Test
    void fewItemsAreAPrimerAndManyWhatIsSmallerWithThem() {
        assertThat(CountsModel.learn(BYTES, "", lines(100), CountsOptions.BEST).form())
                .isEqualTo(CountsForm.PRIMER);
        // Of so many lines of one kind the counts are good, and a primer of few has to be learnt again.
        assertThat(CountsLearning.learn(BYTES, lines(5_000), CountsOptions.BEST, 1_000, null)
                        .form())
                .isEqualTo(CountsForm.ENTRIES);
        assertThat(CountsLearning.learn(BYTES, lines(500), CountsOptions.BEST, 10_000, null)
                        .form())
                .isEqualTo(CountsForm.PRIMER);
    }

    @Test
    void aPrimerKeepsToASize() throws Exception {
        Random random = new Random(3);
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < 600; k++) {
            items.add(random.ints(64, 0, 256).toArray());
        }
        CountsModel model = CountsModel.learn(
                BYTES, "", items, new CountsOptions(Optional.of(CountsForm.PRIMER), CountsOptions.LEAST_BYTES));
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(model, Type.F32, out);
        }
        assertThat(Files.size(file)).isBetween(CountsOptions.LEAST_BYTES / 2L, CountsOptions.LEAST_BYTES + 2_000L);
        assertThat(Models.read(file).id()).isEqualTo(model.id());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CountsOptions(Optional.empty(), 99))
                .withMessage("99 bytes for a model of counts, which takes at least " + CountsOptions.LEAST_BYTES);
    }

    @Test
    void continuesABeginning() {
        LikelihoodModel model = lines().open(1);
        Item item = Item.of("user7 logged ????".chars().toArray());
        boolean[] known = new boolean[item.values().length];
        Arrays.fill(known, 0, 13, true);
        int[] values = model.generator(model.plan(1), ItemLayout.sequences(0, 0), 1)
                .generate(List.of(new PartialItem(item, known)), 0, 1, done -> {})
                .get(0)
                .values();
        String text = new String(values, 0, values.length);
        assertThat(text).startsWith("user7 logged ").matches(".*(in a|out ).*");
        known[15] = true;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.generator(model.plan(1), ItemLayout.sequences(0, 0), 1)
                        .generate(List.of(new PartialItem(item, known)), 0, 1, done -> {}))
                .withMessageContaining("continues a beginning");
    }

    @Test
    void refusesWhatItCannotLearn() {
        Space wide = Space.of(new int[] {4}, 300, Space.Scale.NOMINAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountsModel.learn(wide, "", List.of()))
                .withMessage("a model of counts takes values of at most 256 categories, not 300");
        Space row = Space.of(new int[] {2}, new int[] {3, 4}, Space.Scale.NOMINAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountsModel.learn(row, "", List.of()))
                .withMessageContaining("not rows of columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountsModel.learn(BYTES, "", List.of(new int[] {256})))
                .withMessage("value 256 is outside [0, 256)");
        assertThat(lines().open(1).verbs())
                .containsExactlyInAnyOrder(Verb.SAMPLE, Verb.FILL, Verb.SCORE, Verb.COMPRESS);
    }
}
