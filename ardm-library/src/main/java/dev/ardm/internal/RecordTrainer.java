package dev.ardm.internal;

import dev.ardm.core.model.Model;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains networks, which needs libraries that reading does not. Found by the service loader. */
public interface RecordTrainer {
    /**
     * What is asked for.
     *
     * @param network as the command names it; empty for what suits the data
     * @param preset size of the network; empty for what suits the machine
     * @param minutes of training, or 0
     * @param steps of training, or 0
     * @param forItems the number of records that the model is to be smallest together with; 0 for any number
     * @param modelBytes the most bytes of counts; 0 for the usual number
     * @param folder for checkpoints; null for one that goes away
     */
    record Wishes(
            String network,
            String preset,
            double minutes,
            long steps,
            long seed,
            int threads,
            long forItems,
            int modelBytes,
            @Nullable Path folder) {}

    /** Watches training. */
    interface Watch {
        /**
         * How far it is.
         *
         * @param phase a verb
         * @param fraction of the phase, from 0 to 1
         * @param note the state in words; may be empty
         */
        void progress(String phase, double fraction, String note);

        /** What the run found, such as a validation bound. */
        void told(String line);
    }

    /** Items of records. */
    interface Items {
        /** The items. @param ended whether with their end */
        ItemSet of(boolean ended) throws IOException;
    }

    /**
     * Checks wishes before there are records.
     *
     * @throws IllegalArgumentException if there is no such network or preset
     */
    void check(Wishes wishes);

    /**
     * Trains.
     *
     * @param finish whether to end now and keep what was learnt
     * @param cancel whether to end now
     * @return the model; null if it was cancelled
     * @throws IllegalArgumentException if the wishes do not fit the items
     */
    @Nullable
    Model train(
            Items items, DataFormat format, Wishes wishes, Watch watch, BooleanSupplier finish, BooleanSupplier cancel)
            throws IOException;
}
