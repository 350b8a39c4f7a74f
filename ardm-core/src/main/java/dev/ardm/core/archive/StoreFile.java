package dev.ardm.core.archive;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.coding.ArchivedDocument;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.ItemLabel;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The archive of a store as a file: how it comes to be, and is written anew. */
final class StoreFile {
    private StoreFile() {}

    /** Makes an archive without items if there is none. */
    static void make(Path path, ArchiveHeader header) throws IOException {
        if (Files.notExists(path)) {
            try (ArchiveWriter empty = ArchiveWriter.create(path, header, false)) {
                empty.commit();
            } catch (FileAlreadyExistsException e) {
                // Somebody else has made it in the meantime; the lock decides whose it is.
            }
        }
    }

    /**
     * Writes all that is committed into one segment, under the same name.
     *
     * @throws DamagedException if anything is damaged: it would look whole in the new file
     * @throws IOException if it cannot be written, or is made of archives of several kinds; all is as it was then
     */
    static void compact(Path path) throws IOException {
        try (ArchiveReader reader = ArchiveReader.openCommitted(path)) {
            if (!reader.uniform()) {
                throw new IOException(path + ": several archives one behind the other cannot be made one");
            }
            try (ArchiveWriter writer = ArchiveWriter.create(path, reader.header(), true)) {
                if (!reader.embeddedModels().isEmpty()) {
                    writer.embedModel(reader, reader.embeddedModels().get(0));
                }
                for (int k = 0; k < reader.size(); k++) {
                    copy(reader, k, writer);
                }
                writer.commit();
            }
        }
    }

    private static void copy(ArchiveReader reader, int k, ArchiveWriter writer) throws IOException {
        if (reader.blockDamaged(k)) {
            throw reader.damage(
                    k,
                    new DamagedException(
                            DamagedException.STREAM,
                            -1,
                            0,
                            "its part of the file does not match its checksum, so the archive is left as it is",
                            ""));
        }
        ItemLabel label = new ItemLabel(reader.name(k).orElse(""), reader.time(k));
        if (reader.header().documents() != null) {
            copyDocument(reader.document(k), label, writer);
        } else if (reader.entry(k).stored()) {
            writer.addStored(reader.stored(k), label);
        } else {
            writer.add(reader.stream(k), label);
        }
    }

    private static void copyDocument(ArchivedDocument document, ItemLabel label, ArchiveWriter writer)
            throws IOException {
        int[] values = document.values();
        if (values != null) {
            writer.addStoredDocument(document.extra(), document.shape(), values, label);
        } else {
            byte[] stream = Objects.requireNonNull(document.stream());
            writer.addDocument(document.extra(), document.shape(), document.length(), stream, label);
        }
    }
}
