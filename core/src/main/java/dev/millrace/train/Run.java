package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.NonFiniteException;
import dev.millrace.bijection.Composition;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.Tensor;
import dev.millrace.train.TrainingState.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of a {@link Trainer}, from its start or a saved state to its end. */
final class Run implements AutoCloseable {

    /** Numbers from which layers take their data-dependent start; more rows would hardly change it. */
    private static final int INITIALISATION_ENTRIES = 1 << 22;

    private final TrainerSettings settings;
    private final Flow flow;
    private final Flow best;
    private final Map<String, Tensor> state;
    private final Map<String, Tensor> bestState;
    private final RowSource train;
    private final RowSource validation;
    private final TrainingListener listener;
    private final Team team;
    private final Backpropagation backpropagation;
    private final Optimizer optimizer;
    private final Evaluation evaluation;
    private final List<EpochReport> history = new ArrayList<>();
    private final long started = System.nanoTime();
    private Progress progress = Progress.START;
    private long steps;
    private double learningRate;

    /** @param flow this run's own, to be changed */
    Run(TrainerSettings settings, Flow flow, RowSource train, RowSource validation, TrainingListener listener) {
        this.settings = settings;
        this.flow = flow;
        this.best = flow.copy();
        this.state = flow.state();
        this.bestState = best.state();
        this.train = train;
        this.validation = validation;
        this.listener = listener;
        this.team = new Team(settings.threads());
        this.backpropagation =
                new Backpropagation(flow, Math.min(settings.batchSize(), train.rows()), settings.gradientMode(), team);
        this.optimizer = new Optimizer(settings.optimizer(), settings.clipNorm(), state, team);
        this.evaluation = new Evaluation(validation, team);
    }

    /** Lets layers begin from the data. */
    void initialise() {
        int dimension = train.dimension();
        int rows = Math.min(train.rows(), Math.max(1, INITIALISATION_ENTRIES / dimension));
        double[] x = new double[rows * dimension];
        for (int i = 0; i < rows; i++) {
            train.read((int) ((long) i * train.rows() / rows), 0, x, i * dimension);
        }
        new Composition(flow.layers()).initialise(x, rows);
        copy(state, bestState, best);
    }

    void restore(TrainingState saved) {
        copy(saved.best().state(), bestState, best);
        for (Optimizer.Slot slot : optimizer.slots()) {
            restore(slot.first(), saved.first(), slot.name());
            restore(slot.second(), saved.second(), slot.name());
        }
        progress = saved.progress();
        steps = progress.steps();
        optimizer.setSteps(steps);
        history.addAll(saved.history());
    }

    private static void restore(Tensor to, Map<String, Tensor> saved, String name) {
        Tensor from = saved.get(name);
        if (from == null) {
            throw new IllegalArgumentException("the state knows nothing of the parameter " + name);
        }
        to.copyFrom(from);
    }

    TrainingResult toEnd() {
        try {
            while (progress.epochs() < settings.epochs()) {
                if (!epoch()) {
                    return result(listener.stopRequested() ? StopReason.REQUESTED : StopReason.TIME_BUDGET, "");
                }
                if (!adapt()) {
                    return result(StopReason.NO_IMPROVEMENT, "");
                }
                listener.epochDone(history.get(history.size() - 1), this::snapshot);
            }
            return result(StopReason.EPOCHS, "");
        } catch (NonFiniteException e) {
            if (progress.bestEpoch() == 0) {
                throw e;
            }
            return result(StopReason.NON_FINITE, e.getMessage());
        }
    }

    private TrainingResult result(StopReason reason, String detail) {
        return new TrainingResult(best.copy(), progress.bestEpoch(), List.copyOf(history), reason, detail);
    }

    /** @return false if the run was told to stop or ran out of time within the epoch */
    private boolean epoch() {
        int epoch = progress.epochs();
        int rows = train.rows();
        int[] order = new SplitMix(settings.seed(), epoch).permutation(rows);
        // Batches of equal size, so that no step follows a handful of rows.
        int batches = (rows + settings.batchSize() - 1) / settings.batchSize();
        double sum = 0;
        for (int i = 0; i < batches; i++) {
            int from = (int) ((long) rows * i / batches);
            int to = (int) ((long) rows * (i + 1) / batches);
            double fraction = fraction((epoch + (double) i / batches) / settings.epochs());
            sum += step(epoch, order, from, to, fraction) * (to - from);
            listener.stepDone(epoch + 1, to, rows, fraction);
            boolean ends = i == batches - 1 && progress.bestEpoch() == 0;
            if (!ends && (listener.stopRequested() || fraction >= 1)) {
                return closeEarly(epoch, sum / to);
            }
        }
        record(new EpochReport(epoch + 1, sum / rows, evaluation.meanLogProb(flow), learningRate));
        return true;
    }

    /** Where the run ends within an epoch, what it has learned since the last one counts too. */
    private boolean closeEarly(int epoch, double trainLogProb) {
        record(new EpochReport(epoch + 1, trainLogProb, evaluation.meanLogProb(flow), learningRate));
        return false;
    }

    private double fraction(double ofEpochs) {
        if (settings.timeBudget().isEmpty()) {
            return ofEpochs;
        }
        double elapsed = System.nanoTime() - started;
        return Math.max(ofEpochs, elapsed / settings.timeBudget().get().toNanos());
    }

    private double step(int epoch, int[] order, int from, int to, double fraction) {
        double logProb = backpropagation.run(train, epoch, order, from, to);
        if (!Double.isFinite(logProb)) {
            throw notFinite(epoch, order, from, to);
        }
        double warmUp = Math.min(1, (steps + 1.0) / Math.max(1, settings.warmUpSteps()));
        learningRate = settings.learningRate() * warmUp * settings.schedule().factor(fraction) * progress.rateFactor();
        double norm = optimizer.step(learningRate);
        if (!Double.isFinite(norm)) {
            throw new NonFiniteException("step " + (steps + 1) + ": the gradient of " + optimizer.firstNonFinite()
                    + " is not finite; try a lower learning rate or a smaller clipping norm");
        }
        steps++;
        backpropagation.parametersChanged();
        return logProb;
    }

    private NonFiniteException notFinite(int epoch, int[] order, int from, int to) {
        String where = "the log-likelihood of a batch";
        double[] row = new double[train.dimension()];
        for (int i = from; i < to; i++) {
            train.read(order[i], epoch, row, 0);
            try {
                flow.logProb(row);
            } catch (NonFiniteException e) {
                where = "training row " + order[i] + ": " + e.getMessage();
                break;
            }
        }
        return new NonFiniteException("step " + (steps + 1) + ": " + where
                + "; look for extreme values in the data, or try a lower learning rate or a smaller clipping norm");
    }

    /** Takes note of an epoch, and of its parameters if they are the best so far. */
    private void record(EpochReport report) {
        history.add(report);
        double score = report.score();
        boolean isBest = score > progress.bestScore();
        boolean improved = score > progress.lastImproved() + settings.minImprovement();
        if (isBest) {
            copy(state, bestState, best);
        }
        progress = new Progress(
                report.epoch(),
                steps,
                isBest ? report.epoch() : progress.bestEpoch(),
                isBest ? score : progress.bestScore(),
                improved ? score : progress.lastImproved(),
                improved ? 0 : progress.stalled() + 1,
                progress.rateFactor());
    }

    /** @return false if training has nothing more to gain */
    private boolean adapt() {
        if (!(settings.schedule() instanceof Schedule.Plateau plateau)) {
            return progress.stalled() < settings.patience();
        }
        if (progress.stalled() < plateau.patience()) {
            return true;
        }
        double rateFactor = progress.rateFactor() * plateau.factor();
        if (rateFactor < plateau.smallest()) {
            return false;
        }
        copy(bestState, state, flow);
        backpropagation.parametersChanged();
        progress = new Progress(
                progress.epochs(),
                steps,
                progress.bestEpoch(),
                progress.bestScore(),
                progress.lastImproved(),
                0,
                rateFactor);
        return true;
    }

    private static void copy(Map<String, Tensor> from, Map<String, Tensor> to, Flow changed) {
        to.forEach((name, tensor) -> tensor.copyFrom(from.get(name)));
        changed.parametersChanged();
    }

    private TrainingState snapshot() {
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        for (Optimizer.Slot slot : optimizer.slots()) {
            first.put(slot.name(), slot.first().copy());
            second.put(slot.name(), slot.second().copy());
        }
        return new TrainingState(flow.copy(), best.copy(), first, second, progress, List.copyOf(history));
    }

    @Override
    public void close() {
        team.close();
    }
}
