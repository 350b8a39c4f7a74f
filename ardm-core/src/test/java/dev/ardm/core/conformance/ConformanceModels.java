package dev.ardm.core.conformance;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.CategoryTree;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the tiny models of the self-test and their archives, from seeds: the same files on every machine. */
final class ConformanceModels {
    /** Items of a golden archive. */
    private static final int ITEMS = 8;

    private ConformanceModels() {}

    /** Colour images of odd size; three levels of widths that fill no vector evenly, attention on two of them. */
    static MaskingModel unet() {
        return model(
                Space.image(9, 7, 3, 16),
                new UNetConfig(
                        List.of(8, 12, 20),
                        List.of(1, 2, 1),
                        List.of(1, 1),
                        List.of(false, true, true),
                        2,
                        4,
                        5,
                        6,
                        12,
                        0),
                1,
                Type.F16);
    }

    /** Labels in a line. */
    static MaskingModel transformer() {
        return model(
                Space.of(new int[] {45}, 27, Scale.NOMINAL), new TransformerConfig(2, 30, 3, 44, 10, 0), 2, Type.F32);
    }

    /** Grey images, pixel by pixel: every kind of block, taps further apart, an embedding. */
    static MaskingModel causal() {
        Process process = new Autoregressive(Space.image(9, 7, 1, 16), false);
        CausalConfig sizes = new CausalConfig(
                12,
                4,
                5,
                2,
                true,
                false,
                3,
                List.of(
                        Block.convolution(1, 1),
                        Block.pointwise(),
                        new Block(1, 1, 2, 10, true, true),
                        new Block(2, 1, 1, 20, false, false)));
        return model(new MaskingDefinition(process, OutputDistribution.of(process), sizes, ""), 3, Type.F16);
    }

    /** Colour images as differences from predictions, all channels of a pixel together. */
    static MaskingModel contrast() {
        Process process = new Autoregressive(Space.image(9, 7, 3, 16), false, 3);
        CausalConfig sizes = new CausalConfig(
                10, 3, 4, 3, false, true, List.of(Block.convolution(1, 1), new Block(1, 1, 2, 0, false, false)));
        return model(new MaskingDefinition(process, new LogisticMixture(3, 3), sizes, ""), 4, Type.F16);
    }

    /** Labels in a line, in three stages along a tree that was learnt from lines in which each label leads to few others. */
    static MaskingModel tree() {
        Space space = Space.of(new int[] {24}, 27, Scale.NOMINAL);
        RandomStream random = RandomStream.of(5, Purpose.TEST, -1);
        List<int[]> lines = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            int[] line = new int[24];
            line[0] = random.nextInt(27);
            for (int i = 1; i < line.length; i++) {
                line[i] = (5 * line[i - 1] + random.nextInt(1 + random.nextInt(9))) % 27;
            }
            lines.add(line);
        }
        Process process = CategoryTree.learn(new Upscale(space, 3, Given.NOTHING), lines.stream());
        TransformerConfig sizes = new TransformerConfig(2, 18, 3, 28, 6, 0).withEnds(true);
        return model(new MaskingDefinition(process, OutputDistribution.of(process), sizes, ""), 5, Type.F16);
    }

    /** Labels in a line, from left to right, given any that are known. */
    static MaskingModel sequence() {
        Process process = Autoregressive.infilling(Space.of(new int[] {40}, 27, Scale.NOMINAL));
        CausalTransformerConfig sizes = new CausalTransformerConfig(2, 20, 2, 28, 50, false, 0).withAhead(2);
        return model(new MaskingDefinition(process, OutputDistribution.of(process), sizes, ""), 6, Type.F16);
    }

    /** A model all of whose weights are random, those of norms around one, with logits that are far from constant. */
    private static MaskingModel model(Space space, NetworkConfig config, long seed, Type type) {
        return model(MaskingDefinition.of(space, config), seed, type);
    }

    private static MaskingModel model(MaskingDefinition definition, long seed, Type type) {
        Map<String, float[]> values = new LinkedHashMap<>();
        Network network = definition.buildNetwork();
        String last = network.logitBias().replace(".bias", ".weight");
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                RandomStream random = RandomStream.of(seed, Purpose.TEST, values.size());
                float[] out = new float[parameter.size()];
                double scale = (parameter.name().equals(last) ? 3 : 1) / Math.sqrt(parameter.fanIn());
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) (scale * random.nextGaussian() + (parameter.init() == Layer.Init.ONE ? 1 : 0));
                }
                values.put(parameter.name(), out);
            }
        }
        Weights weights = new Weights(values).map(type::round);
        return new MaskingModel(definition, weights, Map.of(), Map.of("made", "from a seed, see the model card"));
    }

    static void writeModel(MaskingModel model, Type type, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(model, type, out);
        }
    }

    /** An archive of samples of the model, one of them spoilt, by the spread order in 6 calls, or in wavefronts. */
    static void writeArchive(MaskingModel model, Path file) throws IOException {
        Space space = model.space();
        LikelihoodModel likelihood = model.open(2, Kernels.reference());
        Plan plan = model.process().naturalOrder() ? likelihood.plan(6) : MaskingPlan.spread(model.schedule(6));
        List<int[]> items = new ArrayList<>(likelihood.sample(ITEMS, plan, 7, LikelihoodModel.NO_PROGRESS));
        RandomStream random = RandomStream.of(7, Purpose.TEST, 0);
        for (int i = 0; i < items.get(0).length; i++) {
            items.get(0)[i] = random.nextInt(space.categories(i));
        }
        ArchiveHeader header = new ArchiveHeader(
                ArithmeticVersions.NEWEST,
                model.id(),
                space.shape(),
                space.categories(),
                space.scale().ordinal(),
                plan.toBytes());
        try (ArchiveWriter writer = ArchiveWriter.create(file, header, true)) {
            for (byte[] stream : likelihood.encode(items, plan, LikelihoodModel.NO_PROGRESS)) {
                writer.add(stream, ItemLabel.NONE);
            }
            writer.commit();
        }
    }

    /** The part of the list of hashes about one model, computed by the reference kernels where that takes no hours. */
    static String hashes(String name, MaskingModel model, Path archive, boolean large) throws IOException {
        Kernels kernels = large ? Kernels.best() : Kernels.reference();
        Sizes sizes = Sizes.of(large, Extent.FULL);
        ArchiveChecks archives = new ArchiveChecks(name, model, kernels, sizes);
        StringBuilder text = new StringBuilder("\n");
        text.append(name).append(".size = ").append(large ? "large\n" : "tiny\n");
        text.append(name).append(".archive = ").append(archive.getFileName()).append('\n');
        text.append(name).append(".id = ").append(model.idText()).append('\n');
        append(text, name + ".logits", new LogitChecks(name, model, kernels, sizes).hashes());
        append(text, name + ".encoded", archives.encoded());
        append(text, name + ".items", archives.open(archive).hashes());
        return text.toString();
    }

    static void append(StringBuilder text, String key, List<String> hashes) {
        text.append(key).append(" =");
        for (int i = 0; i < hashes.size(); i++) {
            text.append(i % 7 == 0 ? " \\\n    " : " ").append(hashes.get(i));
        }
        text.append('\n');
    }
}
