package dev.millrace.train;

import dev.millrace.Flow;

/** What most tests of training begin with. */
final class Training {

    static final RowSource NONE = rows(new double[0]);

    private Training() {}

    /** Rows of two entries. */
    static RowSource rows(double[] values) {
        return RowSource.of(values, 2);
    }

    static TrainerSettings.Builder settings() {
        return TrainerSettings.builder()
                .epochs(5)
                .batchSize(64)
                .learningRate(5e-3)
                .threads(1);
    }

    static TrainingResult fit(Flow flow, TrainerSettings.Builder settings, RowSource train, RowSource validation) {
        return new Trainer(settings.build()).fit(flow, train, validation);
    }

    static double meanLogProb(Flow flow, double[] rows) {
        int count = rows.length / flow.dimension();
        double[] logProb = new double[count];
        flow.logProb(rows, count, logProb);
        double sum = 0;
        for (double value : logProb) {
            sum += value;
        }
        return sum / count;
    }
}
