package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.ImageLikelihood;
import dev.millrace.train.EpochReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final LikelihoodUnit ROWS = new LikelihoodUnit.Nats(3);

    private final StringWriter written = new StringWriter();

    @Test
    void printsFewPlainLinesWhereThereIsNoTerminal() {
        run(new Progress(new PrintWriter(written), false, ROWS));

        assertThat(written.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("epoch 1: training -1\\.0000, validation -2\\.0000, [\\d,]+ rows/s(, at most .* left)?");
        assertThat(written.toString()).contains("epoch 50: ").doesNotContain("\r", "\033");
    }

    @Test
    void movesOneLineOnATerminalAndLeavesOneBehind() {
        run(new Progress(new PrintWriter(written), true, ROWS));

        assertThat(written.toString()).contains("\r\033[K").contains("epoch 1 [");
        assertThat(written.toString().lines().toList()).last().asString().contains("epoch 50: training ");
    }

    @Test
    void tellsImagesInBitsPerDimension() {
        LikelihoodUnit images = new LikelihoodUnit.BitsPerDim(ImageLikelihood.ofBytes(4));
        Progress progress = new Progress(new PrintWriter(written), false, images);
        double bit = Math.log(2);

        progress.stepDone(1, 10, 10, 0.5);
        // Scaled to [0, 1], each of the four entries has 8 bits more.
        progress.epochDone(new EpochReport(1, 4 * 5 * bit, 4 * 4.5 * bit, 1e-3));

        assertThat(written.toString())
                .matches("epoch 1: training 3\\.0000, validation 3\\.5000 bits/dim, [\\d,]+ images/s.*\\R");
    }

    private static void run(Progress progress) {
        EpochReport report = null;
        for (int epoch = 1; epoch <= 50; epoch++) {
            progress.stepDone(epoch, 100, 200, (epoch - 0.5) / 50);
            progress.stepDone(epoch, 200, 200, epoch / 50.0);
            report = new EpochReport(epoch, -epoch, -2 * epoch, 1e-3);
            progress.epochDone(report);
        }
        progress.end(report);
    }
}
