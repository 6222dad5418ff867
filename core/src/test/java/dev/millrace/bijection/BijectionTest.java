package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.Memory;
import dev.millrace.net.States;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every bijection promises about its two directions. */
@ParameterizedClass
@MethodSource("dev.millrace.bijection.Bijections#all")
class BijectionTest {

    private static final int ROWS = 19;

    /** Some dozen roundings of numbers of size 10, which the inverse's slopes multiply by up to 10. */
    private static final double ROUND_TRIP = 1e-12;

    private final Bijections.Row row;
    private final Bijection bijection;
    private final int dimension;
    private final double[] x;

    BijectionTest(Bijections.Row row) {
        this.row = row;
        this.bijection = row.bijection();
        this.dimension = bijection.dimension();
        this.x = Run.rows(row.from(), ROWS, dimension, 1);
    }

    @Test
    void inverseUndoesForwardAndItsLogDet() {
        Run forward = Run.forward(bijection, x);
        Run inverse = Run.inverse(bijection, forward.z);
        assertThat(inverse.x).containsExactly(x, within(ROUND_TRIP));
        for (int i = 0; i < ROWS; i++) {
            assertThat(forward.logDet[i] + inverse.logDet[i]).isCloseTo(0, within(ROUND_TRIP));
        }
    }

    @Test
    void forwardUndoesInverse() {
        double[] z = Run.rows(row.to(), ROWS, dimension, 2);
        Run inverse = Run.inverse(bijection, z);
        assertThat(Run.forward(bijection, inverse.x).z).containsExactly(z, within(ROUND_TRIP));
    }

    /**
     * Differences of fourth order by steps of a thousandth: truncation is below 1e-6. In float, a conditioner's outputs
     * jump by 1e-7, which the step turns into 1e-4.
     */
    @Test
    void logDetIsThatOfTheJacobian() {
        double tolerance = row.usesFloats() ? 1e-3 : 1e-6;
        Run run = Run.forward(bijection, x);
        for (int i = 0; i < 5; i++) {
            double[] point = Arrays.copyOfRange(x, i * dimension, (i + 1) * dimension);
            double expected = Jacobian.logAbsDeterminant(at -> Run.forward(bijection, at).z, point);
            assertThat(run.logDet[i]).isCloseTo(expected, within(tolerance));
        }
    }

    @Test
    void logDetIsAddedToWhatIsThere() {
        Run run = Run.forward(bijection, x);
        double[] forward = new double[ROWS];
        double[] inverse = new double[ROWS];
        Arrays.fill(forward, 8);
        Arrays.fill(inverse, 8);
        Bijection.Pass pass = bijection.pass(ROWS, Memory.kept());
        pass.forward(ROWS, x, new double[x.length], forward);
        pass.inverse(ROWS, run.z, new double[x.length], inverse);
        for (int i = 0; i < ROWS; i++) {
            assertThat(forward[i]).isCloseTo(8 + run.logDet[i], within(1e-13));
            assertThat(inverse[i]).isCloseTo(8 - run.logDet[i], within(ROUND_TRIP));
        }
    }

    @Test
    void inputsAreUnchanged() {
        double[] given = x.clone();
        Run forward = Run.forward(bijection, given);
        assertThat(given).isEqualTo(x);
        double[] z = forward.z.clone();
        Run.inverse(bijection, z);
        assertThat(z).isEqualTo(forward.z);
    }

    @Test
    void rowsAreTransformedAloneWhateverTheBlock() {
        Run whole = Run.forward(bijection, x);
        Run wholeInverse = Run.inverse(bijection, whole.z);
        Bijection.Pass pass = bijection.pass(ROWS + 5, Memory.shared());
        Run.forward(bijection, Run.rows(row.from(), ROWS + 5, dimension, 3), pass);
        for (int from = 0, rows = 0; from < ROWS; from += rows++) {
            int begin = from * dimension;
            int end = Math.min(ROWS, from + rows) * dimension;
            Run part = Run.forward(bijection, Arrays.copyOfRange(x, begin, end), pass);
            assertThat(part.z).isEqualTo(Arrays.copyOfRange(whole.z, begin, end));
            assertThat(part.logDet).isEqualTo(Arrays.copyOfRange(whole.logDet, begin / dimension, end / dimension));
            Run back = Run.inverse(bijection, part.z, pass);
            assertThat(back.x).isEqualTo(Arrays.copyOfRange(wholeInverse.x, begin, end));
        }
    }

    @Test
    void manyThreadsGetTheSameBits() {
        double[] z = Run.forward(bijection, x).z;
        double[] back = Run.inverse(bijection, z).x;
        IntStream.range(0, 16).parallel().forEach(i -> {
            Run forward = Run.forward(bijection, x);
            assertThat(forward.z).isEqualTo(z);
            assertThat(Run.inverse(bijection, forward.z).x).isEqualTo(back);
        });
    }

    @Test
    void extremeNumbersStayFinite() {
        assertFinite(Run.forward(bijection, extremes(row.from())));
        assertFinite(Run.inverse(bijection, extremes(row.to())));
    }

    private double[] extremes(Bijections.Domain domain) {
        double[] values = domain == Bijections.Domain.REAL
                ? new double[] {0, 1e-300, -1e-300, 1e6, -1e6, 1e300, -1e300}
                : new double[] {1e-300, 1e-16, 0.5, 1 - 1e-15};
        double[] rows = new double[ROWS * dimension];
        Arrays.setAll(rows, i -> values[(i + i / dimension) % values.length]);
        return rows;
    }

    private static void assertFinite(Run run) {
        for (double[] numbers : new double[][] {run.x, run.z, run.logDet}) {
            assertThat(Arrays.stream(numbers)).allMatch(Double::isFinite);
        }
    }

    @Test
    void copyHasTheSameStateAndSharesNothing() {
        Run before = Run.forward(bijection, x);
        Bijection copy = bijection.copy();
        assertThat(States.values(copy.state())).usingRecursiveComparison().isEqualTo(States.values(bijection.state()));
        assertThat(copy.state().keySet())
                .containsExactlyElementsOf(bijection.state().keySet());
        assertThat(Run.forward(copy, x).z).isEqualTo(before.z);
        Bijections.randomise(copy, 99);
        assertThat(Arrays.equals(Run.forward(copy, x).z, before.z))
                .isEqualTo(bijection.state().isEmpty());
        Run after = Run.forward(bijection, x);
        assertThat(after.z).isEqualTo(before.z);
        assertThat(after.logDet).isEqualTo(before.logDet);
    }

    @Test
    void shapesGoTogether() {
        assertThat(bijection.outputShape().size()).isEqualTo(dimension);
        assertThat(bijection.inverted().inputShape()).isEqualTo(bijection.outputShape());
        assertThat(bijection.inverted().outputShape()).isEqualTo(bijection.inputShape());
    }

    @Test
    void invertedGoesTheOtherWay() {
        Run forward = Run.forward(bijection, x);
        Run inverse = Run.inverse(bijection, forward.z);
        Bijection inverted = bijection.inverted();
        assertThat(Run.forward(inverted, forward.z).z).isEqualTo(inverse.x);
        assertThat(Run.forward(inverted, forward.z).logDet).isEqualTo(inverse.logDet);
        assertThat(Run.inverse(inverted, x).x).isEqualTo(forward.z);
        assertThat(Run.forward(inverted.inverted(), x).z).isEqualTo(forward.z);
    }
}
