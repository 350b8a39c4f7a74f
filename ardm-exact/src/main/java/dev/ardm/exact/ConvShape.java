package dev.ardm.exact;

/** The sizes of one convolution, checked. */
record ConvShape(int n, int h, int w, int cin, int outputs, int kernel, int stride) {
    int pad() {
        return kernel / 2;
    }

    int outH() {
        return Kernels.convOutput(h, kernel, stride);
    }

    int outW() {
        return Kernels.convOutput(w, kernel, stride);
    }

    int depth() {
        return kernel * kernel * cin;
    }

    int inputSize() {
        return h * w * cin;
    }

    int outputSize() {
        return outH() * outW() * outputs;
    }
}
