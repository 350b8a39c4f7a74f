package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.write.GroupRewriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codes groups of records anew without those that are deleted, so that nothing remains of these. A group that is stored needs no
 * model.
 *
 * @param models finds the model of an archive's part; empty where it is not there
 */
public record RecordRewriter(Models models) implements GroupRewriter {
    /** Finds models. */
    @FunctionalInterface
    public interface Models {
        /** The model of a part, if it is there. */
        Optional<LikelihoodModel> of(ArchiveHeader part) throws IOException;
    }

    @Override
    public Optional<RecordGroup> only(ArchiveHeader header, RecordGroup group, boolean[] kept) throws IOException {
        int[][] all = group.values();
        Optional<RecordCoder> coder = models.of(header)
                .map(model -> model.part(header.modelId()))
                .filter(model -> Arrays.equals(model.id(), header.modelId()))
                .flatMap(LikelihoodModel::records);
        if (all == null) {
            all = coder.flatMap(by -> by.decode(List.of(group), LikelihoodModel.NO_PROGRESS)
                            .get(0))
                    .orElse(null);
        }
        if (all == null) {
            return Optional.empty();
        }
        int count = 0;
        int[][] values = new int[kept.length][];
        byte[][] sides = new byte[kept.length][];
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                values[count] = all[i];
                sides[count++] = group.sides()[i];
            }
        }
        return Optional.of(shortest(
                coder.orElse(null), Arrays.copyOf(sides, count), Arrays.copyOf(values, count), header.categories()[0]));
    }

    /** Records as a group, coded where that is shorter, and comes back. @param coder null if there is none */
    static RecordGroup shortest(@Nullable RecordCoder coder, byte[][] sides, int[][] values, int categories) {
        RecordGroup stored = RecordGroup.stored(sides, values);
        if (coder == null || stored.most() > RecordGroup.MOST_CODED_VALUES) {
            return stored;
        }
        RecordGroup coded =
                RecordEncoder.coded(sides, values, coder.encode(List.of(values), LikelihoodModel.NO_PROGRESS));
        boolean shorter = coded.pack(categories).length <= stored.pack(categories).length;
        return shorter
                        && coder.decode(List.of(coded), LikelihoodModel.NO_PROGRESS)
                                .get(0)
                                .filter(back -> Arrays.deepEquals(back, values))
                                .isPresent()
                ? coded
                : stored;
    }
}
