package dev.ardm.app.archive;

import dev.ardm.app.UserError;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.data.format.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Archives that are written anew under their names, without their models: compacted, or without some items. A damaged archive stays as
 * it is, and so does every archive if that fails or is interrupted.
 *
 * @param items in the archive now
 * @param before its size in bytes before
 * @param after its size in bytes now
 */
public record Rewriting(int items, long before, long after) {
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
            ArchiveCopy.replace(archive, kept);
        } catch (DamagedException e) {
            throw damaged(archive, e);
        }
        try (ArchiveReader reader = ArchiveReader.openCommitted(archive)) {
            return new Rewriting(reader.size(), before, Files.size(archive));
        }
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
