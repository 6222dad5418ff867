package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductTest {

    private static final Kernel PLAIN = new PlainKernel();

    private static void assertFormsAgree(FloatProblem problem) {
        assertThat(problem.with(KernelForms.vector())).as(problem::toString).isEqualTo(problem.with(PLAIN));
    }

    private static void assertFormsAgree(DoubleProblem problem) {
        assertThat(problem.with(KernelForms.vector())).as(problem::toString).isEqualTo(problem.with(PLAIN));
    }

    @RepeatedTest(20)
    void formsAgreeToTheBitOnRandomShapes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 40; i++) {
            int m = 1 + random.nextInt(17);
            int k = random.nextInt(40);
            assertFormsAgree(FloatProblem.random(m, random.nextInt(150), k, random));
            assertFormsAgree(DoubleProblem.random(m, random.nextInt(40), k, random));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,16,0", "1,16,1", "1,48,256", "4,64,257", "5,80,513", "7,32,1000", "0,16,3", "3,0,3", "17,176,300"})
    void formsAgreeToTheBitAtTheEdges(int m, int n, int k) {
        Random random = new Random(m + n + k);
        for (int i = 0; i < 8; i++) {
            assertFormsAgree(FloatProblem.random(m, n, k, random));
            assertFormsAgree(FloatProblem.random(m, n + 1, k, random));
            assertFormsAgree(DoubleProblem.random(m, n, k, random));
            assertFormsAgree(DoubleProblem.random(m, n + 1, k, random));
        }
    }

    /** Entries are below 1, so partial sums are below k + 1, and a chain of k steps rounds k of them. */
    @Test
    void floatProductIsTheProduct() {
        Random random = new Random(3);
        for (Kernel kernel : KernelForms.all()) {
            for (int i = 0; i < 60; i++) {
                int k = random.nextInt(100);
                FloatProblem problem = FloatProblem.random(1 + random.nextInt(9), 1 + random.nextInt(80), k, random);
                float[] actual = problem.with(kernel);
                double[] expected = problem.exactly();
                for (int j = 0; j < actual.length; j++) {
                    assertThat((double) actual[j]).isCloseTo(expected[j], within(0x1p-24 * (k + 1) * (k + 1)));
                }
            }
        }
    }

    @Test
    void doubleProductIsTheProduct() {
        Random random = new Random(4);
        for (Kernel kernel : KernelForms.all()) {
            for (int i = 0; i < 60; i++) {
                int k = random.nextInt(100);
                DoubleProblem problem = DoubleProblem.random(1 + random.nextInt(9), random.nextInt(40), k, random);
                double[] actual = problem.with(kernel);
                double[] expected = problem.exactly();
                for (int j = 0; j < actual.length; j++) {
                    assertThat(actual[j]).isCloseTo(expected[j], within(0x1p-52 * (k + 1) * (k + 1)));
                }
            }
        }
    }

    /** One chain of fused multiply-adds from k = 0 upwards, so that a long product continues a short one exactly. */
    @Test
    void productIsOneChainInTheOrderOfK() {
        Random random = new Random(5);
        FloatProblem problem = FloatProblem.random(6, 48, 600, random);
        for (Kernel kernel : KernelForms.all()) {
            float[] whole = problem.with(kernel);
            float chain = problem.inPlace() ? problem.c()[problem.cAt()] : problem.start()[problem.startAt()];
            for (int p = 0; p < problem.k(); p++) {
                chain = Math.fma(
                        problem.a()[problem.aAt() + p * problem.aColumn()], problem.b()[p * problem.bStride()], chain);
            }
            assertThat(whole[problem.cAt()]).isEqualTo(chain);
        }
    }
}
