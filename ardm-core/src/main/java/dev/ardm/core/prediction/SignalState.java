package dev.ardm.core.prediction;

/** What is known of a signal from its beginning up to a sample: what predicts the next one. Channels are interleaved. */
final class SignalState {
    private final double[] history = new double[ChannelPredictors.HISTORY];
    private final ChannelFeatures[] channels;
    private int channel;

    /**
     * At the beginning of a signal.
     *
     * @param most largest absolute value of a sample
     */
    SignalState(int channels, double most) {
        this.channels = new ChannelFeatures[channels];
        for (int k = 0; k < channels; k++) {
            this.channels[k] = new ChannelFeatures(most);
        }
    }

    /** Predicts the next sample: puts what the network sees. */
    void next(float[] out) {
        channels[channel].next(history, out);
    }

    /** Where the distribution of the next sample begins. */
    double centre() {
        return channels[channel].centre;
    }

    /** In what it is measured. */
    double scale() {
        return channels[channel].scale;
    }

    /** Goes on to the next sample. */
    void learn(double sample) {
        channels[channel].learn(history, sample);
        System.arraycopy(history, 0, history, 1, history.length - 1);
        history[0] = sample;
        channel = (channel + 1) % channels.length;
    }
}
