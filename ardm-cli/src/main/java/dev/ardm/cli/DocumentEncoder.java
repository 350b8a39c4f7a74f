package dev.ardm.cli;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.coding.ArchivedDocument;
import dev.ardm.coding.DocumentLayout;
import dev.ardm.core.model.DocumentCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Document;
import dev.ardm.data.format.DocumentCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Writes documents of a format into an archive, some windows of them at a time. Every stream is decoded before the archive
 * gets its name; a document that does not come back exactly, or takes more room coded than not, is stored without the model.
 */
final class DocumentEncoder {
    private final LikelihoodModel model;
    private final byte[] modelId;
    private final Plan plan;
    private final DataFormat format;
    private final DocumentLayout layout;
    private final DocumentCoder coder;

    /**
     * An encoder.
     *
     * @param context the least number of values of a sequence that are known at the start of every window but its first
     */
    DocumentEncoder(LikelihoodModel model, byte[] modelId, Plan plan, DataFormat format, int context) {
        this.model = model;
        this.modelId = modelId.clone();
        this.plan = plan;
        this.format = format;
        this.layout =
                format.sequences() ? DocumentLayout.sequences(context, format.restingValue()) : DocumentLayout.ROWS;
        this.coder = model.documentCoder(plan, layout.context(), layout.restingValue());
    }

    /** The context that archives have unless something else is asked for: a quarter of a window, and whole moments. */
    static int defaultContext(DataFormat format) {
        int quarter = format.space().dimensions() / 4;
        return format.sequences() ? quarter - quarter % format.symbolsPerFrame() : 0;
    }

    /**
     * What is to be coded.
     *
     * @param windows of all documents, and at least one for each: the work
     * @param skipped files that were passed over because they are of another kind
     */
    record Survey(int documents, long windows, List<String> skipped) {}

    /** Reads all documents, so that nothing is coded if one of them cannot be used. */
    Survey survey(List<Path> paths) throws IOException {
        try (DocumentCursor cursor = format.documents(paths)) {
            int documents = 0;
            long windows = 0;
            for (Document document = cursor.next(); document != null; document = cursor.next()) {
                documents++;
                windows += work(document);
            }
            return new Survey(documents, windows, cursor.skipped());
        }
    }

    private int work(Document document) {
        return Math.max(1, coder.windows(document.values().length));
    }

    /**
     * What was written.
     *
     * @param values of all documents
     * @param report the rest, its raw bytes with what documents have beside their values
     */
    record Report(long values, ArchiveEncoder.Report report) {}

    /**
     * Writes an archive.
     *
     * @param overwrite whether a file that is there may be replaced
     * @param progress hears how many windows are done
     */
    Report write(List<Path> paths, Path target, boolean overwrite, IntConsumer progress) throws IOException {
        FirstNames longer = new FirstNames();
        FirstNames inexact = new FirstNames();
        ArchiveHeader header = ArchiveEncoder.header(model, modelId, plan).ofDocuments(layout);
        int count;
        long values = 0;
        long raw = 0;
        int done = 0;
        try (ArchiveWriter writer = ArchiveWriter.create(target, header, overwrite);
                DocumentCursor cursor = format.documents(paths)) {
            for (Chunk chunk = next(cursor); !chunk.documents.isEmpty(); chunk = next(cursor)) {
                List<byte[]> streams = encoded(chunk, done, progress);
                List<Optional<int[]>> back = decoded(chunk, streams, done, progress);
                for (int i = 0; i < streams.size(); i++) {
                    Document document = chunk.documents.get(i);
                    int length = document.values().length;
                    boolean exact = back.get(i)
                            .filter(got -> Arrays.equals(got, document.values()))
                            .isPresent();
                    boolean shorter = streams.get(i).length <= writer.storedDocumentLength(length);
                    if (exact && shorter) {
                        writer.addDocument(document.extra(), length, streams.get(i), document.name());
                    } else {
                        String name = document.name().isEmpty() ? "item " + writer.size() : document.name();
                        (exact ? longer : inexact).add(name);
                        writer.addStoredDocument(document.extra(), document.values(), document.name());
                    }
                    values += length;
                    raw += writer.storedDocumentLength(length) - Integer.BYTES + document.extra().length;
                }
                done += chunk.work;
                progress.accept(done);
            }
            writer.commit();
            count = writer.size();
        }
        return new Report(values, new ArchiveEncoder.Report(count, longer, inexact, raw, Files.size(target)));
    }

    /** Documents that are coded together. */
    private record Chunk(List<Document> documents, int work) {
        List<int[]> values() {
            return documents.stream().map(Document::values).toList();
        }

        List<byte[]> extras() {
            return documents.stream().map(Document::extra).toList();
        }
    }

    private Chunk next(DocumentCursor cursor) throws IOException {
        List<Document> documents = new ArrayList<>();
        int work = 0;
        while (work < ArchiveEncoder.CHUNK) {
            Document document = cursor.next();
            if (document == null) {
                break;
            }
            documents.add(document);
            work += work(document);
        }
        return new Chunk(documents, work);
    }

    // Coding and decoding take the same time; each counts for half of the progress.

    private List<byte[]> encoded(Chunk chunk, int done, IntConsumer progress) {
        return coder.encode(chunk.values(), chunk.extras(), n -> progress.accept(done + n / 2));
    }

    private List<Optional<int[]>> decoded(Chunk chunk, List<byte[]> streams, int done, IntConsumer progress) {
        List<ArchivedDocument> coded = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            Document document = chunk.documents.get(i);
            coded.add(new ArchivedDocument(document.extra(), document.values().length, streams.get(i), null));
        }
        return coder.decode(coded, n -> progress.accept(done + (chunk.work + n) / 2));
    }
}
