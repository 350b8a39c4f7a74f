package dev.ardm.data.format.line;

import dev.ardm.core.Item;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.file.SuccessiveFiles;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes lines as files again. Lines of no file, such as those a model made up, are in one file. */
final class LineWriter implements ItemWriter {
    private final SuccessiveFiles output;
    private @Nullable OutputStream out;
    private int count;
    private boolean failed;

    LineWriter(SuccessiveFiles output) {
        this.output = output;
    }

    @Override
    public void add(Item item) throws IOException {
        byte[] line = new byte[item.values().length];
        for (int i = 0; i < line.length; i++) {
            int value = item.values()[i];
            if (value < 0 || value > 255) {
                throw new IllegalArgumentException("value " + value + " at position " + i + " is outside [0, 256)");
            }
            line[i] = (byte) value;
        }
        LineSide side = LineSide.of("line " + (count + 1), item.side());
        boolean before = failed;
        failed = true;
        OutputStream to = out;
        if (side.file() != null || to == null) {
            to = output.begin(side.file() != null ? side.file() : "lines" + LineFormat.EXTENSION, item.mode());
            out = to;
        }
        if (!side.none()) {
            to.write(line);
            if (!side.open()) {
                to.write('\n');
            }
        }
        count++;
        failed = before;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public void commit() throws IOException {
        if (failed) {
            throw new IOException(output.target() + ": not written, because an earlier write failed");
        }
        output.commit();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
