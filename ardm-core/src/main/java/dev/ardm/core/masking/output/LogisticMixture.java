package dev.ardm.core.masking.output;

import dev.ardm.core.Space;
import dev.ardm.core.masking.process.Process;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A discretised mixture of logistics (Salimans et al. 2017; Hoogeboom et al. 2022, appendix): values scaled to [-1, 1],
 * the probability of a value is the mass the mixture has between the middles to its neighbours, that of the least and the
 * largest value reaching to infinity. Where all channels of a pixel are a unit, the components are shared by the channels,
 * and the mean of a channel moves with how far the channels before it are from theirs:
 * {@code mean_c + sum_j coupling_cj (x_j - mean_j)}.
 *
 * <p>Outputs of a unit of c channels and M components: M logits of the components; for each channel M means (in units of {@link #UNIT}) and M
 * logarithms of inverse scales; for each pair of channels j before c, those of the second channel first, M couplings (in the same
 * units).
 *
 * @param components M, in [1, 64]
 * @param channels c: variables of a unit, in [1, 4]
 */
public record LogisticMixture(int components, int channels) implements OutputDistribution {
    /** Checks the sizes. */
    public LogisticMixture {
        if (components < 1 || components > 64) {
            throw new IllegalArgumentException("a mixture has 1 to 64 components, got " + components);
        }
        if (channels < 1 || channels > 4) {
            throw new IllegalArgumentException("a mixture is over 1 to 4 channels, got " + channels);
        }
    }

    static LogisticMixture read(JsonNode json) {
        return new LogisticMixture(
                json.path("components").asInt(0), json.path("channels").asInt(0));
    }

    @Override
    public void write(ObjectNode definition) {
        ObjectNode json = definition.putObject("output");
        json.put("kind", "logistic-mixture");
        json.put("components", components);
        json.put("channels", channels);
    }

    @Override
    public int outputs() {
        return components * (1 + 2 * channels + channels * (channels - 1) / 2);
    }

    /** Index of the first mean of a channel. */
    public int mean(int channel) {
        return components * (1 + 2 * channel);
    }

    /** Index of the first logarithm of an inverse scale of a channel. */
    public int logInverseScale(int channel) {
        return components * (2 + 2 * channel);
    }

    /** Index of the first coupling of a channel to an earlier one. */
    public int coupling(int channel, int earlier) {
        return components * (1 + 2 * channels + channel * (channel - 1) / 2 + earlier);
    }

    /**
     * Unit of the means and couplings: a network's output of 1 is this part of the range from -1 to 1. Outputs of all kinds then
     * move about as far as they should in one step of training; a power of two, so that nothing is rounded.
     */
    public static final float UNIT = 0.125f;

    /** Largest logarithm of an inverse scale: a scale of a fifteenth of the distance of two values. */
    public static float largestLogInverseScale(int categories) {
        return (float) (StrictMath.log(categories - 1) + 2);
    }

    /** Least logarithm of an inverse scale. */
    public static final float LEAST_LOG_INVERSE_SCALE = -7;

    /** A number for a variable of a place. */
    @FunctionalInterface
    public interface Centre {
        /** In [-1, 1]. */
        float at(int place, int variable);

        /**
         * The unit of means and scales at a place, on the same scale: positive; or 0 if outputs are as {@link LogisticMixture} says. With
         * a unit, outputs of means count in it, those of logarithms of inverse scales are added to the one of {@link #USUAL_UNITS} units,
         * and those of couplings are the couplings.
         */
        default float unit(int place) {
            return 0;
        }
    }

    /** Logarithm of the units that a scale has whose output is 0. */
    public static final float USUAL_UNITS = -1;

    /** What outputs are multiplied by before {@link #centred} is added; null if no place has a unit. */
    public float @Nullable [] factors(int places, int variables, Centre centre) {
        if (places == 0 || centre.unit(0) == 0) {
            return null;
        }
        int units = variables / channels;
        int perUnit = outputs();
        float[] out = new float[places * units * perUnit];
        Arrays.fill(out, 1);
        for (int place = 0; place < places; place++) {
            float unit = centre.unit(place) / UNIT;
            for (int i = 0; i < units; i++) {
                int at = (place * units + i) * perUnit;
                for (int channel = 0; channel < channels; channel++) {
                    Arrays.fill(out, at + mean(channel), at + mean(channel) + components, unit);
                }
                Arrays.fill(out, at + coupling(0, 0), at + perUnit, 1 / UNIT);
            }
        }
        return out;
    }

    /**
     * Outputs that put the means of all components at given numbers and are 0 elsewhere; to be added to a network's.
     *
     * @param places number of places
     * @param variables of a place
     * @param unitSize variables of a unit, which divides them
     * @return {@code [places, variables / unitSize * outputs()]}
     */
    public float[] centred(int places, int variables, int unitSize, Centre centre) {
        int perPlace = variables / unitSize * outputs();
        float[] out = new float[places * perPlace];
        for (int place = 0; place < places; place++) {
            float unit = centre.unit(place);
            for (int variable = 0; variable < variables; variable++) {
                int mean = place * perPlace + variable / unitSize * outputs() + mean(variable % unitSize);
                Arrays.fill(out, mean, mean + components, centre.at(place, variable) / UNIT);
                if (unit > 0) {
                    int scale =
                            place * perPlace + variable / unitSize * outputs() + logInverseScale(variable % unitSize);
                    Arrays.fill(out, scale, scale + components, (float) -StrictMath.log(unit) - USUAL_UNITS);
                }
            }
        }
        return out;
    }

    @Override
    public void check(Process process) {
        Space space = process.space();
        if (space.categories().length != 1 || space.scale() != Space.Scale.ORDERED) {
            throw new IllegalArgumentException(
                    "a mixture of logistics needs ordered values of one number of categories, got " + space);
        }
        if (process.unitSize() != channels) {
            throw new IllegalArgumentException(
                    "a mixture over " + channels + " channels needs units of as many, got " + process.unitSize());
        }
    }
}
