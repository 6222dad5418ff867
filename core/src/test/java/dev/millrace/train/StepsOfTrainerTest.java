package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.bijection.Scaling;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.net.DoubleTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A trainer's steps on the smallest flow, z = exp(s)·x with a standard normal base, against a few lines of arithmetic:
 * the loss is ½·exp(2s)·mean(x²) − s, its gradient exp(2s)·mean(x²) − 1. The scaling begins at variance 1.
 */
class StepsOfTrainerTest {

    private static final double[] ROWS = {0.5, -2, 1.25, 3, -0.125};
    private static final double MEAN_SQUARE = (0.25 + 4 + 1.5625 + 9 + 0.015625) / 5;
    private static final double MEAN = (0.5 - 2 + 1.25 + 3 - 0.125) / 5;
    private static final double START = -Math.log(MEAN_SQUARE - MEAN * MEAN) / 2;
    private static final double RATE = 0.03;

    /** Of the scaling's steps. */
    private static final double PACE = 10;

    private final TrainerSettings.Builder settings = TrainerSettings.builder()
            .epochs(6)
            .batchSize(100)
            .learningRate(RATE / PACE)
            .threads(1);

    @Test
    void momentum() {
        List<Double> actual = path(settings.optimizer(new OptimizerSettings.Sgd(0.9, 0)));
        double s = START;
        double velocity = 0;
        for (double value : actual) {
            velocity = 0.9 * velocity + gradient(s);
            s -= RATE * velocity;
            assertThat(value).isCloseTo(s, within(1e-14));
        }
    }

    @Test
    void adam() {
        List<Double> actual = path(settings.optimizer(new OptimizerSettings.Adam(0.8, 0.95, 1e-8, 5)));
        double s = START;
        double mean = 0;
        double square = 0;
        for (int step = 1; step <= actual.size(); step++) {
            mean = 0.8 * mean + 0.2 * gradient(s);
            square = 0.95 * square + 0.05 * gradient(s) * gradient(s);
            double corrected = Math.sqrt(square / (1 - Math.pow(0.95, step))) + 1e-8;
            s -= RATE * mean / (1 - Math.pow(0.8, step)) / corrected;
            assertThat(actual.get(step - 1)).isCloseTo(s, within(1e-14));
        }
    }

    @Test
    void warmUpClippingAndSchedule() {
        List<Double> actual = path(settings.optimizer(new OptimizerSettings.Sgd(0, 0))
                .warmUpSteps(4)
                .clipNorm(0.5)
                .schedule(new Schedule.Cosine(0)));
        double s = START;
        for (int step = 0; step < actual.size(); step++) {
            double warmUp = Math.min(1, (step + 1) / 4.0);
            double cosine = (1 + Math.cos(Math.PI * step / 6)) / 2;
            s -= RATE * warmUp * cosine * Math.max(-0.5, Math.min(0.5, gradient(s)));
            assertThat(actual.get(step)).isCloseTo(s, within(1e-14));
        }
    }

    private static double gradient(double s) {
        return Math.exp(2 * s) * MEAN_SQUARE - 1;
    }

    /** The parameter after each epoch, which is one step. */
    private static List<Double> path(TrainerSettings.Builder settings) {
        List<Double> path = new ArrayList<>();
        Flow flow = Flow.of(Scaling.create(1), new StandardNormal(1));
        RowSource rows = RowSource.of(ROWS, 1);
        new Trainer(settings.build()).fit(flow, rows, RowSource.of(new double[0], 1), new TrainingListener() {
            @Override
            public void epochDone(EpochReport report, Supplier<TrainingState> state) {
                DoubleTensor s = (DoubleTensor) state.get().current().state().get("layers.0.logScale");
                path.add(s.data()[0]);
            }
        });
        assertThat(path).hasSize(6);
        return path;
    }
}
