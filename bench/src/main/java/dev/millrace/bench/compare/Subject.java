package dev.millrace.bench.compare;

import dev.millrace.Flow;
import dev.millrace.bench.Workload;
import dev.millrace.data.Toy;
import dev.millrace.kernel.SplitMix;
import java.util.Locale;
import java.util.function.Supplier;

/** A flow that is compared, and the rows that it learns and scores. */
enum Subject {
    /** D 2, two hidden layers of 64, 8 couplings. */
    REALNVP_2(new Workload(2, 64, 8, 256)),
    /** D 8, two hidden layers of 128, 8 couplings. */
    REALNVP_8(new Workload(8, 128, 8, 512)),
    /** D 64, two hidden layers of 256, 10 couplings. */
    REALNVP_64(new Workload(64, 256, 10, 512)),
    /** The paper's NICE for MNIST: 4 couplings with 5 hidden layers of 1,000. The speed does not depend on the digits. */
    NICE(() -> Flow.nice(28, 28, 1).build(), 784, 128, 0.001, 0.999),
    /** A RealNVP for images of 32 × 32 × 3: 2 scales, 32 features, 2 blocks. */
    IMAGE(() -> Flow.realNvp(32, 32, 3).features(32).blocks(2).build(), 3072, 32, 0.001, 0.999),
    /** The second, with half the couplings. */
    DEPTH_4(new Workload(8, 128, 4, 512)),
    /** The second, eight times as deep. */
    DEPTH_64(new Workload(8, 128, 64, 512)),
    /** The first, for two moons. */
    MOONS(new Workload(2, 64, 8, 256)) {
        @Override
        double[] rows(int count) {
            double[] values =
                    Toy.named("two-moons").orElseThrow().sample(count, 1).values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) values[i];
            }
            return values;
        }
    };

    private final Supplier<Flow> maker;
    private final int dimension;
    private final int batch;
    private final double least;
    private final double most;

    Subject(Workload workload) {
        this(workload::flow, workload.dimension(), workload.batch(), -2, 2);
    }

    Subject(Supplier<Flow> maker, int dimension, int batch, double least, double most) {
        this.maker = maker;
        this.dimension = dimension;
        this.batch = batch;
        this.least = least;
        this.most = most;
    }

    /** Name of its files. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A flow with new weights. */
    Flow flow() {
        return maker.get();
    }

    int dimension() {
        return dimension;
    }

    /** Rows of a training step. */
    int batch() {
        return batch;
    }

    /** Rows that are exact as floats, so that all programs see the same. */
    double[] rows(int count) {
        SplitMix random = new SplitMix(1);
        double[] values = new double[count * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (least + (most - least) * random.nextDouble());
        }
        return values;
    }
}
