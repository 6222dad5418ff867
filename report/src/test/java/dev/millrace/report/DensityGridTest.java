package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DensityGridTest {

    private static final Window WIDE = new Window(-8, 8, -8, 8);

    @Test
    void aKnownDensityIntegratesToOne() {
        DensityGrid grid = DensityGrid.of(Fits::standardNormal, WIDE, 128);

        // The midpoint rule on a smooth function that is 1e-14 at the edges is exact but for rounding.
        assertThat(grid.mass()).isCloseTo(1, within(1e-12));
        assertThat(DensityGrid.of(Fits::standardNormal, new Window(0, 8, -8, 8), 128)
                        .mass())
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void theLearnedDensityIntegratesToOneOverTheWindowThatIsShown() {
        double[] real = Fits.moonsInput().judged().rows().values();
        Window window = Window.around(0.1, real, Window.corners(Fits.moons().sample(2000, 1), Plane.OUTLIERS));
        DensityGrid grid = DensityGrid.of(Plane.density(Fits.moons()), window, Detail.FULL.cells());

        // At most 4 × 0.2 % of drawn rows are outside before the margin of a tenth is added; cells are a fifth of the
        // moons' noise, where the midpoint rule's error is far below that.
        assertThat(grid.mass()).isCloseTo(1, within(8e-3));
    }

    @Test
    void aCellHoldsTheDensityInItsMiddle() {
        Flow flow = Fits.moons();
        DensityGrid grid = DensityGrid.of(Plane.density(Fits.moons()), new Window(-1, 3, 0, 2), 8);

        // Column 5 of row 3: x = −1 + 5.5 / 8 · 4, y = 3.5 / 8 · 2.
        assertThat(grid.density()[3 * 8 + 5]).isEqualTo(Math.exp(flow.logProb(new double[] {1.75, 0.875})));
    }

    @Test
    void whereThereIsNothingTheDensityIsZero() {
        RowDensity nothing = (rows, count) -> {
            double[] logProb = new double[count];
            Arrays.fill(logProb, Double.NEGATIVE_INFINITY);
            return logProb;
        };
        assertThat(DensityGrid.of(nothing, WIDE, 4).mass()).isZero();
    }
}
