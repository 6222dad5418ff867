package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowProductTest {

    /** Counts of entries that are no multiple of the kernel's four rows, rows without any, and odd widths. */
    @Test
    void productIsThatOfAllEntriesToTheBit() {
        Random random = new Random(1);
        for (int k : new int[] {0, 1, 2, 7, 8, 9, 64, 257}) {
            for (int n : new int[] {1, 15, 16, 17, 128, 256, 257}) {
                RowProblem problem = RowProblem.random(n, k, random);
                float[] expected = problem.withZeros(new PlainKernel());
                for (Kernel kernel : KernelForms.all()) {
                    assertThat(problem.withoutZeros(kernel)).as("%s × %s", k, n).isEqualTo(expected);
                    assertThat(problem.inPlace(kernel)).as("%s × %s", k, n).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void rowsOfTheMatrixThatAZeroMultipliesAreNotRead() {
        RowProblem problem = RowProblem.random(40, 30, new Random(2));
        float[] b = problem.b().clone();
        int stride = Padding.stride(problem.n());
        for (int i = 0; i < problem.k(); i++) {
            if (problem.a()[i] == 0) {
                Arrays.fill(b, i * stride, (i + 1) * stride, Float.NaN);
            }
        }
        RowProblem unread = new RowProblem(problem.n(), problem.k(), problem.a(), b, problem.start());
        for (Kernel kernel : KernelForms.all()) {
            assertThat(unread.withoutZeros(kernel)).isEqualTo(problem.withZeros(kernel));
        }
    }

    /** Neither the least number nor one that is none counts as zero. */
    @Test
    void everyEntryThatIsNotZeroCounts() {
        float[] sums = new float[16];
        float[] b = new float[3 * 16];
        Arrays.fill(b, 1);
        for (Kernel kernel : KernelForms.all()) {
            RowProduct product = new RowProduct(kernel, new int[3]);
            product.multiply(1, 3, new float[] {0, -Float.MIN_VALUE, 0}, b, 16, new float[16], sums);
            assertThat(sums[0]).isEqualTo(-Float.MIN_VALUE);
            product.multiply(1, 3, new float[] {0, 0, Float.NaN}, b, 16, new float[16], sums);
            assertThat(sums[0]).isNaN();
        }
    }
}
