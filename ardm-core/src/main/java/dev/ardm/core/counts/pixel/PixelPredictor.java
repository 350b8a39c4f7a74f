package dev.ardm.core.counts.pixel;

import dev.ardm.core.counts.internal.ItemPredictor;
import dev.ardm.core.decision.SymbolCoder;
import java.util.function.IntFunction;

/**
 * Predicts the values of images of one size from those before them: row by row, from left to right. Each value is a sequence of
 * questions: is it the most common value? If not, what are its bits, the highest first? Each question mixes what was answered after
 * each of its contexts. Threads may share it while nothing learns, each with a {@link Lane} of its own.
 *
 * <p>Sources: context tree coding of images (J. Rissanen 1983), context mixing (M. Mahoney 2005).
 */
final class PixelPredictor {
    /** The smallest and the largest table: binary logarithms of the number of slots, of 4 bytes. */
    static final int FEWEST_SLOTS = 16;

    static final int MOST_SLOTS = 25;

    private static final long SLOTS_A_VALUE = 4;
    private static final int NODES = 256;
    private static final int ROWS = 32;
    private static final int SHADES = Neighbours.SHADES * Neighbours.SHADES * Neighbours.SHADES;
    private static final int NEAR = 9; // The contexts by which to choose weights: are they known, and how well?
    private static final int EIGHT = 7;
    private static final int BINARY_NEAR = 13;

    private final int height;
    private final int width;
    private final int channels;
    private final int levels;
    private final int common;
    private final int bits;
    private final AnswerTable table;
    private final AnswerMixer mixer;

    /**
     * A predictor that has learnt nothing.
     *
     * @param levels of a value, from 2 to 256
     * @param common the value that is asked for first, or -1
     * @param slots binary logarithm of the number of contexts that it can count, from {@link #FEWEST_SLOTS} to {@link #MOST_SLOTS}
     */
    PixelPredictor(int height, int width, int channels, int levels, int common, int slots) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.levels = levels;
        this.common = common;
        this.bits = 32 - Integer.numberOfLeadingZeros(levels - 1);
        table = new AnswerTable(slots);
        int steps = bits + 1;
        mixer = Answers.mixer(new int[] {NODES * channels, steps * ROWS, steps * SHADES, steps * 9}, steps * 9);
    }

    /** The binary logarithm of the number of slots that so many values need. */
    static int slots(long values) {
        int log = 64 - Long.numberOfLeadingZeros(SLOTS_A_VALUE * values);
        return Math.max(FEWEST_SLOTS, Math.min(MOST_SLOTS, log));
    }

    /** What a thread needs. */
    final class Lane implements ItemPredictor {
        private final Neighbours neighbours = new Neighbours(height, width, channels, levels);
        private final Surroundings around = new Surroundings(height, width);
        private final Answers answers = new Answers(table, mixer);
        private final WholePixels whole = new WholePixels(answers, neighbours.count());
        private final int near = levels == 2 && channels == 1 ? BINARY_NEAR : NEAR;

        /** {@inheritDoc} Values of a known beginning are those of the model's levels. */
        @Override
        public void code(IntFunction<? extends SymbolCoder> coders, int[] image) {
            code(coders, image, false);
        }

        /** Codes an image, and learns it. Reading fills it in. */
        void learn(SymbolCoder coder, int[] image) {
            code(position -> coder, image, true);
        }

        private void code(IntFunction<? extends SymbolCoder> coders, int[] image, boolean learning) {
            neighbours.begin(image);
            answers.begin(learning);
            int at = 0;
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    around.look(row, column);
                    whole.begin(around);
                    long known = 0;
                    for (int channel = 0; channel < channels; channel++) {
                        answers.by(coders.apply(at));
                        neighbours.hashes(row, column, channel, answers.contexts);
                        whole.contexts(channel, channel == 0 ? -1 : known);
                        image[at] = value(image[at], row, channel);
                        known = known << 8 | image[at];
                        at++;
                    }
                    around.put(row, column, known);
                }
            }
        }

        private int value(int value, int row, int channel) {
            if (common >= 0 && ask(value == common, 0, 0, row, channel)) {
                return common;
            }
            int node = 1;
            for (int bit = bits - 1; bit >= 0; bit--) {
                int upper = node << 1 | 1;
                boolean yes = possible(upper, bit)
                        && (!possible(upper - 1, bit) || ask((value >> bit & 1) != 0, bits - bit, node, row, channel));
                whole.agree(8 * (channels - 1 - channel) + bit, yes);
                node = yes ? upper : upper - 1;
            }
            return node - (1 << bits);
        }

        /** Whether any value begins with the bits of a node, of which some more follow. */
        private boolean possible(int node, int following) {
            int first = (node << following) - (1 << bits);
            int count = Math.min(levels - first, 1 << following);
            return count > (common >= first && common - first < count ? 1 : 0);
        }

        private boolean ask(boolean yes, int step, int node, int row, int channel) {
            whole.copied(8 * (channels - 1 - channel) + Math.max(0, bits - step), node, channel, step == 0);
            answers.choose(0, channel * NODES + node);
            answers.choose(1, step * ROWS + row * ROWS / height);
            answers.choose(2, step * SHADES + neighbours.surroundings());
            return answers.ask(yes, node, step, near, EIGHT);
        }
    }
}
