package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.Memory;
import dev.millrace.net.FiniteDifferences;
import dev.millrace.net.States;
import dev.millrace.transformer.MappedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch normalisation in training, over blocks of unequal size; evaluation is in the generic tests. */
@ParameterizedClass
@MethodSource("layers")
class BatchNormTest {

    private static final int DIMENSION = 6;
    private static final int ROWS = 11;

    /** Where the batch's blocks end. */
    private static final int[] ENDS = {5, 5, 6, ROWS};

    private final BatchNorm layer;
    private final Channels channels;

    BatchNormTest(Channels channels) {
        this.layer = BatchNorm.create(channels);
        this.channels = channels;
    }

    static Stream<Channels> layers() {
        return Stream.of(Channels.ofEntries(DIMENSION), Channels.of(DIMENSION, new int[] {0, 1, 3, 5}, 2));
    }

    /** A batch in blocks. */
    private final class Batch {

        final List<BatchDependent.Pass> passes = new ArrayList<>();
        final List<double[]> blocks = new ArrayList<>();
        final double[] z = new double[ROWS * DIMENSION];
        final double[] logDet = new double[ROWS];

        /** Observes and combines the batch, and sends it forward. */
        Batch(double[] x) {
            for (int b = 0, from = 0; b < ENDS.length; from = ENDS[b++]) {
                BatchDependent.Pass pass = (BatchDependent.Pass) layer.pass(ROWS, Memory.kept());
                double[] block = part(x, from, ENDS[b], DIMENSION);
                pass.observe(ENDS[b] - from, block);
                passes.add(pass);
                blocks.add(block);
            }
            layer.combine(passes);
            for (int b = 0, from = 0; b < ENDS.length; from = ENDS[b++]) {
                int rows = ENDS[b] - from;
                double[] blockZ = new double[rows * DIMENSION];
                double[] blockLogDet = new double[rows];
                passes.get(b).forward(rows, blocks.get(b), blockZ, blockLogDet);
                System.arraycopy(blockZ, 0, z, from * DIMENSION, blockZ.length);
                System.arraycopy(blockLogDet, 0, logDet, from, rows);
            }
        }

        /** The gradient with respect to the batch; sets the parameters' gradient. */
        double[] backward(double[] dz, double[] dLogDet) {
            for (int b = 0, from = 0; b < ENDS.length; from = ENDS[b++]) {
                passes.get(b)
                        .observeGradient(
                                ENDS[b] - from,
                                blocks.get(b),
                                part(dz, from, ENDS[b], DIMENSION),
                                part(dLogDet, from, ENDS[b], 1));
            }
            layer.combineGradient(passes);
            double[] dx = new double[ROWS * DIMENSION];
            for (int b = 0, from = 0; b < ENDS.length; from = ENDS[b++]) {
                double[] blockDx = new double[blocks.get(b).length];
                passes.get(b)
                        .backward(
                                ENDS[b] - from,
                                blocks.get(b),
                                part(dz, from, ENDS[b], DIMENSION),
                                part(dLogDet, from, ENDS[b], 1),
                                blockDx);
                System.arraycopy(blockDx, 0, dx, from * DIMENSION, blockDx.length);
            }
            layer.gradientTasks(passes).forEach(Runnable::run);
            return dx;
        }
    }

    private static double[] part(double[] values, int from, int to, int width) {
        return Arrays.copyOfRange(values, from * width, to * width);
    }

    /** The whole batch by the formula; every row has the same log-det. */
    private MappedRow normalised(Map<String, double[]> state, double[] x) {
        double[] z = x.clone();
        double logDet = 0;
        for (int c = 0; c < channels.count(); c++) {
            int[] values = valuesOf(c);
            double mean = IntStream.of(values).mapToDouble(i -> x[i]).sum() / values.length;
            double variance = IntStream.of(values)
                            .mapToDouble(i -> (x[i] - mean) * (x[i] - mean))
                            .sum()
                    / values.length;
            double gain = StrictMath.exp(state.get("logScale")[c]) / StrictMath.sqrt(variance + 1e-5);
            for (int i : values) {
                z[i] = (x[i] - mean) * gain + state.get("shift")[c];
            }
            logDet += channels.pixels() * StrictMath.log(gain);
        }
        return new MappedRow(z, logDet);
    }

    /** Where the numbers of a channel are in the batch. */
    private int[] valuesOf(int channel) {
        int[] entries = channels.entries();
        return IntStream.range(0, ROWS)
                .flatMap(row -> IntStream.range(0, entries.length)
                        .filter(i -> i % channels.count() == channel)
                        .map(i -> row * DIMENSION + entries[i]))
                .toArray();
    }

    @Test
    void forwardNormalisesWithTheBatchsMoments() {
        Bijections.randomise(layer, 1);
        double[] x = Run.numbers(ROWS * DIMENSION, 2);
        Batch batch = new Batch(x);
        MappedRow expected = normalised(States.values(layer.state()), x);
        assertThat(batch.z).containsExactly(expected.z(), within(1e-13));
        assertThat(Arrays.stream(batch.logDet))
                .allSatisfy(actual -> assertThat(actual).isCloseTo(expected.logDet(), within(1e-13)));
    }

    @Test
    void inverseInTrainingBringsTheBatchBack() {
        Bijections.randomise(layer, 1);
        double[] x = Run.numbers(ROWS * DIMENSION, 2);
        Batch batch = new Batch(x);
        double[] back = new double[5 * DIMENSION];
        double[] logDet = batch.logDet.clone();
        batch.passes.get(0).inverse(5, batch.z, back, logDet);
        assertThat(back).containsExactly(part(x, 0, 5, DIMENSION), within(1e-13));
        assertThat(part(logDet, 0, 5, 1)).containsExactly(new double[5], within(1e-15));
    }

    /** Through mean and variance, in which every row takes part. */
    @Test
    void gradientIsThatOfTheWholeBatch() {
        Bijections.randomise(layer, 1);
        double[] x = Run.numbers(ROWS * DIMENSION, 2);
        double[] dz = Run.numbers(ROWS * DIMENSION, 3);
        double[] dLogDet = Run.numbers(ROWS, 4);
        double[] dx = new Batch(x).backward(dz, dLogDet);
        Map<String, double[]> state = States.values(layer.state());
        assertThat(dx).containsExactly(FiniteDifferences.gradient(x, () -> loss(state, x, dz, dLogDet)), within(1e-7));
        States.gradients(layer.state()).forEach((name, gradient) -> assertThat(gradient)
                .as(name)
                .containsExactly(
                        FiniteDifferences.gradient(state.get(name), () -> loss(state, x, dz, dLogDet)), within(1e-7)));
    }

    private double loss(Map<String, double[]> state, double[] x, double[] dz, double[] dLogDet) {
        MappedRow mapped = normalised(state, x);
        double loss = Arrays.stream(dLogDet).sum() * mapped.logDet();
        for (int i = 0; i < x.length; i++) {
            loss += dz[i] * mapped.z()[i];
        }
        return loss;
    }

    /** After 400 steps the running mean is off by 0.9⁴⁰⁰ of the constant. */
    @Test
    void constantColumnStaysFinite() {
        double[] x = Run.numbers(ROWS * DIMENSION, 2);
        for (int i : valuesOf(0)) {
            x[i] = 1e6 / 3;
        }
        for (int step = 0; step < 400; step++) {
            Batch batch = new Batch(x);
            double[] dx = batch.backward(Run.numbers(x.length, 3), Run.numbers(ROWS, 4));
            assertThat(Arrays.stream(batch.z)).allMatch(Double::isFinite);
            assertThat(Arrays.stream(batch.logDet)).allMatch(Double::isFinite);
            assertThat(Arrays.stream(dx)).allMatch(Double::isFinite);
        }
        Run evaluation = Run.forward(layer, x);
        assertThat(evaluation.z[0]).isCloseTo(0, within(1e-6));
        assertThat(evaluation.logDet[0]).isFinite();
    }

    @Test
    void isNearlyTheIdentityBeforeTraining() {
        double[] x = Run.numbers(ROWS * DIMENSION, 2);
        Run run = Run.forward(layer, x);
        assertThat(run.z).containsExactly(x, within(2e-5));
        assertThat(run.logDet[0]).isCloseTo(0, within(DIMENSION * 1e-5));
    }

    /** After 400 steps they are off by 0.9⁴⁰⁰ of the mean, 1e6, so that only rounding remains. */
    @Test
    void runningMomentsBecomeThoseOfTheData() {
        double[] x = Run.numbers(ROWS * DIMENSION, 2);
        for (int i : valuesOf(0)) {
            x[i] += 1e6;
        }
        Batch last = new Batch(x);
        for (int step = 0; step < 400; step++) {
            last = new Batch(x);
        }
        assertThat(Run.forward(layer, x).z).containsExactly(last.z, within(1e-8));
        Map<String, double[]> state = States.values(layer.state());
        for (int c = 0; c < channels.count(); c++) {
            double mean =
                    IntStream.of(valuesOf(c)).mapToDouble(i -> x[i]).average().getAsDouble();
            assertThat(state.get("runningMean")[c]).isCloseTo(mean, within(1e-8));
        }
    }
}
