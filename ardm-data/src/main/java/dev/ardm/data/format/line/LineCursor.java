package dev.ardm.data.format.line;

import dev.ardm.core.Item;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.MemoryBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Goes through the lines of files. A line ends with a line feed, which is not part of it, or with its file. */
final class LineCursor implements ItemCursor {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final InputFiles files;
    private final InputFile.Gzip gzip;
    private final Iterator<InputFile> rest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int[] line = new int[256];
    private long bytes;
    private @Nullable InputStream in;
    private String place = "";
    private @Nullable String beginning;
    private OptionalInt mode = OptionalInt.empty(); // Of the file, which its first line has.

    LineCursor(InputFiles files, InputFile.Gzip gzip) {
        this.files = files;
        this.gzip = gzip;
        this.rest = files.files().iterator();
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (true) {
            if (in == null) {
                if (!rest.hasNext()) {
                    return null;
                }
                InputFile file = rest.next();
                in = file.open(gzip);
                place = file.place();
                beginning = file.name();
                mode = file.mode();
                at = 0;
                end = 0;
            }
            Item item = line(in);
            if (item != null) {
                return item;
            }
            in.close();
            in = null;
        }
    }

    /** The next line of the file; null at its end. */
    private @Nullable Item line(InputStream from) throws IOException {
        int length = 0;
        while (true) {
            if (at == end) {
                end = from.read(buffer);
                at = 0;
                if (end < 0) {
                    end = 0;
                    return length == 0 && beginning == null ? null : item(length, length > 0, length == 0);
                }
                bytes += end;
            }
            while (at < end) {
                byte next = buffer[at++];
                if (next == '\n') {
                    return item(length, false, false);
                }
                if (length == line.length) {
                    grow();
                }
                line[length++] = next & 0xFF;
            }
        }
    }

    private void grow() throws IOException {
        int longer = (int) Math.min(MOST_BYTES, 2L * line.length);
        MemoryBudget.ofHeap().take(place, 4L * (line.length + (long) longer) + 4L * longer);
        line = Arrays.copyOf(line, longer);
    }

    private Item item(int length, boolean open, boolean none) {
        byte[] side = new LineSide(beginning, open, none).toBytes();
        OptionalInt first = beginning == null ? OptionalInt.empty() : mode;
        beginning = null;
        return new Item("", OptionalLong.empty(), first, new int[0], Arrays.copyOf(line, length), side, null);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public SkippedFiles skipped() {
        return SkippedFiles.of(files.skipped());
    }

    @Override
    public void close() throws IOException {
        try {
            if (in != null) {
                in.close();
            }
        } finally {
            files.close();
        }
    }
}
