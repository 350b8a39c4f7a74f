package dev.ardm.coding.internal.read;

import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.file.PositionalFile;
import java.io.IOException;

/** Reads a part of a file front to back that may be larger than memory: only a window of it is there at a time. */
public final class WindowCursor extends ByteCursor {
    private final PositionalFile file;
    private final long to;
    private final int window;

    /**
     * A cursor at a byte of a file.
     *
     * @param part what the bytes are, for messages
     * @param from offset of the first byte in the file
     * @param to offset after the last byte
     * @param window how many bytes to read at a time; more where a record is longer
     */
    public WindowCursor(PositionalFile file, String part, long from, long to, int window) {
        super(file.name(), part, from, new byte[0], 0);
        this.file = file;
        this.to = to;
        this.window = window;
    }

    /** Sees to it that the next bytes can be read, that many as a record has at most, or all that are left of the part. */
    public void prepare(int most) throws IOException {
        if (left() < most && to - position() > left()) {
            move(position(), file.read(position(), (int) Math.min(Math.max(window, most), to - position())));
        }
    }

    /** Goes to another place of the part, given as an offset in the file. */
    void skipTo(long position) throws IOException {
        move(position, file.read(position, (int) Math.min(window, to - position)));
    }

    /** The bytes from here to the end of the part. */
    public long rest() {
        return to - position();
    }
}
