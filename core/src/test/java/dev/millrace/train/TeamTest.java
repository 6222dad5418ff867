package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyPieceOfEveryJobRunsOnce(int threads) {
        try (Team team = new Team(threads)) {
            assertThat(team.size()).isEqualTo(threads);
            for (int job = 0; job < 500; job++) {
                int count = job % 17;
                AtomicIntegerArray runs = new AtomicIntegerArray(count + 1);
                team.run(count, runs::incrementAndGet);
                for (int i = 0; i <= count; i++) {
                    assertThat(runs.get(i)).isEqualTo(i < count ? 1 : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void sharesMayBeOfAnySize(int threads) {
        try (Team team = new Team(threads)) {
            for (int job = 0; job < 500; job++) {
                int[] starts = new int[threads + 1];
                for (int thread = 0; thread < threads; thread++) {
                    starts[thread + 1] = starts[thread] + (job + thread) % 4 * 3;
                }
                int count = starts[threads];
                AtomicIntegerArray runs = new AtomicIntegerArray(count + 1);
                team.run(starts, runs::incrementAndGet);
                for (int i = 0; i <= count; i++) {
                    assertThat(runs.get(i)).isEqualTo(i < count ? 1 : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void ofSeveralFailuresTheFirstPieceTells(int threads) {
        try (Team team = new Team(threads)) {
            for (int i = 0; i < 200; i++) {
                assertThatThrownBy(() -> team.run(40, piece -> {
                            if (piece % 10 == 9) {
                                throw new OutOfMemoryError("piece " + piece);
                            }
                        }))
                        .isExactlyInstanceOf(OutOfMemoryError.class)
                        .hasMessage("piece 9");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aFailureReachesTheCallerAndTheTeamGoesOn(int threads) {
        IllegalStateException failure = new IllegalStateException("piece 3");
        try (Team team = new Team(threads)) {
            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(() -> team.run(10, piece -> {
                            if (piece == 3) {
                                throw failure;
                            }
                        }))
                        .isSameAs(failure);
                AtomicIntegerArray runs = new AtomicIntegerArray(4);
                team.run(4, runs::incrementAndGet);
                assertThat(runs).hasToString("[1, 1, 1, 1]");
            }
        }
    }
}
