package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    private static final PlainKernel PLAIN = new PlainKernel();

    @Test
    void bothFormsGiveTheSameBits() {
        Random random = new Random(1);
        for (int n : new int[] {0, 1, 7, 8, 9, 64, 67}) {
            for (int count : new int[] {1, 2, 8, 11}) {
                SoftmaxProblem problem = SoftmaxProblem.random(2, n, count, random);
                for (Kernel kernel : KernelForms.all()) {
                    assertThat(problem.forward(kernel)).isEqualTo(problem.forward(PLAIN));
                    assertThat(problem.backward(kernel)).isEqualTo(problem.backward(PLAIN));
                }
            }
        }
    }

    @Test
    void resultsAreExponentialsOverTheirSum() {
        SoftmaxProblem problem = SoftmaxProblem.random(2, 9, 5, new Random(2));
        double[] y = problem.forward(PLAIN);
        for (int group = 0; group < 2; group++) {
            for (int entry = 0; entry < 9; entry++) {
                double sum = 0;
                for (int m = 0; m < 5; m++) {
                    sum += Math.exp(problem.arguments()[(group * 5 + m) * 9 + entry]);
                }
                for (int m = 0; m < 5; m++) {
                    int at = (group * 5 + m) * 9 + entry;
                    assertThat(y[at]).isCloseTo(Math.exp(problem.arguments()[at]) / sum, within(1e-14));
                }
            }
        }
    }

    @Test
    void argumentsBeyondTheExponentialsRangeDoNotOverflow() {
        double[] y = {1e300, -1e300, 1000, 1e300, 0, 999};
        for (Kernel kernel : KernelForms.all()) {
            double[] result = y.clone();
            kernel.softmax(1, 3, 2, result);
            assertThat(result[0]).isEqualTo(0.5);
            assertThat(result[3]).isEqualTo(0.5);
            assertThat(result[1]).isBetween(0.0, 1e-300);
            assertThat(result[4]).isEqualTo(1);
            assertThat(result[2] / result[5]).isCloseTo(Math.E, within(1e-12));
        }
    }

    @Test
    void derivativeIsThatOfTheLoss() {
        SoftmaxProblem problem = SoftmaxProblem.random(2, 11, 4, new Random(3));
        double[] scaled = Arrays.stream(problem.arguments()).map(x -> x / 20).toArray();
        problem = new SoftmaxProblem(2, 11, 4, scaled, problem.step(), problem.before(), problem.on());
        double[] dx = problem.backward(PLAIN);
        double h = 1e-6;
        for (int at = 0; at < dx.length; at++) {
            int group = at / (4 * 11);
            int entry = at % 11;
            double up = problem.loss(
                    group, entry, problem.withArgument(at, scaled[at] + h).forward(PLAIN));
            double down = problem.loss(
                    group, entry, problem.withArgument(at, scaled[at] - h).forward(PLAIN));
            assertThat(dx[at]).isCloseTo((up - down) / (2 * h), within(1e-8));
        }
    }

    @Test
    void whereTheLossDoesNotDependOnASoftmaxTheDerivativeIsZeroWhateverItsGradients() {
        double[] notANumber = {Double.NaN};
        for (Kernel kernel : KernelForms.all()) {
            double[] dx = {1, 1};
            kernel.softmaxBackward(1, 2, new double[] {0.25, 0.75}, 0, new double[] {-1}, notANumber, notANumber, dx);
            assertThat(dx).containsOnly(0);
        }
    }
}
