package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineTest {

    @Test
    void keepsTheOrderOfTheWork() throws IOException {
        List<Integer> results = new ArrayList<>();
        try (Pipeline<Integer> pipeline = new Pipeline<>(3, results::add)) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                pipeline.submit(() -> number);
            }
            pipeline.finish();
        }

        assertThat(results).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void handsOnFailures() throws IOException {
        try (Pipeline<Integer> pipeline = new Pipeline<>(2, result -> {})) {
            pipeline.submit(() -> {
                throw CommandException.failure("no");
            });

            assertThatThrownBy(pipeline::finish)
                    .isInstanceOf(CommandException.class)
                    .hasMessage("no");
        }
    }
}
