package dev.ardm.core.counts.pixel;

import dev.ardm.core.counts.internal.ItemPredictor;
import dev.ardm.core.decision.Logistic;
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
    private static final int KNOWN = 3;
    private static final int NEAR = 9; // The contexts by which to choose weights: are they known, and how well?
    private static final int EIGHT = 7;
    private static final int SURE = 64; // Seen as often, a probability counts in full.
    private static final int LEAST = 7;
    private static final int FACTOR = 0x9E3779B1;

    private final int height;
    private final int width;
    private final int channels;
    private final int levels;
    private final int common;
    private final int bits;
    private final AnswerTable table;
    private final AnswerMixer mixer;
    private final int contexts;

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
        this.contexts = new Neighbours(height, width, channels, levels).count();
        table = new AnswerTable(slots);
        int steps = bits + 1;
        mixer = new AnswerMixer(
                2 * contexts + 1,
                new int[] {
                    NODES * channels,
                    steps * KNOWN * KNOWN,
                    steps * Neighbours.SHADES * Neighbours.SHADES * Neighbours.SHADES,
                    steps * ROWS
                },
                steps * KNOWN * KNOWN);
    }

    /** The binary logarithm of the number of slots that so many values need. */
    static int slots(long values) {
        int log = 64 - Long.numberOfLeadingZeros(SLOTS_A_VALUE * values);
        return Math.max(FEWEST_SLOTS, Math.min(MOST_SLOTS, log));
    }

    /** What a thread needs. */
    final class Lane implements ItemPredictor {
        private final Neighbours neighbours = new Neighbours(height, width, channels, levels);
        private final long[] hashes = new long[contexts];
        private final long[] asked = new long[contexts];
        private final int[] places = new int[contexts];
        private final AnswerMixer.Question question = new AnswerMixer.Question(2 * contexts + 1, 4);

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
            int at = 0;
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    for (int channel = 0; channel < channels; channel++) {
                        neighbours.hashes(row, column, channel, hashes);
                        image[at] = value(coders.apply(at), image[at], row, channel, learning);
                        at++;
                    }
                }
            }
        }

        private int value(SymbolCoder coder, int value, int row, int channel, boolean learning) {
            if (common >= 0 && ask(coder, value == common, 0, 0, row, channel, learning)) {
                return common;
            }
            int node = 1;
            for (int bit = bits - 1; bit >= 0; bit--) {
                int upper = node << 1 | 1;
                boolean yes = possible(upper, bit)
                        && (!possible(upper - 1, bit)
                                || ask(coder, (value >> bit & 1) != 0, bits - bit, node, row, channel, learning));
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

        private boolean ask(
                SymbolCoder coder, boolean yes, int step, int node, int row, int channel, boolean learning) {
            look(node);
            int known = known(places[NEAR], 4) * KNOWN + known(places[EIGHT], 6);
            question.chosen[0] = channel * NODES + node;
            question.chosen[1] = step * KNOWN * KNOWN + known;
            question.chosen[2] =
                    step * Neighbours.SHADES * Neighbours.SHADES * Neighbours.SHADES + neighbours.surroundings();
            question.chosen[3] = step * ROWS + row * ROWS / height;
            int probability = mixer.probability(question, step * KNOWN * KNOWN + known);
            boolean answer = coder.decide(probability, yes);
            if (learning) {
                mixer.learn(question, answer);
                for (int k = 0; k < contexts; k++) {
                    table.learn(places[k], asked[k], answer);
                }
            }
            return answer;
        }

        private void look(int node) {
            int[] logits = question.logits;
            long own = node * 2L * FACTOR + 1;
            for (int k = 0; k < contexts; k++) {
                long hash = (hashes[k] ^ own) * 0xD6E8FEB86659FD93L;
                hash ^= hash >>> 32;
                asked[k] = hash * 0x9E3779B97F4A7C15L;
                places[k] = table.find(asked[k]);
                if (places[k] < 0) {
                    logits[2 * k] = 0;
                    logits[2 * k + 1] = 0;
                } else {
                    int probability = table.probability(places[k]);
                    int logit = Logistic.logit(Math.max(LEAST, Math.min(Logistic.ONE - LEAST, probability)));
                    logits[2 * k] = logit;
                    logits[2 * k + 1] = logit * CONFIDENCE[Math.min(SURE, table.seen(places[k]))] >> 8;
                }
            }
            logits[2 * contexts] = 307;
        }

        private int known(int place, int often) {
            return place < 0 ? 0 : table.seen(place) < often ? 1 : 2;
        }
    }

    /** How much a probability counts that was seen n times, in 1/256: the root of n, an eighth of it. */
    private static final int[] CONFIDENCE = new int[SURE + 1];

    static {
        for (int seen = 0; seen <= SURE; seen++) {
            CONFIDENCE[seen] = (int) (32 * StrictMath.sqrt(seen));
        }
    }
}
