package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PanelMatrixTest {

    @RepeatedTest(10)
    void productIsThatOfTheRowMajorMatrixToTheBit(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 40; i++) {
            PanelProblem problem =
                    PanelProblem.random(random.nextInt(18), 1 + random.nextInt(150), random.nextInt(40), random);
            assertThatFormsAgree(problem);
        }
    }

    /** More rows than a strip of B that stays in the cache; every number of columns up to two tiles of the widest vectors. */
    @Test
    void productsAreTheSameAtTheEdges() {
        Random random = new Random(1);
        for (int k : new int[] {0, 1, 256, 257, 600}) {
            assertThatFormsAgree(PanelProblem.random(7, 100, k, random));
        }
        for (int n = 1; n <= 129; n++) {
            assertThatFormsAgree(PanelProblem.random(1, n, 3, random));
            assertThatFormsAgree(PanelProblem.random(6, n, 3, random));
        }
    }

    private static void assertThatFormsAgree(PanelProblem problem) {
        float[] expected = problem.rowMajor(new PlainKernel());
        for (Kernel kernel : KernelForms.all()) {
            assertThat(problem.rowMajor(kernel)).as(problem::toString).isEqualTo(expected);
            assertThat(problem.inPanels(kernel)).as(problem::toString).isEqualTo(expected);
            assertThat(problem.inTransposedPanels(kernel)).as(problem::toString).isEqualTo(expected);
        }
    }

    /** What a matrix held before is gone, its zeros beyond the columns are not. */
    @Test
    void entriesCanBeSetAgain() {
        Random random = new Random(2);
        for (Kernel kernel : KernelForms.all()) {
            PanelMatrix matrix = new PanelMatrix(kernel, 5, 19);
            matrix.set(FloatProblem.values(5 * 32, random), 32);
            float[] before = matrix.data().clone();
            matrix.setTransposed(FloatProblem.values(19 * 16, random), 16);
            assertThat(matrix.data()).isNotEqualTo(before);
            matrix.set(new float[5 * 32], 32);
            assertThat(matrix.data()).containsOnly(0);
        }
    }

    /** Where pieces of several matrices follow each other, none adds what another left beyond its columns. */
    @Test
    void packingClearsWhatIsBeyondTheColumns() {
        Random random = new Random(3);
        for (Kernel kernel : KernelForms.all()) {
            for (int columns : new int[] {1, 19, 70, 100}) {
                float[] entries = FloatProblem.values(3 * 112, random);
                PanelMatrix fresh = new PanelMatrix(kernel, 3, columns);
                fresh.set(entries, 112);
                float[] used = FloatProblem.values(fresh.data().length, random);
                kernel.pack(3, columns, entries, 0, 112, used);
                assertThat(used).isEqualTo(fresh.data());
            }
        }
    }
}
