package dev.ardm.app.archive;

import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.data.file.FileList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What archives keep of files besides their names and contents, and restored files get back.
 *
 * @param times when they were modified last
 * @param modes who may read, write and execute them
 */
public record Attributes(boolean times, boolean modes) {
    /** Nothing. */
    public static final Attributes NONE = new Attributes(false, false);

    /** Nobody may read a new archive who may not read all that is in it. That of a single file has the permissions of the file. */
    public void permit(ItemArchiveWriter writer, List<Path> files) throws IOException {
        OptionalInt shared = FileList.sharedModes(files);
        if (shared.isPresent()) {
            if (modes && files.size() == 1 && Files.isRegularFile(files.get(0))) {
                writer.permit(shared.getAsInt());
            } else {
                writer.restrict(shared.getAsInt());
            }
        }
    }
}
