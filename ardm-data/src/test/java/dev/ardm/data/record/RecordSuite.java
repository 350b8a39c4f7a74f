package dev.ardm.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.archive.SingleItemCodec;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.counts.pixel.PictureCountsModel;
import dev.ardm.core.family.CountsModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.data.ItemSet;
import dev.ardm.data.registry.DataFormats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every kind of record: it comes back exactly through a model's bytes and archives, or is refused by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecordSuite<T> {
    private Trained<T> trained;

    /** A model with the form of its records. */
    record Trained<T>(RecordForm<T> form, LikelihoodModel model, ItemLayout layout) {
        SingleItemCodec codec() {
            return new SingleItemCodec(model, model.plan(1), layout);
        }
    }

    abstract RecordKind<T> kind();

    /** Records to learn from, different for each seed. */
    abstract List<T> usual(int seed);

    /** Records unlike those, which come back too. */
    abstract List<T> strange();

    /** Records that are refused, and a part of the message. */
    abstract Map<T, String> refused();

    /** A record as something that equals what it has to be equal to. */
    abstract Object shown(T record);

    Trained<T> train(List<T> records) throws IOException {
        RecordForm<T> form = kind().fit(records);
        String definition = form.format().definition();
        List<int[]> values =
                records.stream().map(record -> form.item(record).values()).toList();
        Model model = form.format().kind().equals("pictures")
                ? PictureCountsModel.learn(form.format().space(), definition, values)
                : CountsModels.learn(
                        form.format().space(), form.format().layout(), definition, values, CountsOptions.BEST);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.writeCoded(model, file);
        Model read = Models.read(new ByteArrayInputStream(file.toByteArray()));
        LikelihoodModel opened = read.open(2);
        // As another program opens it, which has the model only.
        RecordForm<T> again = kind().of(DataFormats.of(read.data(), opened.space()));
        ItemLayout usual = again.format().layout();
        ItemLayout layout = opened.records().isPresent() && usual.sequences() ? ItemLayout.RECORDS : usual;
        return new Trained<>(again, opened, layout);
    }

    @BeforeEach
    void learn() throws IOException {
        if (trained == null) {
            trained = train(usual(1));
        }
    }

    Trained<T> trained() {
        return trained;
    }

    List<T> all() {
        List<T> all = new ArrayList<>(strange());
        all.addAll(usual(1).subList(0, 10));
        all.addAll(usual(2).subList(0, 10));
        return all;
    }

    @Test
    void itemsAreRecordsAgain() throws IOException {
        for (T record : all()) {
            Item item = trained.form.item(record);
            assertThat(shown(trained.form.record(item))).isEqualTo(shown(record));
        }
    }

    @Test
    void recordsComeBackFromTheirBytes() throws IOException {
        SingleItemCodec codec = trained.codec();
        for (T record : all()) {
            byte[] bytes = codec.encode(trained.form.item(record));
            assertThat(shown(trained.form.record(codec.decode(bytes)))).isEqualTo(shown(record));
        }
    }

    @Test
    void recordsComeBackFromArchives(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("records.ardm");
        List<T> all = all();
        try (ItemArchiveWriter writer =
                ItemArchiveWriter.create(file, trained.model, trained.model.plan(1), trained.layout)) {
            for (T record : all) {
                writer.add(trained.form.item(record));
            }
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(file, trained.model)) {
            for (int k = 0; k < all.size(); k++) {
                assertThat(shown(trained.form.record(archive.item(k).item()))).isEqualTo(shown(all.get(k)));
            }
        }
    }

    @Test
    void manyThreadsUseOneForm() {
        List<T> all = all();
        SingleItemCodec codec = trained.codec();
        IntStream.range(0, 3 * all.size()).parallel().forEach(k -> {
            T record = all.get(k % all.size());
            try {
                byte[] bytes = codec.encode(trained.form.item(record));
                assertThat(shown(trained.form.record(codec.decode(bytes)))).isEqualTo(shown(record));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void bytesOfAnotherModelAreRefused() throws IOException {
        SingleItemCodec codec = trained.codec();
        Trained<T> other = train(usual(2));
        assertThatThrownBy(() -> other.codec().decode(codec.encode(trained.form.item(usual(1).get(0)))))
                .isInstanceOf(WrongModelException.class);
    }

    @Test
    void cutBytesAreRefused() throws IOException {
        SingleItemCodec codec = trained.codec();
        byte[] bytes = codec.encode(trained.form.item(usual(1).get(0)));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(ArchiveException.class);
        }
    }

    @Test
    void whatWouldNotComeBackIsRefused() {
        refused().forEach((record, why) -> assertThatThrownBy(() -> trained.form.item(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why));
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> trained.form.item(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the record is null");
        List<T> records = new ArrayList<>(usual(1));
        records.set(3, null);
        assertThatThrownBy(() -> kind().fit(records).items(records, false))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("record is null");
    }

    @Test
    void thereIsSomethingToLearnFrom() {
        assertThatThrownBy(() -> kind().fit(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no records to learn from");
    }

    @Test
    void itemsForTrainingAreThoseOfTheRecords() throws IOException {
        List<T> records = usual(1);
        RecordForm<T> form = kind().fit(records);
        ItemSet items = form.items(records, false);
        assertThat(items.size()).isGreaterThan(0);
        long values = 0;
        for (int k = 0; k < items.size(); k++) {
            form.format().space().checkValues(items.item(k));
            values += items.item(k).length;
        }
        long own = records.stream()
                .mapToLong(record -> form.item(record).values().length)
                .sum();
        assertThat(values).isGreaterThanOrEqualTo(own);
    }

    @Test
    void formatsOfOtherRecordsAreRefused() throws IOException {
        RecordKind<int[]> other = new ArrayRecords(Space.of(new int[] {3}, 7, Space.Scale.NOMINAL));
        RecordForm<int[]> form = other.fit(List.of(new int[3]));
        assertThatThrownBy(() -> kind().of(form.format())).hasMessageContaining("and not of " + kind().name());
    }
}
