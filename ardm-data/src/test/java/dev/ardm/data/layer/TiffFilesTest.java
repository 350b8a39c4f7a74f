package dev.ardm.data.layer;

import static dev.ardm.data.layer.ForeignBytes.bytes;
import static dev.ardm.data.layer.ForeignBytes.join;
import static dev.ardm.data.layer.KeptFiles.assertMore;
import static dev.ardm.data.layer.KeptFiles.assertPng;
import static dev.ardm.data.layer.KeptFiles.assertUnread;
import static dev.ardm.data.layer.KeptFiles.ints;
import static dev.ardm.data.layer.KeptFiles.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.data.layer.ForeignBytes.Tag;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TIFF files in both byte orders, with offsets of 32 and of 64 bits: no tag is lost, and what is not understood is named. */
class TiffFilesTest {
    private static final byte[] RGB =
            bytes(IntStream.range(0, 18).map(i -> 13 * i).toArray());
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    static Stream<Arguments> tiffTags() {
        return Stream.of(
                Arguments.of(Tag.text(269, "x"), "a document name"),
                Arguments.of(Tag.text(270, "a picture"), "a description"),
                Arguments.of(Tag.text(271, "x"), "the make of a camera"),
                Arguments.of(Tag.text(272, "x"), "the model of a camera"),
                Arguments.of(Tag.text(285, "x"), "a page name"),
                Arguments.of(Tag.text(305, "some"), "the name of a program"),
                Arguments.of(Tag.text(306, "2020:01:01 00:00:00"), "a date"),
                Arguments.of(Tag.text(315, "me"), "an artist"),
                Arguments.of(Tag.text(33432, "mine"), "a copyright"),
                Arguments.of(new Tag(34675, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9), "a colour profile"),
                Arguments.of(new Tag(34665, 4, 8), "EXIF data"),
                Arguments.of(new Tag(34853, 4, 8), "a place (GPS)"),
                Arguments.of(new Tag(700, 1, 60, 61, 62), "XMP data"),
                Arguments.of(new Tag(33723, 1, 60, 61, 62), "IPTC data"),
                Arguments.of(new Tag(34377, 1, 60, 61, 62), "data of Photoshop"),
                Arguments.of(new Tag(34735, 3, 1, 1, 0, 0), "GeoTIFF data"),
                Arguments.of(new Tag(318, 5, 1, 3, 1, 3), "the calibration of its colours"),
                Arguments.of(new Tag(282, 5, 1, 3), "a resolution"),
                Arguments.of(new Tag(297, 3, 1, 2), "the tag 297"),
                Arguments.of(new Tag(254, 4, 1), "the tag 254"),
                Arguments.of(new Tag(65000, 4, 77), "the tag 65000"));
    }

    /** In both byte orders, with offsets of 32 and of 64 bits. */
    @ParameterizedTest
    @MethodSource("tiffTags")
    void noTagOfATiffIsLost(Tag tag, String what) throws Exception {
        for (ByteOrder order : List.of(LITTLE, ByteOrder.BIG_ENDIAN)) {
            for (boolean big : new boolean[] {false, true}) {
                assertMore(ForeignBytes.tiff(order, big, RGB, tag), what);
                assertPng(ForeignBytes.tiff(order, big, RGB), ColourKind.RGB, 8, ints(RGB));
            }
        }
    }

    @Test
    void tagsThatSayWhatIsUsualAreNoLoss() throws Exception {
        Tag[] usual = {new Tag(254, 4, 0), new Tag(266, 3, 1), new Tag(274, 3, 1), new Tag(297, 3, 0, 1)};
        assertPng(ForeignBytes.tiff(LITTLE, false, RGB, usual), ColourKind.RGB, 8, ints(RGB));
    }

    @ParameterizedTest
    @CsvSource({"2, 300, 11811", "2, 72, 2835", "3, 40, 4000"})
    void resolutionsComeBack(int unit, int number, int metre) throws Exception {
        byte[] file = ForeignBytes.tiff(
                LITTLE, false, RGB, new Tag(282, 5, 2L * number, 2), new Tag(283, 5, number, 1), new Tag(296, 3, unit));
        byte[] length = bytes(metre >> 24, metre >> 16, metre >> 8, metre);
        assertPng(file, ColourKind.RGB, 8, ints(RGB), new PngChunk("pHYs", join(length, length, bytes(1))));
        assertThat(take(file, Kept.MEASURED).remark()).isEqualTo("taken without a resolution");
    }

    static Stream<Arguments> unreadTiffs() {
        Tag grey = new Tag(277, 3, 1);
        return Stream.of(
                Arguments.of("its colours are CIELab in 3 channels", new Tag[] {new Tag(262, 3, 8)}),
                Arguments.of("its colours are YCbCr in 3 channels", new Tag[] {new Tag(262, 3, 6)}),
                Arguments.of("its colours are of the model 1 in 3 channels", new Tag[] {new Tag(262, 3, 1)}),
                Arguments.of("its pixels are compressed with loss (JPEG)", new Tag[] {new Tag(259, 3, 7)}),
                Arguments.of("its pixels are compressed by method 34712", new Tag[] {new Tag(259, 3, 34712)}),
                Arguments.of("its predictor has the number 3", new Tag[] {new Tag(317, 3, 3)}),
                Arguments.of(
                        "its samples are not unsigned integers, high bits first", new Tag[] {new Tag(339, 3, 2, 2, 2)}),
                Arguments.of("its samples are not unsigned integers, high bits first", new Tag[] {new Tag(266, 3, 2)}),
                Arguments.of("its channels have [8, 8, 4] bits", new Tag[] {new Tag(258, 3, 8, 8, 4)}),
                Arguments.of("its channels have 12 bits", new Tag[] {grey, new Tag(262, 3, 1), new Tag(258, 3, 12)}),
                Arguments.of("its levels begin with white", new Tag[] {grey, new Tag(262, 3, 0), new Tag(258, 3, 16)}),
                Arguments.of(
                        "its pixels have channels of no stated meaning",
                        new Tag[] {new Tag(277, 3, 4), new Tag(258, 3, 8, 8, 8, 8), new Tag(338, 3, 0)}),
                Arguments.of(
                        "its colours are premultiplied by alpha",
                        new Tag[] {new Tag(277, 3, 4), new Tag(258, 3, 8, 8, 8, 8), new Tag(338, 3, 1)}),
                Arguments.of("its palette has colours of 16 bits", new Tag[] {
                    grey, new Tag(262, 3, 3), new Tag(258, 3, 1), new Tag(320, 3, 0, 1, 2, 3, 4, 0xFFFF)
                }));
    }

    @ParameterizedTest
    @MethodSource("unreadTiffs")
    void aTiffIsUnderstoodOrNamed(String reason, Tag[] tags) throws Exception {
        assertUnread(ForeignBytes.tiff(LITTLE, false, RGB, tags), reason);
        assertUnread(ForeignBytes.tiff(ByteOrder.BIG_ENDIAN, true, RGB, tags), reason);
    }

    @Test
    void severalImagesInATiffAreNotOne() throws Exception {
        byte[] tiff = ForeignBytes.tiff(LITTLE, false, RGB);
        tiff[tiff.length - 4] = 8; // the place of the next directory, which may also be the first
        assertUnread(tiff, "it holds several images");
    }
}
