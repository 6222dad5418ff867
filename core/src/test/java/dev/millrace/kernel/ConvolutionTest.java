package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

    private static final Kernel PLAIN = new PlainKernel();

    @RepeatedTest(10)
    void formsAgreeToTheBitOnRandomShapes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 10; i++) {
            assertFormsAgree(ConvolutionProblem.random(random));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,3,1,1", "1,1,1,16,16", "2,3,3,16,64", "3,4,3,17,33", "8,8,3,3,128", "4,17,1,5,48", "20,16,3,2,2"})
    void formsAgreeToTheBitAtTheEdges(int height, int width, int side, int inputs, int outputs) {
        Random random = new Random(height + width);
        for (int i = 0; i < 4; i++) {
            assertFormsAgree(ConvolutionProblem.random(height, width, side, inputs, outputs, random));
        }
    }

    private static void assertFormsAgree(ConvolutionProblem problem) {
        Kernel vector = KernelForms.vector();
        assertThat(problem.forward(vector)).as(problem::toString).isEqualTo(problem.forward(PLAIN));
        assertThat(problem.gradient(vector)).as(problem::toString).isEqualTo(problem.gradient(PLAIN));
    }

    /** Entries are below 1, so partial sums are below n + 1, and a chain of n steps rounds n of them. */
    @Test
    void convolutionIsThatOfTheDefinition() {
        Random random = new Random(3);
        for (Kernel kernel : KernelForms.all()) {
            for (int i = 0; i < 8; i++) {
                ConvolutionProblem problem = ConvolutionProblem.random(random);
                int n = problem.shape().weights() / problem.shape().outputs();
                assertClose(problem.forward(kernel), problem.forwardExactly(), n, problem);
                int pixels = problem.images() * problem.shape().grid().pixels();
                assertClose(problem.gradient(kernel), problem.gradientExactly(), pixels, problem);
            }
        }
    }

    private static void assertClose(float[] actual, double[] expected, int n, ConvolutionProblem problem) {
        double tolerance = 0x1p-24 * (n + 1) * (n + 1);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as(problem::toString).isCloseTo(expected[i], within(tolerance));
        }
    }

    /** A batch may come in parts: the sums go on where the first part ended. */
    @Test
    void gradientIsOneChainOverAllImages() {
        Random random = new Random(4);
        Grid grid = new Grid(3, 5);
        ConvolutionShape shape = ConvolutionShape.of(grid, 3, 4, 20);
        ConvolutionProblem problem = ConvolutionProblem.random(3, 5, 3, 4, 20, random);
        float[] x = bordered(grid, 7, shape.inputs(), random);
        float[] dy = bordered(grid, 7, shape.outputs(), random);
        for (Kernel kernel : KernelForms.all()) {
            float[] whole = problem.weights().clone();
            kernel.convolutionGradient(shape, 7, x, dy, 0, shape.outputs(), whole);
            float[] parts = problem.weights().clone();
            kernel.convolutionGradient(shape, 2, x, dy, 0, shape.outputs(), parts);
            kernel.convolutionGradient(
                    shape,
                    5,
                    from(x, 2 * grid.size(shape.inputs())),
                    from(dy, 2 * grid.size(shape.outputs())),
                    0,
                    shape.outputs(),
                    parts);
            assertThat(parts).isEqualTo(whole);
        }
    }

    private static float[] from(float[] values, int at) {
        return Arrays.copyOfRange(values, at, values.length);
    }

    private static float[] bordered(Grid grid, int images, int channels, Random random) {
        float[] values = new float[images * grid.size(channels)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        grid.clearBorder(images, channels, values);
        return values;
    }

    @RepeatedTest(5)
    void normalisationFormsAgreeToTheBit(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 20; i++) {
            NormalisationProblem problem = NormalisationProblem.random(random);
            assertThat(problem.forward(KernelForms.vector())).isEqualTo(problem.forward(PLAIN));
            assertThat(problem.backward(KernelForms.vector())).isEqualTo(problem.backward(PLAIN));
        }
    }

    /** Sums of up to 20 numbers below 10, each rounded to 24 bits. */
    @Test
    void normalisationIsThatOfTheDefinition() {
        Random random = new Random(9);
        for (Kernel kernel : KernelForms.all()) {
            for (int i = 0; i < 20; i++) {
                NormalisationProblem problem = NormalisationProblem.random(random);
                assertThat(problem.forward(kernel)).containsExactly(problem.forwardExactly(), within(1e-4f));
                assertThat(problem.backward(kernel)).containsExactly(problem.backwardExactly(), within(1e-4f));
            }
        }
    }

    @Test
    void impossibleShapesAreErrors() {
        Grid grid = new Grid(2, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> new Grid(0, 2)).withMessageContaining("0 × 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvolutionShape.of(grid, 2, 1, 1))
                .withMessageContaining("side 1 or 3");
        assertThatIllegalArgumentException().isThrownBy(() -> ConvolutionShape.of(grid, 3, 0, 1));
    }
}
