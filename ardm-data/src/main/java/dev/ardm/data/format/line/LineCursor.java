package dev.ardm.data.format.line;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.FileRemarks;
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
    private byte[] line = new byte[256];
    private long bytes;
    private final LineRemarks remarks;
    private @Nullable InputStream in;
    private String place = "";
    private @Nullable String beginning;
    private OptionalInt mode = OptionalInt.empty(); // Of the file, which its first line has.

    /** @param json whether every line should be JSON; of some files their names say it */
    LineCursor(InputFiles files, InputFile.Gzip gzip, boolean json) {
        this.files = files;
        this.remarks = new LineRemarks(json);
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
                remarks.begin(file.name());
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
            int begin = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            int more = at - begin;
            if (more > line.length - length) {
                grow(length + (long) more);
            }
            System.arraycopy(buffer, begin, line, length, more);
            length += more;
            if (at < end) {
                at++;
                return item(length, false, false);
            }
        }
    }

    private void grow(long least) throws IOException {
        if (least > MOST_BYTES) {
            throw DataException.in(place, "has a line of more than " + MOST_BYTES + " bytes");
        }
        int longer = (int) Math.min(MOST_BYTES, Math.max(least, 2L * line.length));
        MemoryBudget.ofHeap().take(place, line.length + 5L * longer); // Both buffers, and the values of the item.
        line = Arrays.copyOf(line, longer);
    }

    private Item item(int length, boolean open, boolean none) {
        byte[] side = new LineSide(beginning, open, none).toBytes();
        OptionalInt first = beginning == null ? OptionalInt.empty() : mode;
        beginning = null;
        if (!none) {
            remarks.line(line, length);
        }
        int[] values = new int[length];
        for (int i = 0; i < length; i++) {
            values[i] = line[i] & 0xFF;
        }
        return new Item("", OptionalLong.empty(), first, new int[0], values, side, null);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public FileRemarks remarks() {
        return remarks.all();
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
