package dev.ardm.core.counts.pixel;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.SymbolCoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Predicts pictures of any size, as {@link Picture} has them, and any other bytes, each byte from those before it. Of a pixel it asks
 * first whether it is that on its left, then whether it is that above it, then for the bits of its bytes that are not known yet; a
 * picture that lists its colours leaves few open. Threads may share it while nothing learns, each with a {@link Lane} of its own.
 */
final class PicturePredictor {
    // What a byte is: part of a number, of the bytes beside the pixels, of bytes that are not a picture, or of a listed
    // colour.
    private static final int NUMBERS = 0;
    private static final int BESIDE = 1;
    private static final int OTHERS = 2;
    private static final int COLOURS = 3;
    private static final int PLANES = COLOURS + Picture.MOST_CHANNELS;
    private static final int QUESTIONS = PLANES + 18;
    private static final int NODES = 256;

    // Steps of a question.
    private static final int KIND = 0;
    private static final int LEFT = 1;
    private static final int ABOVE = 2;
    private static final int BITS = 3;
    private static final int BYTE_BITS = BITS + 8;
    private static final int STEPS = BYTE_BITS + 8;

    // Numbers of questions that are not about a bit.
    private static final int KIND_NODE = 300;
    private static final int LEFT_NODE = 301;
    private static final int ABOVE_NODE = 302;

    private static final int SAME = 64 * 9;
    private static final int SHADES = Neighbours.SHADES * Neighbours.SHADES * Neighbours.SHADES;
    private static final int PLACES = 64;

    private final AnswerTable table;
    private final AnswerMixer mixer = Answers.mixer(
            new int[] {(QUESTIONS + 1) * NODES, SAME + PLANES * 8 + 8, SHADES * STEPS + PLACES * PLANES, STEPS * 9},
            STEPS * 9);

    /** @param slots binary logarithm of the number of contexts that it can count */
    PicturePredictor(int slots) {
        table = new AnswerTable(slots);
    }

    /** Refuses to read on. */
    @FunctionalInterface
    interface Guard {
        /** Throws if what is read has come to its end. */
        void check() throws DamagedException;
    }

    /** What a thread needs. */
    final class Lane {
        private final Answers answers = new Answers(table, mixer);
        private final Candidates candidates = new Candidates();
        private int[] given = {};
        private boolean reading;
        private int[] out = {};
        private int size;
        private int most;
        private Guard guard = () -> {};

        /**
         * Codes an item.
         *
         * @param item values; null to read one
         * @param mostValues no item that is read has more
         * @param learning whether it is learnt
         * @throws DamagedException if what is read is no item
         */
        int[] code(SymbolCoder coder, int @Nullable [] item, int mostValues, boolean learning, Guard watching)
                throws DamagedException {
            answers.begin(learning);
            answers.by(coder);
            reading = item == null;
            given = item == null ? new int[0] : item;
            out = new int[Math.max(64, given.length)];
            size = 0;
            most = mostValues;
            guard = watching;
            @Nullable Picture picture = Picture.of(given);
            if (kind(picture != null)) {
                picture();
            } else {
                others();
            }
            return Arrays.copyOf(out, size);
        }

        /** Codes an item that is known. */
        void write(SymbolCoder coder, int[] item, boolean learning) {
            try {
                code(coder, item, Integer.MAX_VALUE, learning, () -> {});
            } catch (DamagedException e) {
                throw new IllegalStateException(e); // Only what is read can be damaged.
            }
        }

        private boolean kind(boolean picture) {
            answers.count = 1;
            answers.contexts[0] = 1;
            answers.ownCount = 0;
            answers.choose(0, QUESTIONS * NODES);
            answers.choose(1, SAME + PLANES * 8);
            answers.choose(2, 0);
            return answers.ask(picture, KIND_NODE, KIND, 0, 0);
        }

        private void others() throws DamagedException {
            int length = 0;
            for (int k = 0; k < Integer.BYTES; k++) {
                length |= aByte(NUMBERS, given.length >> 8 * k & 0xFF, 8 + k, 0) << 8 * k;
            }
            require(length >= 0 && length <= most);
            size = 0;
            for (int k = 0; k < length; k++) {
                put(OTHERS, k);
            }
        }

        private void picture() throws DamagedException {
            int channels = put(NUMBERS, 0);
            require(channels >= 1 && channels <= Picture.MOST_CHANNELS);
            int[] numbers = new int[4];
            for (int k = 0; k < numbers.length; k++) {
                int next = 0x80;
                for (int i = 0; next >= 0x80; i++) {
                    require(i < 4);
                    next = put(NUMBERS, 16 + k * 4 + i);
                    numbers[k] |= (next & 0x7F) << 7 * i;
                }
            }
            Picture picture = new Picture(channels, numbers[0], numbers[1], numbers[2], numbers[3], size);
            require(picture.possible() && picture.bytes() <= most);
            for (int k = 0; k < picture.beside(); k++) {
                put(BESIDE, k);
            }
            long[] colours = new long[picture.colours()];
            for (int k = 0; k < colours.length; k++) {
                for (int channel = 0; channel < channels; channel++) {
                    put(COLOURS + channel, channels);
                }
                colours[k] = Picture.colour(out, size - channels, channels);
            }
            pixels(picture, colours);
        }

        private void require(boolean holds) throws DamagedException {
            if (!holds) {
                throw DamagedException.inStream(0, "there is no such picture");
            }
        }

        /** Codes the next byte of the item. */
        private int put(int field, int place) throws DamagedException {
            int value = aByte(field, reading ? 0 : given[size], place, size);
            if (size == out.length) {
                out = Arrays.copyOf(out, 2 * size);
            }
            out[size++] = value;
            return value;
        }

        private int last(int back) {
            return size < back ? 0 : out[size - back];
        }

        private int aByte(int field, int value, int place, int done) throws DamagedException {
            guard.check();
            int at = Math.min(PLACES - 1, place);
            long p1 = last(1);
            long p2 = p1 << 8 | last(2);
            long p3 = p2 << 8 | last(3);
            long p4 = p3 << 8 | last(4);
            long[] contexts = answers.contexts;
            long kind = (field + 1L) << 48;
            int c = 0;
            contexts[c++] = Answers.hash(kind, 0, 0);
            contexts[c++] = Answers.hash(kind, 1, p1);
            contexts[c++] = Answers.hash(kind, 2, p2);
            contexts[c++] = Answers.hash(kind, 3, p3);
            contexts[c++] = Answers.hash(kind, 4, p4);
            contexts[c++] = Answers.hash(kind, 5 + (p4 << 8), (long) last(5) << 8 | last(6));
            contexts[c++] = Answers.hash(kind, 6, place);
            contexts[c++] = Answers.hash(kind, 7 + (p1 << 8), place);
            if (field >= COLOURS) {
                int channel = field - COLOURS;
                int before = last(place); // The same channel of the colour before; the place is the number of channels.
                long so = 1;
                for (int k = channel; k > 0; k--) {
                    so = so << 8 | last(k);
                }
                int slope = channel == 0 ? before : before + last(1) - last(place + 1);
                contexts[c++] = Answers.hash(kind, 8, before);
                contexts[c++] = Answers.hash(kind, 9, so);
                contexts[c++] = Answers.hash(kind, 10 + ((long) before << 8), so);
                contexts[c++] = Answers.hash(kind, 11 + ((long) before << 8), last(2 * place));
                contexts[c++] = Answers.hash(kind, 12, slope);
            }
            answers.count = c;
            for (int k = 0; k < 4; k++) {
                answers.own[k] = contexts[k + 1];
            }
            answers.ownCount = 4;
            answers.choose(2, SHADES * STEPS + Math.min(PLANES - 1, field) * PLACES + at);
            int node = 1;
            for (int bit = 7; bit >= 0; bit--) {
                answers.choose(0, field * NODES + node);
                answers.choose(1, SAME + Math.min(PLANES - 1, field) * 8 + bit);
                boolean yes = answers.ask((value >> bit & 1) != 0, node, BYTE_BITS + bit, 2, 3);
                node = node << 1 | (yes ? 1 : 0);
            }
            return node - NODES;
        }

        private void pixels(Picture picture, long[] colours) throws DamagedException {
            int channels = picture.channels();
            int plane = channels > 4 ? 10 : channels * (channels - 1) / 2;
            int[] image = new int[picture.height() * picture.width() * channels];
            if (!reading) {
                System.arraycopy(given, picture.pixelsAt(), image, 0, image.length);
            }
            Neighbours neighbours = new Neighbours(picture.height(), picture.width(), channels, NODES, plane);
            Surroundings around = new Surroundings(picture.height(), picture.width());
            WholePixels whole = new WholePixels(answers, neighbours.count());
            neighbours.begin(image);
            candidates.begin(colours);
            int at = 0;
            for (int row = 0; row < picture.height(); row++) {
                for (int column = 0; column < picture.width(); column++) {
                    guard.check();
                    around.look(row, column);
                    long colour = pixel(neighbours, around, whole, row, column, channels, plane, image, at);
                    around.put(row, column, colour);
                    for (int channel = channels - 1; channel >= 0; channel--) {
                        image[at + channel] = (int) (colour & 0xFF);
                        colour >>= 8;
                    }
                    at += channels;
                }
            }
            out = Arrays.copyOf(out, size + image.length);
            System.arraycopy(image, 0, out, size, image.length);
            size += image.length;
        }

        private long pixel(
                Neighbours neighbours,
                Surroundings around,
                WholePixels whole,
                int row,
                int column,
                int channels,
                int plane,
                int[] image,
                int at) {
            long colour = Picture.colour(image, at, channels);
            long left = around.colours[0];
            long above = around.colours[1];
            candidates.reset();
            if (candidates.single()) {
                return candidates.one();
            }
            neighbours.hashes(row, column, 0, answers.contexts);
            whole.begin(around);
            whole.contexts(plane, -1);
            answers.choose(1, around.same() * 9);
            if (candidates.has(left)) {
                if (same(colour == left, LEFT_NODE, LEFT, plane, neighbours)) {
                    return left;
                }
                candidates.exclude(left);
                if (candidates.single()) {
                    return candidates.one();
                }
            }
            if (above != left && candidates.has(above)) {
                if (same(colour == above, ABOVE_NODE, ABOVE, plane, neighbours)) {
                    return above;
                }
                candidates.exclude(above);
            }
            return bits(neighbours, whole, around.same(), row, column, channels, plane, colour, image, at);
        }

        private boolean same(boolean yes, int node, int step, int plane, Neighbours neighbours) {
            answers.choose(0, QUESTIONS * NODES + 1 + 2 * plane + (step - LEFT));
            answers.choose(2, neighbours.surroundings() * STEPS + step);
            return answers.ask(yes, node, step, neighbours.count(), neighbours.count() + 1);
        }

        private long bits(
                Neighbours neighbours,
                WholePixels whole,
                int same,
                int row,
                int column,
                int channels,
                int plane,
                long colour,
                int[] image,
                int at) {
            long known = 0;
            for (int channel = 0; channel < channels; channel++) {
                if (candidates.single()) {
                    return candidates.one();
                }
                neighbours.hashes(row, column, channel, answers.contexts);
                whole.contexts(plane + channel, known);
                int node = 1;
                for (int bit = 7; bit >= 0; bit--) {
                    int place = 8 * (channels - 1 - channel) + bit;
                    boolean yes;
                    if (!candidates.canBe(place, 0)) {
                        yes = true;
                    } else if (!candidates.canBe(place, 1)) {
                        yes = false;
                    } else {
                        int states = whole.copied(place, node, plane + channel, false);
                        answers.choose(0, (PLANES + plane + channel) * NODES + node);
                        answers.choose(1, same * 9 + states / 9);
                        answers.choose(2, neighbours.surroundings() * STEPS + BITS + bit);
                        yes = answers.ask((colour >> place & 1) != 0, node, BITS + bit, 9, neighbours.count() + 1);
                    }
                    int value = yes ? 1 : 0;
                    candidates.keep(place, value);
                    whole.agree(place, yes);
                    node = node << 1 | value;
                }
                image[at + channel] = node - NODES;
                known = known << 8 | node - NODES | 1L << 40;
            }
            return Picture.colour(image, at, channels);
        }
    }
}
