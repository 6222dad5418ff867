package dev.millrace.model;

import dev.millrace.Flow;
import dev.millrace.Nice;
import dev.millrace.RealNvp;
import dev.millrace.Samples;
import dev.millrace.bijection.Composition;
import dev.millrace.distribution.DiagonalNormal;
import dev.millrace.net.Activation;
import dev.millrace.train.GradientMode;
import dev.millrace.train.OptimizerSettings;
import dev.millrace.train.RowSource;
import dev.millrace.train.Schedule;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingResult;
import dev.millrace.transformer.LogScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains small flows of every kind, and gives the digests of their model files and of what they draw. */
final class TrainingDigest {

    private TrainingDigest() {}

    public static void main(String[] args) {
        System.out.println(of(1));
    }

    static String of(int threads) {
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < flows().size(); i++) {
            digests.add(digest(flows().get(i), i, threads));
        }
        return String.join("\n", digests);
    }

    private static List<Flow> flows() {
        RealNvp flow = Flow.realNvp(2).couplings(3).hidden(20, 17);
        Flow learnedBase = flow.activation(Activation.SILU)
                .mixing(RealNvp.Mixing.LINEAR)
                .normalisation(RealNvp.Normalisation.BATCH_NORM)
                .build();
        return List.of(
                flow.build(),
                flow.logScale(LogScale.SIGMOID)
                        .activation(Activation.TANH)
                        .mixing(RealNvp.Mixing.PERMUTE)
                        .build(),
                flow.activation(Activation.ELU).build(),
                Flow.of(new Composition(learnedBase.layers()), DiagonalNormal.create(2)),
                Flow.nice(2).hidden(20).prior(Nice.Prior.LOGISTIC).build(),
                Flow.spline(2).couplings(2).hidden(20).build());
    }

    private static String digest(Flow flow, int number, int threads) {
        RowSource train = RowSource.of(Samples.ring(700, 1), 2);
        RowSource validation = RowSource.of(Samples.ring(600, 2), 2);
        TrainerSettings settings = TrainerSettings.builder()
                .epochs(3)
                .batchSize(150)
                .learningRate(1e-2)
                .optimizer(
                        number == 2
                                ? new OptimizerSettings.Sgd(0.9, 1e-3)
                                : OptimizerSettings.Adam.withWeightDecay(0.1))
                .schedule(new Schedule.Cosine(0))
                .warmUpSteps(5)
                .clipNorm(2)
                .gradientMode(number == 1 ? GradientMode.RECOMPUTE : GradientMode.KEEP)
                .threads(threads)
                .build();
        TrainingResult result = new Trainer(settings).fit(flow, train, validation);
        Flow.Sample sample = result.flow().sampleWithLogProb(0, 100, 1, 1);
        TensorFile drawn = new TensorFile(
                Map.of(),
                List.of(
                        StoredTensor.of("rows", new int[] {200}, sample.rows()),
                        StoredTensor.of("logProb", new int[] {100}, sample.logProb())));
        Model model = new Model(result.flow(), Map.of(), Map.of("seed", 1L), result.history());
        return model.sha256().substring(0, 16) + "/" + drawn.sha256().substring(0, 16);
    }
}
