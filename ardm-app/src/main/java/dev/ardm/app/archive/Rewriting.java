package dev.ardm.app.archive;

import dev.ardm.app.UserError;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.FrameRecords;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.coding.internal.write.GroupRewriter;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.core.archive.RecordRewriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.format.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Archives that are written anew under their names: compacted, or without some items. It takes no model, but where records of a group are deleted, a
 * model makes the group anew without them. A damaged archive stays as
 * it is, and so does every archive if that fails or is interrupted.
 *
 * @param items in the archive now
 * @param before its size in bytes before
 * @param after its size in bytes now
 * @param remaining records that were deleted, but are still in groups with others, because the model is not here
 */
public record Rewriting(int items, long before, long after, long remaining) {
    /**
     * Writes an archive in one segment for each part: what many additions have made takes less room then.
     *
     * @throws UserError if it is damaged
     */
    public static Rewriting compact(Path archive) throws IOException {
        return rewrite(archive, item -> true);
    }

    /**
     * Removes items for good. Those after them get other numbers.
     *
     * @param wanted names, numbers or patterns, see {@link ItemSelection}
     * @throws UserError if one is not there, the archive is damaged, or other rows of a table could not be restored without these
     */
    public static Rewriting delete(Path archive, List<String> wanted) throws IOException {
        OpenedArchive.requireFile(archive);
        ItemRanges deleted;
        try (ArchiveReader reader = ArchiveReader.openCommitted(archive)) {
            deleted = ItemSelection.of(archive, reader, wanted);
            requireTables(archive, reader, deleted);
        } catch (DamagedException e) {
            throw damaged(archive, e);
        }
        return rewrite(archive, item -> !deleted.contains(item));
    }

    private static Rewriting rewrite(Path archive, IntPredicate kept) throws IOException {
        OpenedArchive.requireFile(archive);
        if (!Files.isWritable(archive)) {
            throw new UserError(archive + ": cannot be written");
        }
        long before = Files.size(archive);
        try {
            ArchiveCopy.replace(archive, kept, rewriter(archive, kept));
        } catch (DamagedException e) {
            throw damaged(archive, e);
        }
        try (ArchiveReader reader = ArchiveReader.openCommitted(archive)) {
            return new Rewriting(reader.size(), before, Files.size(archive), remaining(reader));
        }
    }

    /** Groups of records without some of them need the model, if it can be found. */
    private static GroupRewriter rewriter(Path archive, IntPredicate kept) throws IOException {
        Map<String, LikelihoodModel> models = new HashMap<>();
        try (ArchiveReader reader = ArchiveReader.openCommitted(archive)) {
            boolean needed = remaining(reader) > 0;
            for (int k = 0; k < reader.size() && !needed; k++) {
                needed = !kept.test(k)
                        && reader.entry(k).form() == ItemForm.CODED
                        && reader.header(k).layout().records();
            }
            if (needed) {
                for (String id : reader.modelIds()) {
                    ArchiveModels.Found found = new ArchiveModels(null, 1).find(archive, archive, reader, id);
                    if (found != null) {
                        models.put(id, found.model());
                    }
                }
            }
        }
        return new RecordRewriter(
                part -> Optional.ofNullable(models.get(HexFormat.of().formatHex(part.modelId()))));
    }

    /** Number of records that were deleted and are still in groups. */
    private static long remaining(ArchiveReader reader) throws IOException {
        long remaining = 0;
        for (int k = 0; k < reader.size(); k++) {
            if (reader.header(k).layout().records()) {
                FrameRecords records = reader.records(k);
                remaining += records.droppedInGroups();
                k = reader.firstOfFrame(k) + records.count() - 1;
            }
        }
        return remaining;
    }

    private static UserError damaged(Path archive, DamagedException e) {
        return new UserError(
                e.getMessage() + "; a damaged archive is left as it is. What can be recovered makes a whole one:"
                        + System.lineSeparator() + "  ardm repair " + archive + " -o WHOLE.ardm");
    }

    /** The name of a table and its first line come with its first row, so that row goes last. */
    private static void requireTables(Path archive, ArchiveReader reader, ItemRanges deleted) throws IOException {
        boolean headless = false;
        for (int k = 0; k < reader.size(); k++) {
            if (!reader.header(k).layout().equals(ItemLayout.ROWS)) {
                headless = false;
                continue;
            }
            ArchivedItem item = reader.item(k);
            byte[] whole = item.whole();
            if (TableFormat.beginsFile(whole != null ? whole : item.side())) {
                headless = deleted.contains(k);
            } else if (headless && !deleted.contains(k)) {
                throw new UserError(
                        archive + ": item " + k + " cannot be restored without the first row of its table, which"
                                + " has the name and the header; delete all rows of the table, or keep the first");
            }
        }
    }
}
