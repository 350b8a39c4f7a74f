package dev.ardm.core.model;

import java.io.OutputStream;

/** Counts what is written. */
final class Counted extends OutputStream {
    private long bytes;

    /** How many bytes so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public void write(int b) {
        bytes++;
    }

    @Override
    public void write(byte[] b, int from, int length) {
        bytes += length;
    }
}
