package dev.ardm.core.counts.pixel;

import java.util.Arrays;

/** The colours that a pixel can have, if these are few. */
final class Candidates {
    private long[] picture = {};
    private long[] all = {};
    private int count;
    private boolean any = true;

    /** Begins a picture. @param colours of it; empty if any are possible */
    void begin(long[] colours) {
        any = colours.length == 0;
        picture = Arrays.stream(colours).distinct().toArray();
        all = picture.clone();
    }

    /** Begins a pixel. */
    void reset() {
        System.arraycopy(picture, 0, all, 0, picture.length);
        count = picture.length;
    }

    /** Whether a colour is possible. */
    boolean has(long colour) {
        if (any) {
            return true;
        }
        for (int k = 0; k < count; k++) {
            if (all[k] == colour) {
                return true;
            }
        }
        return false;
    }

    /** Whether only one colour is possible. */
    boolean single() {
        return !any && count == 1;
    }

    /** The one that is possible. */
    long one() {
        return all[0];
    }

    /** A colour turned out not to be it. */
    void exclude(long colour) {
        int left = 0;
        for (int k = 0; k < count; k++) {
            if (all[k] != colour) {
                all[left++] = all[k];
            }
        }
        count = left;
    }

    /** Whether a bit of the colour can be that. */
    boolean canBe(int bit, int value) {
        if (any) {
            return true;
        }
        for (int k = 0; k < count; k++) {
            if ((all[k] >> bit & 1) == value) {
                return true;
            }
        }
        return false;
    }

    /** A bit of the colour is that. */
    void keep(int bit, int value) {
        int left = 0;
        for (int k = 0; k < count; k++) {
            if ((all[k] >> bit & 1) == value) {
                all[left++] = all[k];
            }
        }
        count = left;
    }
}
