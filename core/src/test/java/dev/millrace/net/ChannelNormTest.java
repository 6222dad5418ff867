package dev.millrace.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.Padding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The running averages inside a convolutional network, seen from outside: those of x, −x and the mask. */
class ChannelNormTest {

    private static final int ROWS = 7;
    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    private static final String MEAN = "input.norm.runningMean";
    private static final String VARIANCE = "input.norm.runningVariance";

    private final int[] positions =
            IntStream.range(0, HEIGHT * WIDTH).filter(i -> i % 3 != 1).toArray();
    private final ResidualConv network = ResidualConv.create(
            new ResidualConvSettings(HEIGHT, WIDTH, 1, positions, 1, new int[] {0, 5}, 3, 2, true), 1);
    private final float[][] rows = Networks.rows(ROWS, positions.length, 2);

    private double[] state(String name) {
        return States.values(network.state()).get(name);
    }

    private void initialise(float[][] rows) {
        network.initialise(padded(rows), rows.length);
    }

    private static float[] padded(float[][] rows) {
        int stride = Padding.stride(rows[0].length);
        float[] padded = new float[rows.length * stride];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, padded, row * stride, rows[row].length);
        }
        return padded;
    }

    /** Mean and variance of x over all pixels; where nothing goes in, x is 0. */
    private double[] moments(float[][] rows) {
        int n = rows.length * HEIGHT * WIDTH;
        double sum = 0;
        double squares = 0;
        for (float[] row : rows) {
            for (float value : row) {
                sum += value;
                squares += (double) value * value;
            }
        }
        return new double[] {sum / n, squares / n - sum / n * sum / n};
    }

    private void backward(float[][] rows) {
        network.gradientTasks(List.of(Networks.backward(network, rows, Networks.rows(rows.length, 2, 3), ROWS)))
                .forEach(Runnable::run);
    }

    @Test
    void beginsWithTheMomentsOfTheData() {
        initialise(rows);
        double[] expected = moments(rows);
        double maskMean = positions.length / (double) (HEIGHT * WIDTH);
        // Sums in double over floats that are exact.
        assertThat(state(MEAN)).containsExactly(new double[] {expected[0], -expected[0], maskMean}, within(1e-12));
        assertThat(state(VARIANCE))
                .containsExactly(new double[] {expected[1], expected[1], maskMean * (1 - maskMean)}, within(1e-12));
        for (String norm : List.of("block0.norm0", "block1.norm1", "output.norm")) {
            assertThat(state(norm + ".runningMean")).doesNotContain(0);
            assertThat(state(norm + ".runningVariance")).doesNotContain(1);
        }
    }

    @Test
    void beginsOnlyOnce() {
        initialise(rows);
        Map<String, double[]> before = States.values(network.state());
        initialise(Networks.rows(ROWS, positions.length, 9));
        assertThat(States.values(network.state())).usingRecursiveComparison().isEqualTo(before);
        ResidualConv copy = network.copy();
        copy.initialise(padded(Networks.rows(ROWS, positions.length, 9)), ROWS);
        assertThat(States.values(copy.state())).usingRecursiveComparison().isEqualTo(before);
    }

    /** What went in is known to 24 bits, and sums of 4 of them are rounded to as many. */
    @Test
    void aStepMovesTheAveragesATenthOfTheWayToTheBatch() {
        initialise(rows);
        float[][] batch = Networks.rows(ROWS, positions.length, 5);
        double[] first = moments(rows);
        double[] second = moments(batch);
        backward(batch);
        assertThat(state(MEAN)[0]).isCloseTo(first[0], within(1e-12));
        network.parametersChanged();
        assertThat(state(MEAN)[0]).isCloseTo(first[0] + 0.1 * (second[0] - first[0]), within(1e-7));
        assertThat(state(VARIANCE)[0]).isCloseTo(first[1] + 0.1 * (second[1] - first[1]), within(1e-7));
        double[] after = state(MEAN);
        network.parametersChanged();
        assertThat(state(MEAN)).isEqualTo(after);
    }

    @Test
    void scoringChangesNothing() {
        initialise(rows);
        Map<String, double[]> before = States.values(network.state());
        Networks.forward(network, Networks.rows(ROWS, positions.length, 5), ROWS);
        network.parametersChanged();
        assertThat(States.values(network.state())).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void constantImagesGiveFiniteNumbers() {
        float[][] constant = new float[ROWS][positions.length];
        for (float[] row : constant) {
            Arrays.fill(row, 0.1f);
        }
        initialise(constant);
        for (int step = 0; step < 50; step++) {
            backward(constant);
            network.parametersChanged();
        }
        States.values(network.state()).forEach((name, values) -> {
            assertThat(Arrays.stream(values).allMatch(Double::isFinite))
                    .as(name)
                    .isTrue();
        });
        Networks.randomise(network, 3);
        initialise(constant);
        for (float value : Networks.forward(network, rows, ROWS).output()) {
            assertThat(value).isFinite();
        }
    }
}
