package dev.ardm.app.sample;

import dev.ardm.app.Listener;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.layer.ImageInput;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Draws items of which nothing is known.
 *
 * @param space of the items; another than the model's if they have another size
 * @param layout how a generator sees them
 * @param alignment see {@link LikelihoodModel#generator}
 * @param ownLengths whether items have lengths of the model's choice, see {@link LikelihoodModel#sampleLength}, instead of that of the
 *     space
 */
public record Sampling(LikelihoodModel model, Space space, ItemLayout layout, int alignment, boolean ownLengths) {
    /** Items in memory at a time. */
    private static final int CHUNK = 256;

    /** Items of the model's size. */
    public static Sampling of(LikelihoodModel model) {
        return new Sampling(model, model.space(), ItemLayout.VALUES, 1, false);
    }

    /**
     * Images of another size.
     *
     * @throws IllegalArgumentException if the model cannot draw them, in words
     */
    public static Sampling images(LikelihoodModel model, int height, int width) {
        model.require(Verb.IMAGES_OF_ANY_SIZE);
        Space space = model.space();
        return new Sampling(
                model,
                Space.image(height, width, space.extent(2), space.maxCategories()),
                ImageInput.layout(space),
                1,
                false);
    }

    /**
     * Sequences of another length.
     *
     * @param values how many
     * @param format whose files are sequences
     */
    public static Sampling sequences(LikelihoodModel model, int values, DataFormat format) {
        Space space = model.space();
        return new Sampling(
                model,
                Space.of(new int[] {values}, space.maxCategories(), space.scale()),
                format.layout(),
                format.symbolsPerFrame(),
                false);
    }

    /** Sequences no longer than a window, of the lengths that a model chooses. */
    public static Sampling ofOwnLengths(LikelihoodModel model, DataFormat format) {
        return new Sampling(model, model.space(), format.layout(), format.symbolsPerFrame(), true);
    }

    /** Receives items. */
    public interface Sink {
        /** @param number of the item, from 0 */
        void accept(int number, Item item) throws IOException;
    }

    /**
     * Draws items, some at a time.
     *
     * @param plans the plan of each item, by its number
     */
    public void draw(int count, LongFunction<? extends Plan> plans, long seed, Listener listener, Sink sink)
            throws IOException {
        model.require(Verb.SAMPLE);
        ItemGenerator generator = model.generator(plans, layout, alignment);
        try (Listener.Task task = listener.begin("sample", count)) {
            for (int from = 0; from < count; from += CHUNK) {
                int first = from;
                int size = Math.min(CHUNK, count - from);
                List<PartialItem> unknown = IntStream.range(first, first + size)
                        .mapToObj(number -> unknown(seed, number))
                        .toList();
                List<Item> items = generator.generate(unknown, first, seed, done -> task.accept(first + done));
                for (int i = 0; i < size; i++) {
                    sink.accept(first + i, Item.of(items.get(i).values()));
                }
            }
        }
    }

    private PartialItem unknown(long seed, int number) {
        return layout.images()
                ? PartialItem.unknownImage(new int[] {space.extent(0), space.extent(1), 1}, space.extent(2))
                : PartialItem.unknown(ownLengths ? model.sampleLength(seed, number) : space.dimensions());
    }
}
