package dev.ardm.fuzz;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records of a model of counts. If the top bit of the first byte is set, the others are the stream of a group; else an archive,
 * whose checksums become what the byte says ({@link Seals}), and whose model is this one. What decodes is the same in a copy.
 */
final class RecordsTarget implements FuzzTarget {
    /** More are not decoded: that would be the same again. */
    private static final int MOST_ITEMS = 300;

    private static final int GROUP = 3;
    private static final int MOST_VALUES = 100;
    private static final int MODEL_AT = 20;

    private final LikelihoodModel model = model();
    private final RecordCoder coder = model.records().orElseThrow();

    /** A model of items of five categories, three of which it contains. */
    static LikelihoodModel model() {
        return CountsModel.learn(
                        Space.of(new int[] {6}, 5, Space.Scale.NOMINAL),
                        "",
                        List.of(new int[] {0, 1, 2, 3, 4, 0}, new int[] {4, 4, 4}, new int[0]))
                .open(1);
    }

    @Override
    public String name() {
        return "records";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ArchiveException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        if (input.length > 0 && input[0] < 0) {
            group(Arrays.copyOfRange(input, 1, input.length));
            return;
        }
        byte[] archive = input.clone();
        if (archive.length > MODEL_AT + ArchiveFormat.MODEL_ID_BYTES) {
            System.arraycopy(model.id(), 0, archive, MODEL_AT + 1, ArchiveFormat.MODEL_ID_BYTES);
        }
        Path file = scratch.file("input.ardm", Seals.chosen(archive));
        Path copy = scratch.file("copy.ardm", new byte[0]);
        List<int[]> kept = new ArrayList<>();
        try (ItemArchive items = ItemArchive.recover(file, model)) {
            List<Integer> left = new ArrayList<>();
            ArchiveCopy.write(items.reader(), copy, true, new ArchiveCopy.Listener() {
                @Override
                public void doubtful(int item) {}

                @Override
                public void leftOut(DamagedException why) {
                    left.add(why.item());
                }
            });
            for (int k = items.reader().nextPresent(0);
                    k < items.size() && kept.size() < MOST_ITEMS;
                    k = items.reader().nextPresent(k + 1)) {
                if (!left.contains(k)) {
                    Item read = items.item(k).read();
                    kept.add(read == null ? null : read.values());
                }
            }
        }
        check(copy, kept);
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            reader.verify(k -> {});
        }
    }

    private void check(Path copy, List<int[]> kept) throws IOException {
        try (ItemArchive items = ItemArchive.open(copy, model)) {
            PropertyViolation.unless(items.size() >= kept.size(), "a copy has what is not left out");
            List<DecodedItem> all = items.items(0, kept.size());
            for (int k = 0; k < kept.size(); k++) {
                // In a copy, frames are joined: the bound of one of them may be what kept a record from decoding.
                Item read = all.get(k).read();
                PropertyViolation.unless(
                        kept.get(k) == null || read != null && Arrays.equals(kept.get(k), read.values()),
                        "what decodes is the same in a copy");
            }
            items.verify(k -> {});
            items.read(ItemRanges.of(0, items.size()), (k, item) -> {}, n -> {});
        }
    }

    private void group(byte[] stream) throws DamagedException {
        byte[][] sides = new byte[GROUP][0];
        Optional<int[][]> found = coder.decode(List.of(RecordGroup.coded(sides, MOST_VALUES, stream)), n -> {})
                .get(0);
        int[][] records =
                found.orElseThrow(() -> new DamagedException(DamagedException.STREAM, -1, 0, "does not decode", ""));
        byte[] again = ArchiveSeeds.group(coder, List.of(records));
        PropertyViolation.unless(again.length <= stream.length, "no stream of a group is shorter than what is written");
        int[][] back = coder.decode(List.of(RecordGroup.coded(sides, MOST_VALUES, again)), n -> {})
                .get(0)
                .orElseThrow(() -> new PropertyViolation("a group decodes"));
        PropertyViolation.unless(Arrays.deepEquals(records, back), "a group decodes from what it is encoded to");
    }
}
