package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.bijection.BatchDependent;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.kernel.Memory;
import dev.millrace.net.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Computes the gradient of a batch's mean log-likelihood. The batch is cut into blocks of a fixed size, whatever the
 * number of threads. The work is a list of phases that is drawn up once: within a phase the team shares out blocks or
 * pieces of gradients.
 */
final class Backpropagation {

    /** A layer with fewer pieces of gradient work waits for a neighbour with more. */
    private static final int SHARED_TASKS = 3;

    /** Weights of layers that a block goes through at once: half of a second-level cache. */
    private static final int CACHED_WEIGHTS = 1 << 17;

    private final Flow flow;
    private final List<Bijection> layers;
    private final Team team;
    /**
     * First layers of groups: the parameters' gradients of a group are computed while the groups before go backward, the
     * second halves of divided work one group later than the rest.
     */
    private final TreeSet<Integer> groups;

    /** Halves are for threads that each took a part of the blocks; one thread has all rows in its cache. */
    private final boolean halving;

    private final int blockRows;
    private final Block[] blocks;
    private final List<Runnable> phases = new ArrayList<>();
    private final IntConsumer changed = this::parametersChanged;
    private RowSource source;
    private int epoch;
    private int[] order;
    private int from;
    private int to;

    Backpropagation(Flow flow, int batchSize, GradientMode mode, Team team) {
        this.flow = flow;
        this.layers = flow.layers();
        this.team = team;
        groups = mode == GradientMode.KEEP ? groups() : everyLayer();
        halving = mode == GradientMode.KEEP && team.size() > 1;
        blockRows = new Composition(layers).blockRows();
        blocks = new Block[(batchSize + blockRows - 1) / blockRows];
        for (int i = 0; i < blocks.length; i++) {
            int rows = Math.min(blockRows, batchSize - i * blockRows);
            blocks[i] = new Block(rows, layers, flow.base(), mode, memory(mode), groups);
        }
        planForward();
        if (mode == GradientMode.KEEP) {
            planBackward();
        } else {
            planRecomputingBackward();
        }
    }

    private Memory memory(GradientMode mode) {
        return mode == GradientMode.KEEP ? Memory.keepingActivations(halving ? 3 : 2) : Memory.shared();
    }

    /**
     * Sets the gradients of the flow's parameters for rows order[from … to).
     *
     * @return the mean log-likelihood of the rows, in nats; not finite if something overflowed
     */
    double run(RowSource source, int epoch, int[] order, int from, int to) {
        this.source = source;
        this.epoch = epoch;
        this.order = order;
        this.from = from;
        this.to = to;
        for (int i = 0; i < phases.size(); i++) {
            phases.get(i).run();
        }
        double sum = 0;
        for (Block block : blocks) {
            sum += block.logLikelihood();
        }
        return sum / (to - from);
    }

    /** Follows every change of the flow's parameters. */
    void parametersChanged() {
        team.run(layers.size() + 1, changed);
    }

    private void parametersChanged(int part) {
        if (part < layers.size()) {
            layers.get(part).parametersChanged();
        } else {
            flow.base().parametersChanged();
        }
    }

    private void load(int block) {
        int start = from + block * blockRows;
        blocks[block].load(source, epoch, order, Math.min(start, to), to);
    }

    /**
     * Layers run block by block without waiting, up to one that needs the whole batch, or up to where their weights no
     * longer stay in the cache from one block to the next.
     */
    private void planForward() {
        int first = 0;
        long weights = 0;
        for (int i = 0; i < layers.size(); i++) {
            boolean waiting = layers.get(i) instanceof BatchDependent;
            long added = layers.get(i).state().values().stream()
                    .mapToLong(Tensor::size)
                    .sum();
            if (waiting || i > first && weights + added > CACHED_WEIGHTS) {
                planForward(first, i);
                first = i;
                weights = 0;
            }
            if (waiting) {
                planCombine(i);
            }
            weights += added;
        }
        planForward(first, layers.size());
    }

    private void planForward(int first, int last) {
        boolean begins = phases.isEmpty();
        boolean ends = last == layers.size();
        boolean observing = !ends && layers.get(last) instanceof BatchDependent;
        forEachBlock(b -> {
            Block block = blocks[b];
            if (begins) {
                load(b);
            }
            for (int i = first; i < last; i++) {
                block.forward(i);
            }
            if (ends) {
                block.throughBase(to - from);
            } else if (observing) {
                ((BatchDependent.Pass) block.pass(last)).observe(block.rows(), block.values(last));
            }
        });
    }

    private void planCombine(int i) {
        BatchDependent layer = (BatchDependent) layers.get(i);
        List<Bijection.Pass> passes = passes(i);
        phases.add(() -> layer.combine(passes));
    }

    /** A group has one layer with work to share out, so that threads meet as seldom as possible. */
    private TreeSet<Integer> groups() {
        TreeSet<Integer> first = new TreeSet<>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).gradientTasks(List.of()).size() >= SHARED_TASKS) {
                first.add(i);
            }
        }
        first.pollFirst();
        first.add(0);
        return first;
    }

    private TreeSet<Integer> everyLayer() {
        return IntStream.range(0, layers.size()).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /** Blocks go back through a group while the parameters' gradients of the groups after it are computed. */
    private void planBackward() {
        int last = layers.size();
        GradientWork beginning = work(baseTasks());
        List<Runnable> ending = List.of();
        for (int first : groups.descendingSet()) {
            planBackward(first, last, beginning, ending);
            ending = beginning.second();
            beginning = work(gradientTasks(first, last));
            last = first;
        }
        share(List.of(), beginning, ending);
        share(List.of(), GradientWork.NONE, beginning.second());
    }

    /** Back through some layers, waiting at those that need the whole batch; gradient work goes beside the first of them. */
    private void planBackward(int first, int last, GradientWork beginning, List<Runnable> ending) {
        int end = last;
        GradientWork beginningBeside = beginning;
        List<Runnable> endingBeside = ending;
        for (int i = last - 1; i >= first; i--) {
            if (layers.get(i) instanceof BatchDependent) {
                share(goingBack(i + 1, end, i), beginningBeside, endingBeside);
                planCombineGradient(i);
                end = i + 1;
                beginningBeside = GradientWork.NONE;
                endingBeside = List.of();
            }
        }
        share(goingBack(first, end, -1), beginningBeside, endingBeside);
    }

    private List<Runnable> goingBack(int first, int last, int observing) {
        return Arrays.stream(blocks)
                .<Runnable>map(block -> () -> goBack(block, first, last, observing))
                .toList();
    }

    private static void goBack(Block block, int first, int last, int observing) {
        for (int i = last - 1; i >= first; i--) {
            block.backward(i);
        }
        if (observing >= 0) {
            observeGradient(observing, block);
        }
    }

    private void planRecomputingBackward() {
        share(List.of(), work(baseTasks()), List.of());
        for (int i = layers.size() - 1; i >= 0; i--) {
            int layer = i;
            if (layers.get(i) instanceof BatchDependent) {
                forEachBlock(b -> {
                    blocks[b].recompute(layer);
                    observeGradient(layer, blocks[b]);
                });
                planCombineGradient(i);
                forEachBlock(b -> blocks[b].backward(layer));
            } else {
                forEachBlock(b -> {
                    blocks[b].recompute(layer);
                    blocks[b].backward(layer);
                });
            }
            share(List.of(), work(layers.get(i).gradientTasks(passes(i))), List.of());
        }
    }

    private void planCombineGradient(int i) {
        BatchDependent layer = (BatchDependent) layers.get(i);
        List<Bijection.Pass> passes = passes(i);
        phases.add(() -> layer.combineGradient(passes));
    }

    private static void observeGradient(int layer, Block block) {
        ((BatchDependent.Pass) block.pass(layer))
                .observeGradient(block.rows(), block.values(layer), block.gradient(), block.dLogDet());
    }

    private List<Runnable> gradientTasks(int first, int last) {
        List<Runnable> tasks = new ArrayList<>();
        for (int i = first; i < last; i++) {
            tasks.addAll(layers.get(i).gradientTasks(passes(i)));
        }
        return tasks;
    }

    private List<Runnable> baseTasks() {
        List<Block> all = List.of(blocks);
        return flow.base().gradientTasks(all.stream().map(Block::base).toList());
    }

    private List<Bijection.Pass> passes(int layer) {
        List<Block> all = List.of(blocks);
        return all.stream().map(block -> block.pass(layer)).toList();
    }

    private void forEachBlock(IntConsumer work) {
        phases.add(() -> team.run(blocks.length, work));
    }

    private GradientWork work(List<Runnable> tasks) {
        return GradientWork.of(tasks, halving);
    }

    /**
     * Plans a phase.
     *
     * @param ofBlocks a piece for each block, or none
     * @param beginning gradients of the layers that blocks went back through in the phase before
     * @param ending second halves of gradients that began in the phase before
     */
    private void share(List<Runnable> ofBlocks, GradientWork beginning, List<Runnable> ending) {
        Shares shares = new Shares(team)
                .deal(ofBlocks)
                .dealToFirstHalf(beginning.first())
                .dealToSecondHalf(ending)
                .deal(beginning.whole());
        if (!shares.isEmpty()) {
            phases.add(shares.job());
        }
    }
}
