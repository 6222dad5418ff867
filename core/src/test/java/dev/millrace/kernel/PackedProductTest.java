package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedProductTest {

    /** Fewer rows than packing pays for and more; pieces that are whole, cut off at either side, and single columns. */
    @Test
    void productIsThatOfTheRowMajorMatrixToTheBit() {
        Random random = new Random(1);
        for (int m : new int[] {0, 1, 15, 16, 25}) {
            for (int k : new int[] {0, 1, 127, 128, 129, 300}) {
                for (int n : new int[] {1, 16, 255, 256, 257, 530}) {
                    PanelProblem problem = PanelProblem.random(m, n, k, random);
                    float[] expected = problem.rowMajor(new PlainKernel());
                    for (Kernel kernel : KernelForms.all()) {
                        assertThat(problem.packed(kernel))
                                .as("%s × %s × %s", m, n, k)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** What pieces before have left in the room does not matter, nor that the sums begin with what C holds. */
    @Test
    void sumsGoOnInPlace() {
        Random random = new Random(2);
        float[] room = FloatProblem.values(PackedProduct.ROOM, random);
        for (Kernel kernel : KernelForms.all()) {
            float[] a = FloatProblem.values(20 * 200, random);
            float[] b = FloatProblem.values(200 * 272, random);
            float[] c = FloatProblem.values(20 * 272, random);
            float[] expected = c.clone();
            new PlainKernel().multiply(20, 272, 200, a, 0, 200, 1, b, 272, expected, 0, 272, expected, 0, 272);
            new PackedProduct(kernel, room).multiply(20, 272, 200, a, 200, b, 272, c, 272, c, 272);
            assertThat(c).isEqualTo(expected);
        }
    }
}
