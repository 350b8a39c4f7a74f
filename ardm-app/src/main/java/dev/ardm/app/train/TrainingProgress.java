package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.app.report.Figure;
import dev.ardm.core.network.Weights;
import dev.ardm.train.TrainingListener;
import dev.ardm.train.TrainingReport;
import java.io.IOException;
import java.util.Locale;

/** Shows how training goes on. */
class TrainingProgress implements TrainingListener {
    private final Listener.Task progress;

    /** @param progress of 1,000 parts */
    TrainingProgress(Listener.Task progress) {
        this.progress = progress;
    }

    @Override
    public void onStep(long step, double done, double bits) {
        progress.accept((int) (1000 * done));
        progress.note(String.format(Locale.ROOT, "step %d, %.3f bits/dim", step, bits));
    }

    @Override
    public void onThreads(int threads, int most) {
        progress.log(
                threads < most
                        ? threads + " of " + most
                                + " threads go on: with more, steps take longer while others use the processors"
                        : "all " + most + " threads go on");
    }

    @Override
    public void onReport(TrainingReport report, Weights averaged) throws IOException {
        progress.log(String.format(
                Locale.ROOT,
                "step %6d  %6.0f s  epoch %6.2f  train %.4f  validation %s bits/dim  %.0f items/s",
                report.step(),
                report.seconds(),
                report.epochs(),
                report.trainingBits(),
                new Figure(report.validationBits(), report.validationError()),
                report.itemsPerSecond()));
    }
}
