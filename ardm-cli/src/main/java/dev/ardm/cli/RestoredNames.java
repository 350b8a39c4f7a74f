package dev.ardm.cli;

import dev.ardm.app.UserError;
import dev.ardm.core.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of archives, and of what is restored from them where nothing else is asked for. */
final class RestoredNames {
    /** How archives end. */
    static final String EXTENSION = ".ardm";

    private static final Pattern IMAGE =
            Pattern.compile("\\.(png|jpe?g|gif|bmp|tiff?|webp|p[bgpn]m)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern GZIP = Pattern.compile("\\.gz$", Pattern.CASE_INSENSITIVE);

    private RestoredNames() {}

    /** The archive of an input where no name is given: {@code photos/} becomes {@code photos.ardm}. */
    static Path archiveOf(Path input) {
        Path name = input.normalize().getFileName();
        if (name == null || name.toString().isEmpty() || name.toString().equals("..")) {
            throw new UserError(input + ": give the archive a name with -o");
        }
        return input.normalize().resolveSibling(name + EXTENSION);
    }

    static boolean isArchiveName(Path archive) {
        String name = String.valueOf(archive.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(EXTENSION) && name.length() > EXTENSION.length();
    }

    /** The path of an archive without its ending. */
    static Path stripped(Path archive) {
        String name = String.valueOf(archive.getFileName());
        return archive.resolveSibling(name.substring(0, name.length() - EXTENSION.length()));
    }

    /**
     * Where items go that are nothing but their values: an array where the name says so, an image of one with that ending, else
     * a folder.
     *
     * @param stripped the path of the archive without its ending
     */
    static Path ofValues(Path stripped, Space space, int items) {
        String name = String.valueOf(stripped.getFileName());
        String plain = GZIP.matcher(name).replaceFirst("");
        String lower = plain.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npy") || lower.endsWith(".idx") || lower.endsWith("-ubyte")) {
            return stripped.resolveSibling(plain);
        }
        if (!ItemOutput.isImage(space)) {
            return stripped.resolveSibling(plain + ".npy");
        }
        String stem = IMAGE.matcher(plain).replaceFirst("");
        return stripped.resolveSibling(items == 1 && !stem.equals(plain) ? stem + ".png" : stem);
    }

    /** The name of the file of an item that is nothing but its values. */
    static String fileOf(String item, Space space) {
        if (!ItemOutput.isImage(space)) {
            return item + ".npy";
        }
        return pngOf(item);
    }

    /** The name of the PNG that an image of any format becomes. */
    static String pngOf(String image) {
        String stem = IMAGE.matcher(image).replaceFirst("");
        return (stem.isEmpty() || stem.endsWith("/") ? image : stem) + ".png";
    }

    /** The file of the only image of an archive that is called like that image; null if it is not, or holds several. */
    static @Nullable Path singleImage(ArchiveDecoder decoder, Path archive) throws IOException {
        if (decoder.reader().size() != 1) {
            return null;
        }
        Path stripped = stripped(archive);
        String name = String.valueOf(stripped.getFileName());
        return decoder.name(0).equals(name) || decoder.name(0).equals(pngOf(name))
                ? stripped.resolveSibling(decoder.name(0))
                : null;
    }

    /** Whether an archive holds one document, of the name that the archive has without its ending. */
    static boolean isSingleDocument(ArchiveDecoder decoder, Path stripped) throws IOException {
        return decoder.reader().size() == 1
                && decoder.reader().header().layout().hasSide()
                && decoder.name(0).equals(String.valueOf(stripped.getFileName()));
    }
}
