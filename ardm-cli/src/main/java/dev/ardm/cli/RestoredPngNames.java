package dev.ardm.cli;

import dev.ardm.data.ImageFileList;
import dev.ardm.data.TakenNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of the files that come back: where that is a PNG whatever the file was, the name says so. */
final class RestoredPngNames implements Closeable {
    private final @Nullable TakenNames taken;

    RestoredPngNames(ImageFileList files, Path target, boolean unchanged) throws IOException {
        if (unchanged) {
            taken = null;
            return;
        }
        taken = TakenNames.beside(target, 2 * files.size());
        ImageFileList.Cursor cursor = files.cursor();
        while (cursor.next()) {
            if (isPng(cursor.name())) {
                taken.add(cursor.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static boolean isPng(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".png");
    }

    String of(String name) throws IOException {
        if (taken == null || isPng(name)) {
            return name;
        }
        String png = RestoredNames.pngOf(name);
        for (int n = 1; !taken.add(png.toLowerCase(Locale.ROOT)); n++) {
            png = n == 1 ? name + ".png" : name + "-" + n + ".png";
        }
        return png;
    }

    @Override
    public void close() throws IOException {
        if (taken != null) {
            taken.close();
        }
    }
}
