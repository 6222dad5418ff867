package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row's log-density depends on the row and the flow alone. */
class SameBitsTest {

    private static final int ROWS = 131;

    static Stream<Named<Flow>> flows() {
        return Flows.everyKind();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aRowScoresTheSameAloneAndInEveryBatch(Flow flow) {
        double[] rows = Flows.rows(flow, ROWS);
        double[] alone = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            alone[i] = flow.logProb(Flows.row(rows, flow, i));
        }
        for (int from : new int[] {0, 1, 2, 3, 5, 17, 64}) {
            for (int count : new int[] {1, 2, 3, 4, 5, 7, 16, 63, 64, 65, 67}) {
                double[] batch = Arrays.copyOfRange(rows, from * flow.dimension(), rows.length);
                double[] logProb = new double[count];
                flow.logProb(batch, count, logProb);
                assertThat(logProb).isEqualTo(Arrays.copyOfRange(alone, from, from + count));
            }
        }
    }

    /** A single row leaves out the weights that a zero multiplies; 520 × 520 weights are read row by row in a batch, too. */
    @ParameterizedTest
    @ValueSource(ints = {130, 520})
    void aRowScoresTheSameAloneThroughLayersOfManyWeights(int width) {
        aRowScoresTheSameAloneAndInEveryBatch(Flows.randomised(
                Flow.realNvp(6).couplings(2).hidden(width, width).build()));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void manyThreadsAtOnceScoreTheSame(Flow flow) throws Exception {
        double[] rows = Flows.rows(flow, ROWS);
        double[] expected = new double[ROWS];
        flow.logProb(rows, ROWS, expected);
        double[] expectedSample = flow.sample(ROWS, 1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                done.add(threads.submit(() -> {
                    double[] logProb = new double[ROWS];
                    flow.logProb(rows, ROWS, logProb);
                    assertThat(logProb).isEqualTo(expected);
                    assertThat(flow.sample(ROWS, 1)).isEqualTo(expectedSample);
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
