package dev.ardm.exact;

/** Prints the name of the kernels in use and the hashes of what they make of fixed inputs. */
final class Fingerprint {
    static final String LABEL = "bits: ";

    private Fingerprint() {}

    public static void main(String[] args) {
        Kernels kernels = Kernels.best();
        System.out.println(LABEL + kernels.name() + " " + of(kernels));
    }

    static String of(Kernels kernels) {
        return KernelFingerprint.ofOperations(kernels)
                + " " + KernelFingerprint.ofPieces(kernels)
                + " " + KernelFingerprint.ofSequences(kernels)
                + " " + KernelFingerprint.ofElements(kernels);
    }
}
