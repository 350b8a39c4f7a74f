package dev.ardm.cli;

import dev.ardm.app.UserError;
import dev.ardm.core.Item;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.DocumentFiller;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.DocumentCursor;
import dev.ardm.data.format.DocumentWriter;
import dev.ardm.data.format.TableColumn;
import dev.ardm.data.format.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Completes files of a format: text, bytes and sound where something is missing, tables where fields say nothing. */
final class DocumentFill {
    private final ArdmModel model;
    private final DataFormat format;
    private final DocumentMask mask;
    private final @Nullable Integer length;

    /**
     * A filling.
     *
     * @param length how many characters, bytes or frames a file shall have; null as many as it has
     */
    DocumentFill(ArdmModel model, DataFormat format, DocumentMask mask, @Nullable Integer length) {
        this.model = model;
        this.format = format;
        this.mask = mask;
        this.length = length;
    }

    /**
     * What was done.
     *
     * @param values how many were drawn; of tables, how many fields
     * @param untold fields that were drawn to be other than all of the training data, and are empty
     */
    record Report(int documents, long values, long untold) {}

    /** Completes the documents of an input; the output is replaced if it is a file. */
    Report run(Path input, Path output, Plan plan, long seed) throws IOException {
        List<Item> documents = new ArrayList<>();
        List<int[]> values = new ArrayList<>();
        List<boolean[]> known = new ArrayList<>();
        try (DocumentCursor cursor = format.documents(List.of(input))) {
            for (Item document = cursor.next(); document != null; document = cursor.next()) {
                int wanted = length == null
                        ? document.values().length
                        : Math.multiplyExact(length, format.symbolsPerFrame());
                documents.add(document);
                known.add(mask.known(document, wanted));
                values.add(Arrays.copyOf(document.values(), wanted));
            }
        }
        if (known.stream().allMatch(flags -> DocumentMask.missing(flags) == 0)) {
            throw new UserError(input + ": nothing is missing by this mask");
        }
        DocumentFiller filler = new DocumentFiller(model, plan, format.paddingValue(), format.symbolsPerFrame());
        try (DocumentWriter writer = format.writer(output, true)) {
            List<int[]> filled;
            try (Progress progress = new Progress("fill", documents.size())) {
                filled = filler.fill(values, known, seed, progress);
            } catch (IllegalArgumentException e) {
                throw new UserError(input + ": " + e.getMessage());
            }
            long drawn = 0;
            long untold = 0;
            for (int i = 0; i < documents.size(); i++) {
                boolean[] flags = known.get(i);
                requireKept(documents.get(i), values.get(i), flags, filled.get(i));
                writer.add(format.redrawn(documents.get(i), filled.get(i), flags));
                if (format instanceof TableFormat table) {
                    drawn += DocumentMask.missingFields(table, flags);
                    for (TableColumn column : table.columns()) {
                        untold += !flags[column.firstVariable()] && column.escaped(filled.get(i)) ? 1 : 0;
                    }
                } else {
                    drawn += DocumentMask.missing(flags);
                }
            }
            writer.commit();
            return new Report(documents.size(), drawn, untold);
        }
    }

    /** Known values are a promise: holds the result to it. */
    private static void requireKept(Item document, int[] values, boolean[] known, int[] filled) {
        for (int p = 0; p < values.length; p++) {
            if (known[p] && values[p] != filled[p]) {
                throw new IllegalStateException(document.name() + ": known value " + p + " was changed");
            }
        }
    }
}
