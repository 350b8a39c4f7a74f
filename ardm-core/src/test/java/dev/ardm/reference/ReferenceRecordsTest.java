package dev.ardm.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of records written from docs/format.md and the one that people run agree; only the symbols are left to the model. */
class ReferenceRecordsTest {
    @TempDir
    Path folder;

    private static List<int[]> lines(long seed, int count) {
        Random random = new Random(seed);
        List<int[]> lines = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            lines.add(random.ints(random.nextInt(12), 0, 5).toArray());
        }
        return lines;
    }

    @Test
    void everyRecordIsTheSame() throws Exception {
        List<int[]> learnt = lines(1, 500);
        LikelihoodModel model = CountsModel.learn(Space.of(new int[] {9}, 6, Space.Scale.NOMINAL), "", learnt)
                .open(1);
        Random random = new Random(2);
        List<Item> items = new ArrayList<>();
        int next = 0;
        for (int k = 0; k < 1_500; k++) {
            int[] values = k % 3 == 0
                    ? learnt.get(next++)
                    : k % 7 == 0 && next > 0
                            ? learnt.get(next - 1)
                            : random.ints(k / 100 % 4 == 1 ? 300 : random.nextInt(9), 0, 6)
                                    .toArray();
            byte[] side = k % 50 == 1 ? new byte[] {(byte) k, 1} : new byte[0];
            items.add(new Item("", values, side).labelled(k % 400 == 5 ? ItemLabel.named("n" + k) : ItemLabel.NONE));
        }
        Path file = folder.resolve("records.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(file, model, model.plan(1), ItemLayout.RECORDS)) {
            for (Item item : items) {
                writer.add(item);
            }
            writer.commit();
        }
        check(file, model, items);
        List<Item> left = new ArrayList<>();
        List<Boolean> stays = new ArrayList<>();
        for (Item item : items) {
            stays.add(random.nextInt(3) > 0);
            if (stays.get(stays.size() - 1)) {
                left.add(item);
            }
        }
        ArchiveCopy.replace(file, stays::get);
        check(file, model, left);
    }

    private static void check(Path file, LikelihoodModel model, List<Item> items) throws Exception {
        RecordCoder coder = model.records().orElseThrow();
        ReferenceArchive reference = new ReferenceArchive(Files.readAllBytes(file));
        assertThat(reference.items()).isEqualTo(items.size());
        int learnt = 0;
        int stored = 0;
        try (ItemArchive archive = ItemArchive.open(file, model)) {
            for (int k = 0; k < items.size(); k++) {
                ReferenceRecords.Place place = reference.place(k);
                int[] values;
                byte[] side = {};
                if (place.learnt() >= 0) {
                    learnt++;
                    values = coder.learnt(place.learnt());
                } else {
                    ReferenceRecords.Content content = reference.group(k);
                    stored += content.values() != null ? 1 : 0;
                    int[][] records = content.values() != null ? content.values() : decoded(coder, place, content);
                    values = records[place.slot()];
                    side = content.sides()[place.slot()];
                }
                assertThat(values).as("item %d", k).isEqualTo(items.get(k).values());
                assertThat(side).isEqualTo(items.get(k).side());
                assertThat(reference.name(k)).isEqualTo(items.get(k).name());
                assertThat(archive.get(k)).isEqualTo(values);
            }
        }
        assertThat(learnt).isBetween(items.size() / 4, items.size() / 2);
        assertThat(stored).isBetween(1, items.size() / 2);
    }

    private static int[][] decoded(RecordCoder coder, ReferenceRecords.Place place, ReferenceRecords.Content content) {
        RecordGroup group =
                RecordGroup.coded(content.sides(), (1 << place.group().bits()) - 1, content.stream());
        int[][] records = coder.decode(List.of(group), n -> {}).get(0).orElseThrow();
        assertThat((int) ReferenceRecords.check(content.sides(), records))
                .isEqualTo(dev.ardm.coding.CheckedStream.checkOf(content.sides(), records));
        return records;
    }
}
