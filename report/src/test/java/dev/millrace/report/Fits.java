package dev.millrace.report;

import dev.millrace.Flow;
import dev.millrace.bijection.Shape;
import dev.millrace.data.ColumnEncoding;
import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import dev.millrace.data.Toy;
import dev.millrace.kernel.SplitMix;
import dev.millrace.train.ImageEncoding;
import dev.millrace.train.RowSource;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Small trainings to report on. */
final class Fits {

    private static final TrainingResult MOONS = train(Toy.TWO_MOONS.sample(1500, 1));

    private Fits() {}

    private static TrainingResult train(Table table) {
        int dimension = table.columns().size();
        Flow flow = Flow.realNvp(dimension).couplings(4).hidden(32, 32).build();
        TrainerSettings settings = TrainerSettings.builder().epochs(12).seed(1).build();
        RowSource rows = RowSource.of(table.values(), dimension);
        return new Trainer(settings).fit(flow, rows, rows);
    }

    static Flow moons() {
        return MOONS.flow();
    }

    /** A report on two moons, with everything that it can have. */
    static ReportInput moonsInput() {
        return new ReportInput(
                "two-moons",
                MOONS.flow(),
                continuous("x", "y"),
                1,
                MOONS.history(),
                List.of(
                        set(RowSet.Role.TRAINING, Toy.TWO_MOONS.sample(1500, 1)),
                        set(RowSet.Role.TEST, Toy.TWO_MOONS.sample(1200, 2))),
                Optional.of(Fits::standardNormal),
                Optional.of(Fits::moonsDensity),
                Map.of("seed", "1"),
                Optional.of(new Reproduction("millrace fit two-moons", true)));
    }

    /** A report on other rows, with an untrained flow. */
    static ReportInput untrained(String title, TableEncoding encoding, RowSet... sets) {
        int dimension = encoding.columns().size();
        Flow flow = Flow.realNvp(dimension).couplings(2).hidden(8).build();
        return new ReportInput(
                title,
                flow,
                encoding,
                1,
                List.of(),
                List.of(sets),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    static RowSet set(RowSet.Role role, Table rows) {
        return new RowSet(role, rows, IntStream.rangeClosed(1, rows.rows()).toArray());
    }

    static TableEncoding continuous(String... names) {
        return new TableEncoding(Arrays.stream(names)
                .<ColumnEncoding>map(ColumnEncoding.Continuous::new)
                .toList());
    }

    static double[] standardNormal(double[] rows, int count) {
        double[] logProb = new double[count];
        Arrays.setAll(
                logProb,
                i -> -Math.log(2 * Math.PI) - (rows[2 * i] * rows[2 * i] + rows[2 * i + 1] * rows[2 * i + 1]) / 2);
        return logProb;
    }

    private static double[] moonsDensity(double[] rows, int count) {
        double[] logProb = new double[count];
        Arrays.setAll(logProb, i -> Toy.TWO_MOONS.logDensity(rows[2 * i], rows[2 * i + 1]));
        return logProb;
    }

    /** Images of 6 × 5 pixels of three colours: a bright square somewhere on a dark ground. */
    static ReportInput imagesInput() {
        ImageEncoding encoding = ImageEncoding.of(Shape.of(6, 5, 3));
        int dimension = encoding.dimension();
        Table train = squares(300, 1);
        byte[] pixels = new byte[train.values().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) train.values()[i];
        }
        Flow flow = Flow.realNvp(dimension).couplings(2).hidden(16).build();
        TrainerSettings settings = TrainerSettings.builder().epochs(3).seed(1).build();
        RowSource rows = encoding.rows(pixels);
        TrainingResult result = new Trainer(settings).fit(flow, rows, rows);
        return new ReportInput(
                "squares",
                result.flow(),
                continuous(train.columns().toArray(String[]::new)),
                1,
                result.history(),
                List.of(
                        new RowSet(
                                RowSet.Role.TRAINING,
                                train,
                                IntStream.rangeClosed(1, 300).toArray(),
                                5000),
                        set(RowSet.Role.TEST, squares(50, 2))),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.of(encoding));
    }

    private static Table squares(int count, long seed) {
        int dimension = 6 * 5 * 3;
        SplitMix random = new SplitMix(seed);
        double[] values = new double[count * dimension];
        for (int i = 0; i < count; i++) {
            int top = random.nextInt(4);
            int left = random.nextInt(3);
            for (int j = 0; j < dimension; j++) {
                int y = j / 15 - top;
                int x = j % 15 / 3 - left;
                boolean inside = y >= 0 && y < 3 && x >= 0 && x < 3;
                values[i * dimension + j] = random.nextInt(40) + (inside ? 200 : 0);
            }
        }
        return Table.of(IntStream.range(0, dimension).mapToObj(i -> "p" + i).toList(), values);
    }
}
