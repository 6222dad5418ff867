package dev.millrace.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final List<Observation> observations = new ArrayList<>();

    private void observe(int round, String program, int threads, String measure, double value) {
        observations.add(new Observation(round, "work", program, threads, Map.of(measure, value)));
    }

    private Comparison.Line line(String program) {
        return Comparison.of(observations).get(0).lines().stream()
                .filter(line -> line.program().equals(program))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theRatioIsTheMedianOfTheRoundsRatios() {
        double[][] rounds = {{10, 1}, {40, 20}, {36, 4}, {30, 5}};
        for (int round = 0; round < rounds.length; round++) {
            observe(round, Program.MILLRACE, 1, "rows/s", rounds[round][0]);
            observe(round, "other", 1, "rows/s", rounds[round][1]);
        }
        // Ratios 10, 2, 9 and 6; the ratio of the medians would be 33 / 4.5.
        assertThat(line("other").advantage()).contains(new Spread(7.5, 2, 10));
        assertThat(line(Program.MILLRACE).advantage()).isEmpty();
    }

    @Test
    void eachProgramCountsAtItsBestNumberOfThreads() {
        observe(0, Program.MILLRACE, 1, "rows/s", 100);
        observe(0, Program.MILLRACE, 2, "rows/s", 180);
        observe(0, "other", 1, "rows/s", 60);
        observe(0, "other", 2, "rows/s", 50);
        assertThat(line("other").advantage()).contains(new Spread(3, 3, 3));
    }

    @Test
    void lessMemoryIsBetter() {
        observe(0, Program.MILLRACE, 1, "peak memory, MB", 100);
        observe(0, Program.MILLRACE, 2, "peak memory, MB", 120);
        observe(0, "other", 1, "peak memory, MB", 400);
        assertThat(line("other").advantage()).contains(new Spread(4, 4, 4));
    }

    @Test
    void aLikelihoodIsNoContest() {
        observe(0, Program.MILLRACE, 1, "log-likelihood, nats", -1);
        observe(0, "other", 1, "log-likelihood, nats", -2);
        assertThat(line("other").byThreads().get(1).median()).isEqualTo(-2);
        assertThat(line("other").advantage()).isEmpty();
    }

    @Test
    void roundsThatOneOfTwoLacksDoNotCount() {
        observe(0, Program.MILLRACE, 1, "rows/s", 10);
        observe(1, Program.MILLRACE, 1, "rows/s", 20);
        observe(1, "other", 1, "rows/s", 5);
        observe(2, "other", 1, "rows/s", 1);
        assertThat(line("other").advantage()).contains(new Spread(4, 4, 4));
    }

    @Test
    void withoutMillraceThereIsNoRatio() {
        observe(0, "other", 1, "rows/s", 5);
        assertThat(line("other").advantage()).isEmpty();
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Spread.of(DoubleStream.empty())).isInstanceOf(IllegalArgumentException.class);
    }
}
