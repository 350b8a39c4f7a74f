package dev.ardm.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two decoders judge damage alike: they give the same kind of error, or the same items, damaged ones among them. */
@Tag("slow")
class ReferenceDamageTest {
    private static final int FOOTER = 40;

    @TempDir
    private Path folder;

    private final MaskingModel model = TinyModels.random(Space.image(2, 3, 1, 5), 7);
    private final LikelihoodModel production = model.open(1);
    private final byte[] modelFile = Production.modelFile(model, SafeTensors.Type.F32);
    private final ReferenceModel reference = ReferenceModel.read(modelFile);

    ReferenceDamageTest() throws IOException {}

    private byte[] good(boolean names) throws IOException {
        Plan plan = MaskingPlan.random(11, Schedule.even(6, 2));
        List<int[]> items = TinyModels.items(model.space(), 6, 3);
        return Production.archive(folder.resolve("good.ardm"), production, plan, items, names);
    }

    private List<String> verdict(byte[] file) throws IOException {
        return verdict(file, production, reference);
    }

    /** What both say of a file. */
    private List<String> verdict(byte[] file, LikelihoodModel production, ReferenceModel reference) throws IOException {
        List<String> verdict = Production.verdict(Files.write(folder.resolve("bad.ardm"), file), production);
        assertThat(verdict(file, reference)).isEqualTo(verdict);
        return verdict;
    }

    /** Opens an archive with the reference and reads every item: a line for each, or only the kind of the error. */
    private static List<String> verdict(byte[] file, ReferenceModel model) {
        try {
            ReferenceDecoder decoder = ReferenceDecoder.of(file, model);
            ReferenceArchive archive = new ReferenceArchive(file);
            if (archive.header().documents()) {
                return List.of("DOCUMENTS");
            }
            List<String> lines = new ArrayList<>();
            for (int k = 0; k < decoder.size(); k++) {
                lines.add(Production.line(decoder.name(k), decoder.inDamagedFrame(k), item(decoder, k)));
            }
            return lines;
        } catch (ReferenceException e) {
            return List.of(e.kind().name());
        }
    }

    private static Optional<int[]> item(ReferenceDecoder decoder, int k) {
        try {
            return Optional.of(decoder.item(k));
        } catch (ReferenceException e) {
            assertThat(e.kind()).isEqualTo(ReferenceException.Kind.DAMAGED);
            return Optional.empty();
        }
    }

    /** How often there was a verdict: its first line if it is an error, else whether some item or block is damaged. */
    private static void count(Map<String, Integer> counts, List<String> verdict) {
        boolean error = verdict.size() == 1 && !verdict.get(0).startsWith("Optional");
        boolean harm = verdict.stream()
                .anyMatch(line -> line.contains("in a damaged block") || line.endsWith("Optional.empty"));
        counts.merge(error ? verdict.get(0) : harm ? "items" : "none", 1, Integer::sum);
    }

    private static long number(byte[] file, int at) throws ReferenceException {
        return new ReferenceInput(file, at, at + 4).unsigned(4);
    }

    private static byte[] changed(byte[] file, int at, int value) {
        byte[] bad = file.clone();
        bad[at] = (byte) value;
        return bad;
    }

    /** Puts the CRC of a part right. */
    private static void repair(byte[] file, int begin, int end) {
        long crc = ReferenceInput.crc(file, begin, end - 4);
        for (int i = 0; i < 4; i++) {
            file[end - 4 + i] = (byte) (crc >>> (8 * i));
        }
    }

    @Test
    void theyJudgeEveryFlipAlike() throws IOException {
        for (boolean names : new boolean[] {false, true}) {
            byte[] good = good(names);
            List<String> intact = verdict(good);
            Map<String, Integer> counts = new HashMap<>();
            count(counts, intact);
            assertThat(counts).containsExactly(Map.entry("none", 1));
            counts.clear();
            for (int at = 0; at < good.length; at++) {
                for (int flip : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
                    List<String> verdict = verdict(changed(good, at, good[at] ^ flip));
                    assertThat(verdict).isNotEqualTo(intact);
                    count(counts, verdict);
                }
            }
            // Magic 8 bytes; format version and flags 6 bytes, but version 0 is none, flag 1 is one of documents, flag
            // 8
            // one of value records and flag 16 one of continuations.
            assertThat(counts).containsEntry("NOT_ARDM", 8 * 9).containsEntry("NEWER", 6 * 9 - 4);
            assertThat(counts).containsOnlyKeys("NOT_ARDM", "NEWER", "DAMAGED", "items");
        }
    }

    /** Someone who changes a byte can put the checksums right, too. */
    @Test
    void theyJudgeHostileBytesAlike() throws IOException {
        byte[] good = good(true);
        int header = (int) number(good, 16);
        int footer = good.length - FOOTER;
        int index = footer - (int) number(good, footer);
        int head = index + 15; // behind sync, length, flags, number of frames and gap
        int headLength = (int) number(good, head + 4);
        Map<String, Integer> counts = new HashMap<>();
        for (int at = 8; at < good.length; at++) {
            if (header <= at && at < index) {
                continue;
            }
            for (int value : new int[] {0, 1, 2, 3, 127, 128, 129, 255, good[at] - 1, good[at] + 1, good[at] ^ 64}) {
                byte[] bad = changed(good, at, value);
                repair(bad, 0, header);
                System.arraycopy(bad, header - 4, bad, head + 20, 4); // the tag
                repair(bad, head, head + headLength);
                repair(bad, index, footer);
                repair(bad, footer, bad.length);
                count(counts, verdict(bad));
            }
        }
        assertThat(counts).containsOnlyKeys("NEWER", "WRONG_MODEL", "DAMAGED", "DOCUMENTS", "items", "none");
        assertThat(counts.get("WRONG_MODEL")).isGreaterThan(300);
    }

    @Test
    void theyJudgeEveryTruncationAndAdditionAlike() throws IOException {
        byte[] good = good(true);
        for (int length = 0; length < good.length; length++) {
            assertThat(verdict(Arrays.copyOf(good, length))).containsExactly(length == 0 ? "NOT_ARDM" : "DAMAGED");
        }
        for (int more : new int[] {1, 4, FOOTER}) {
            byte[] bad = Arrays.copyOf(good, good.length + more);
            System.arraycopy(good, good.length - more, bad, good.length, more);
            assertThat(verdict(bad)).containsExactly("DAMAGED");
        }
    }

    /** An archive of several frames. */
    @Test
    void theyFindTheSameDamagedFrames() throws IOException {
        MaskingModel large = TinyModels.random(Space.image(90, 70, 3, 256), 8);
        ReferenceModel largeReference = ReferenceModel.read(Production.modelFile(large, SafeTensors.Type.F32));
        Path file = folder.resolve("large.ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(
                file, Production.header(large, MaskingPlan.spread(Schedule.even(18900, 1))), true)) {
            for (int[] item : TinyModels.items(large.space(), 12, 4)) {
                writer.add(ArchivedItem.stored(new byte[0], new int[0], item), ItemLabel.NONE);
            }
            writer.commit();
        }
        byte[] good = Files.readAllBytes(file);
        int header = (int) number(good, 16);
        int index = good.length - FOOTER - (int) number(good, good.length - FOOTER);
        Random random = new Random(5);
        for (int round = 0; round < 30; round++) {
            byte[] bad = good.clone();
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                bad[header + random.nextInt(index - header)] ^= (byte) (1 + random.nextInt(255));
            }
            List<String> verdict = verdict(bad, large.open(1), largeReference);
            assertThat(verdict).hasSize(12);
            assertThat(verdict.stream().filter(line -> line.endsWith("Optional.empty")))
                    .hasSizeBetween(1, 2);
            assertThat(verdict.stream().filter(line -> line.contains("in a damaged block")))
                    .hasSizeBetween(4, 10);
        }
    }

    @Test
    void theyRefuseTheSameModels() throws IOException {
        Random random = new Random(6);
        Path file = folder.resolve("model.safetensors");
        int data = 8 + (int) number(modelFile, 0);
        for (int round = 0; round < 100; round++) {
            byte[] bad = round % 4 == 0
                    ? Arrays.copyOf(modelFile, random.nextInt(modelFile.length))
                    : changed(modelFile, data + random.nextInt(modelFile.length - data), random.nextInt(256));
            if (Arrays.equals(bad, modelFile)) {
                continue;
            }
            Files.write(file, bad);
            assertThatIOException().isThrownBy(() -> ReferenceModel.read(bad));
            assertThatIOException().isThrownBy(() -> MaskingModel.of(Models.read(file)));
        }
    }
}
