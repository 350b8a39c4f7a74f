package dev.ardm.data.png;

import dev.ardm.data.DataException;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compressed rows of a PNG, unpacked one at a time: memory is needed for the samples and two rows. */
final class ImageData implements AutoCloseable {
    private final byte[] png;
    private final Iterator<PngFile.Section> sections;
    private final String file;
    private final Inflater inflater = new Inflater();

    /**
     * @param sections of the file that are the image data
     */
    ImageData(byte[] png, List<PngFile.Section> sections, String file) {
        this.png = png;
        this.sections = sections.iterator();
        this.file = file;
    }

    /** Reads all rows. */
    RasterImage image(PngHeader header) throws DataException {
        int channels = header.kind().channels();
        int[] samples = new int[header.height() * header.width() * channels];
        RasterImage image = new RasterImage(header.height(), header.width(), header.kind(), header.bits(), samples);
        for (PngHeader.Pass pass : header.passes()) {
            byte[] above = new byte[pass.rowBytes()];
            byte[] bytes = new byte[pass.rowBytes()];
            byte[] filter = new byte[1];
            int[] values = new int[pass.columns() * channels];
            for (int row = 0; row < pass.rows(); row++) {
                read(filter);
                read(bytes);
                if (filter[0] < 0 || filter[0] >= PngFilter.COUNT) {
                    throw DataException.in(file, "the PNG's row " + row + " has the unknown filter " + filter[0]);
                }
                PngFilter.undo(filter[0], bytes, above, image.pixelBytes());
                SampleRows.unpack(bytes, header.bits(), values, 0, values.length);
                for (int column = 0; column < pass.columns(); column++) {
                    System.arraycopy(values, column * channels, samples, pass.place(row, column, header), channels);
                }
                byte[] swap = above;
                above = bytes;
                bytes = swap;
            }
        }
        end();
        return image;
    }

    private void read(byte[] bytes) throws DataException {
        int got = 0;
        while (got < bytes.length) {
            int n = inflate(bytes, got);
            if (n == 0) {
                throw DataException.in(file, "the PNG's image data ends too early");
            }
            got += n;
        }
    }

    /** Also the checksum at the end is looked at. */
    private void end() throws DataException {
        if (inflate(new byte[1], 0) != 0 || !inflater.finished()) {
            throw DataException.in(file, "the PNG has too much image data, or it is truncated");
        }
    }

    /** Unpacks at least one byte, or none at the end. */
    private int inflate(byte[] bytes, int from) throws DataException {
        try {
            while (true) {
                int n = inflater.inflate(bytes, from, bytes.length - from);
                if (n > 0 || inflater.finished() || inflater.needsDictionary() || !sections.hasNext()) {
                    return n;
                }
                PngFile.Section section = sections.next();
                inflater.setInput(png, section.from(), section.length());
            }
        } catch (DataFormatException e) {
            throw new DataException(file + ": the PNG's image data is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
