package dev.ardm.core.counts.pixel;

import java.util.Arrays;

/**
 * The contexts of whole pixels, after those of {@link Neighbours}: the exact colours around, which of them are the same, and whether a
 * pixel is going to be a copy of one of them. Also all contexts within an item.
 */
final class WholePixels {
    /** How many contexts these are. */
    static final int COUNT = 7;

    private final Answers answers;
    private final int first;
    private final boolean[] agrees = new boolean[Surroundings.COPIED];
    private Surroundings around = new Surroundings(1, 1);
    private long pattern;

    /** @param first how many contexts are before these */
    WholePixels(Answers answers, int first) {
        this.answers = answers;
        this.first = first;
    }

    /** Begins a pixel, whose surroundings were looked at. */
    void begin(Surroundings of) {
        around = of;
        pattern = of.pattern();
        Arrays.fill(agrees, true);
    }

    /**
     * Sets the contexts of a value, but those of {@link #copied}.
     *
     * @param plane number of the channel
     * @param known the bytes of the pixel before it; -1 if there is none
     */
    void contexts(int plane, long known) {
        long[] c = around.colours;
        long salt = (known + 1) * 64 + plane;
        long two = Answers.hash(c[0], c[1], salt);
        long four = Answers.hash(two, c[2], c[3]);
        int k = first;
        answers.contexts[k++] = Answers.hash(1, two, 0);
        answers.contexts[k++] = Answers.hash(2, four, 0);
        answers.contexts[k++] = Answers.hash(3, salt, known < 0 ? pattern : 0);
        answers.contexts[k++] = Answers.hash(4, four, Answers.hash(c[4], c[5], c[6]));
        answers.contexts[k++] = Answers.hash(5, c[0], salt);
        answers.count = k;
        answers.own[0] = Answers.hash(10, salt, 0);
        answers.own[1] = Answers.hash(11, c[0], salt);
        answers.own[2] = Answers.hash(12, c[1], salt);
        answers.own[3] = Answers.hash(13, two, 0);
        answers.own[4] = Answers.hash(14, four, 0);
        answers.own[5] = Answers.hash(15, Answers.hash(c[0], c[4], c[2]), salt);
        answers.own[6] = Answers.hash(16, pattern, salt);
        answers.own[7] = Answers.hash(17, Answers.hash(c[1], c[3], c[5]), salt);
        answers.ownCount = Answers.OWN;
    }

    /**
     * Sets the contexts of copies for the next question.
     *
     * @param place which bit of the colour it is about
     * @param node the number of the question
     * @param first whether it is not about a bit yet
     * @return which of the neighbours it may be a copy of, and what their next bits are
     */
    int copied(int place, int node, int plane, boolean first) {
        int states = 0;
        for (int k = 0; k < agrees.length; k++) {
            states = states * 3 + (agrees[k] ? 1 + (int) (around.colours[k] >> place & 1) : 0);
        }
        long free = Answers.salt(node);
        long of = states * 64L + plane + (first ? 1L << 40 : 0);
        answers.contexts[this.first + COUNT - 2] = Answers.hash(20, of, place) ^ free;
        answers.contexts[this.first + COUNT - 1] = Answers.hash(21, of, pattern) ^ free;
        answers.count = this.first + COUNT;
        return states;
    }

    /** A bit of the colour is known now. */
    void agree(int place, boolean set) {
        for (int k = 0; k < agrees.length; k++) {
            agrees[k] &= (around.colours[k] >> place & 1) == (set ? 1 : 0);
        }
    }
}
