package dev.millrace.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.FiniteDifferences;
import dev.millrace.net.States;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransformerTest {

    private static final int ROWS = 7;
    private static final int ENTRIES = 9;

    static Stream<Transformer> transformers() {
        return Stream.of(
                        new Additive(ENTRIES),
                        ScaledAdditive.create(ENTRIES),
                        Affine.create(ENTRIES, LogScale.TANH),
                        Affine.create(ENTRIES, LogScale.SIGMOID),
                        new RationalQuadratic(ENTRIES, 8, 3),
                        new RationalQuadratic(ENTRIES, 2, 1))
                .peek(transformer -> States.randomise(transformer.state(), 5));
    }

    /** A transformer, what goes into it, and the weights of a loss Σ dz·z + Σ dLogDet·logDet. */
    private static final class Fixture {

        final Transformer transformer;
        final int stride;
        final Transformer.Pass pass;
        final double[] x = numbers(ROWS * ENTRIES, 1);
        final double[] dz = numbers(ROWS * ENTRIES, 2);
        final double[] dLogDet = numbers(ROWS, 3);
        final float[] parameters;
        final double[] z = new double[x.length];
        final double[] logDet = new double[ROWS];

        Fixture(Transformer transformer) {
            this.transformer = transformer;
            stride = Padding.stride(parametersPerRow());
            parameters = new float[ROWS * stride];
            double[] random = numbers(parameters.length, 4);
            for (int i = 0; i < random.length; i++) {
                parameters[i] = i % stride < parametersPerRow() ? (float) random[i] : Float.NaN;
            }
            pass = transformer.pass(ROWS, Memory.kept());
        }

        int parametersPerRow() {
            return ENTRIES * transformer.parametersPerEntry();
        }

        double[] row(int row) {
            return Arrays.copyOfRange(x, row * ENTRIES, (row + 1) * ENTRIES);
        }

        double[] parameters(int row) {
            double[] values = new double[parametersPerRow()];
            Arrays.setAll(values, j -> parameters[row * stride + j]);
            return values;
        }

        double loss(int row, Map<String, double[]> state, double[] x, double[] parameters) {
            MappedRow mapped = ReferenceTransformer.map(transformer, state, "", x, parameters);
            double loss = dLogDet[row] * mapped.logDet();
            for (int j = 0; j < ENTRIES; j++) {
                loss += dz[row * ENTRIES + j] * mapped.z()[j];
            }
            return loss;
        }
    }

    private static double[] numbers(int n, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> 4 * random.nextDouble() - 2);
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("transformers")
    void forwardIsTheFormula(Transformer transformer) {
        Fixture f = new Fixture(transformer);
        Arrays.fill(f.logDet, 100);
        f.pass.forward(ROWS, f.x, f.parameters, f.z, f.logDet);
        Map<String, double[]> state = States.values(transformer.state());
        for (int row = 0; row < ROWS; row++) {
            MappedRow expected = ReferenceTransformer.map(transformer, state, "", f.row(row), f.parameters(row));
            assertThat(Arrays.copyOfRange(f.z, row * ENTRIES, (row + 1) * ENTRIES))
                    .containsExactly(expected.z(), within(1e-14));
            assertThat(f.logDet[row]).isCloseTo(100 + expected.logDet(), within(1e-13));
        }
    }

    @ParameterizedTest
    @MethodSource("transformers")
    void inverseUndoesForward(Transformer transformer) {
        Fixture f = new Fixture(transformer);
        f.pass.forward(ROWS, f.x, f.parameters, f.z, f.logDet);
        double[] back = new double[f.x.length];
        f.pass.inverse(ROWS, f.z, f.parameters, back, f.logDet);
        // The spline's slopes here are between 1/30 and 30; the others' between 1/8 and 8.
        boolean spline = transformer instanceof RationalQuadratic;
        assertThat(back).containsExactly(f.x, within(spline ? 1e-13 : 1e-14));
        assertThat(f.logDet).containsExactly(new double[ROWS], within(spline ? 1e-12 : 0));
    }

    /** The parameters' gradients are floats of size 10. */
    @ParameterizedTest
    @MethodSource("transformers")
    void backwardIsTheDerivativeOfTheFormula(Transformer transformer) {
        Fixture f = new Fixture(transformer);
        f.pass.forward(ROWS, f.x, f.parameters, f.z, f.logDet);
        double[] dx = new double[f.x.length];
        float[] dParameters = new float[f.parameters.length];
        Arrays.fill(dParameters, Float.NaN);
        f.pass.backward(ROWS, f.x, f.dz, f.dLogDet, dx, dParameters);
        transformer.gradientTasks(List.of(f.pass)).forEach(Runnable::run);

        Map<String, double[]> state = States.values(transformer.state());
        for (int row = 0; row < ROWS; row++) {
            int current = row;
            double[] x = f.row(row);
            double[] parameters = f.parameters(row);
            assertThat(Arrays.copyOfRange(dx, row * ENTRIES, (row + 1) * ENTRIES))
                    .containsExactly(
                            FiniteDifferences.gradient(x, () -> f.loss(current, state, x, parameters)), within(1e-7));
            double[] gradient = FiniteDifferences.gradient(parameters, () -> f.loss(current, state, x, parameters));
            for (int j = 0; j < f.stride; j++) {
                double expected = j < gradient.length ? gradient[j] : 0;
                assertThat((double) dParameters[row * f.stride + j]).isCloseTo(expected, within(2e-6));
            }
        }
        States.gradients(transformer.state()).forEach((name, gradient) -> {
            double[] expected = FiniteDifferences.gradient(state.get(name), () -> {
                double sum = 0;
                for (int row = 0; row < ROWS; row++) {
                    sum += f.loss(row, state, f.row(row), f.parameters(row));
                }
                return sum;
            });
            assertThat(gradient).containsExactly(expected, within(1e-7));
        });
    }

    @ParameterizedTest
    @MethodSource("transformers")
    void parametersOfZeroAreTheIdentity(Transformer transformer) {
        if (transformer instanceof ScaledAdditive) {
            Arrays.fill(((DoubleTensor) transformer.state().get("centre")).data(), 0);
        }
        Fixture f = new Fixture(transformer);
        f.pass.forward(ROWS, f.x, new float[f.parameters.length], f.z, f.logDet);
        // A spline's derivatives are 1 up to the rounding of softplus.
        double tolerance = transformer instanceof RationalQuadratic ? 1e-14 : 0;
        assertThat(f.z).containsExactly(f.x, within(tolerance));
        assertThat(f.logDet).containsExactly(new double[ROWS], within(tolerance));
    }

    /** tanh gives s in [−1, 1] with the bound c = 1 that a new transformer has; sigmoid a factor in [⅛, 8]. */
    @ParameterizedTest
    @EnumSource
    void logScaleIsBounded(LogScale form) {
        double limit = form == LogScale.TANH ? 1 : StrictMath.log(8);
        Transformer.Pass pass = Affine.create(1, form).pass(1, Memory.kept());
        for (float raw : new float[] {-Float.MAX_VALUE, -1e6f, -50, 50, 1e6f, Float.MAX_VALUE}) {
            double[] logDet = {0};
            double[] z = {0};
            pass.forward(1, new double[] {1}, parameters(0, raw), z, logDet);
            assertThat(logDet[0]).isCloseTo(Math.signum(raw) * limit, within(1e-14));
            assertThat(z[0]).isCloseTo(StrictMath.exp(Math.signum(raw) * limit), within(1e-14));
        }
    }

    private static float[] parameters(float shift, float raw) {
        float[] parameters = new float[Padding.LANES];
        parameters[0] = shift;
        parameters[1] = raw;
        return parameters;
    }

    @Test
    void copyHasABoundOfItsOwn() {
        Affine affine = Affine.create(2, LogScale.TANH);
        States.randomise(affine.copy().state(), 1);
        assertThat(States.values(affine.state()).get("bound")).containsExactly(1, 1);
    }

    @Test
    void noEntriesIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Additive(0)).withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> Affine.create(0, LogScale.TANH));
    }
}
