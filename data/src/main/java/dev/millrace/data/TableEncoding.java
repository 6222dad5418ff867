package dev.millrace.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The way between the rows of a table and the rows a flow is trained on: uniform dequantisation of the columns that
 * take few values. Nothing is shifted or scaled; that is the flow's.
 *
 * <p>Why: a continuous density fitted to a column that keeps taking the same values can put ever narrower peaks on
 * them, and its likelihood grows without bound while it learns nothing. Spreading each value evenly over an interval
 * around it makes the likelihood bounded and comparable. Theis, van den Oord and Bethge, "A note on the evaluation of
 * generative models" (2016).
 *
 * <p>The noise depends only on what is said at each method, so equal calls give equal bits on every machine. Immutable
 * and safe to share between threads.
 */
public final class TableEncoding {

    /** Which columns to dequantise. */
    public enum Mode {
        /**
         * Those that take at most a twentieth as many distinct values as there are rows (at least one, at most
         * 2^20): so a value is met 20 times on average, which values of a continuous quantity are not.
         */
        AUTO,
        /** None. */
        NONE
    }

    /** Keep the noise of training and that of scoring apart under one seed. */
    private static final long TRAINING = 1;

    private static final long SCORING = 2;

    private final List<ColumnEncoding> columns;
    private final ColumnEncoding.Discrete[] discrete;
    private final int[] discreteAt;

    /**
     * An encoding of these columns.
     *
     * @param columns at least one, with different names
     * @throws IllegalArgumentException if there is none, or two have one name
     */
    public TableEncoding(List<ColumnEncoding> columns) {
        this.columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("an encoding needs at least one column");
        }
        Set<String> names = new HashSet<>();
        for (ColumnEncoding column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns have the name " + Excerpt.of(column.name()));
            }
        }
        discreteAt = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i) instanceof ColumnEncoding.Discrete)
                .toArray();
        discrete = IntStream.of(discreteAt)
                .mapToObj(i -> (ColumnEncoding.Discrete) columns.get(i))
                .toArray(ColumnEncoding.Discrete[]::new);
    }

    /**
     * Finds out which columns to dequantise, and how.
     *
     * <p>The step is that of the widest lattice all values lie on, to a millionth of a step, provided it is at least
     * an eighth of the smallest gap between values (1 for whole numbers, 0.1 for one decimal); where there is none,
     * the smallest gap; in a constant column, 1.
     *
     * @param train the rows to train on, all finite, at least one
     * @param mode which columns to look at
     * @return an encoding of the table's columns
     * @throws IllegalArgumentException if the table has no rows, or a number that is not finite
     * @throws DataException if a column to dequantise has a value so large that noise of the step is lost to rounding
     *     in it, as codes for missing values often are
     */
    public static TableEncoding detect(Table train, Mode mode) {
        if (train.rows() == 0) {
            throw new IllegalArgumentException("there are no rows to tell the columns' kinds from");
        }
        return new TableEncoding(IntStream.range(0, train.columns().size())
                .mapToObj(c -> switch (mode) {
                    case AUTO -> DiscreteDetector.detect(train, c);
                    case NONE -> new ColumnEncoding.Continuous(train.columns().get(c));
                })
                .toList());
    }

    /**
     * The columns, in order.
     *
     * @return an unmodifiable list of at least one
     */
    public List<ColumnEncoding> columns() {
        return columns;
    }

    /**
     * The columns' names, in order.
     *
     * @return an unmodifiable list of at least one
     */
    public List<String> names() {
        return columns.stream().map(ColumnEncoding::name).toList();
    }

    /**
     * The columns that hold whole numbers only, for {@link WriteOptions#withWholeColumns}.
     *
     * @return their names
     */
    public Set<String> wholeColumns() {
        return IntStream.range(0, discrete.length)
                .filter(i -> discrete[i].isWhole())
                .mapToObj(i -> discrete[i].name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Encodes a row for training: its noise is a function of the seed, the epoch, the row's index and the column, so
     * it is new in each epoch.
     *
     * @param rows holds the row, one number a column; changed in place
     * @param at where in it the row starts
     * @param seed of the training
     * @param epoch from 0
     * @param rowIndex the row's place in the training table
     * @throws IndexOutOfBoundsException if the array ends before the row does
     */
    public void encodeTraining(double[] rows, int at, long seed, int epoch, long rowIndex) {
        Objects.checkFromIndexSize(at, columns.size(), rows.length);
        long hash = SplitMix.absorb(SplitMix.absorb(SplitMix.absorb(seed, TRAINING), epoch), rowIndex);
        addNoise(rows, at, hash);
    }

    /**
     * Encodes a row for scoring: its noise is a function of the seed and of the row's own numbers, so its score does
     * not depend on which other rows it is scored with.
     *
     * @param rows holds the row, one number a column; changed in place
     * @param at where in it the row starts
     * @param seed of the scoring
     * @throws IndexOutOfBoundsException if the array ends before the row does
     */
    public void encodeScoring(double[] rows, int at, long seed) {
        Objects.checkFromIndexSize(at, columns.size(), rows.length);
        if (discrete.length == 0) {
            return;
        }
        long hash = SplitMix.absorb(seed, SCORING);
        for (int i = 0; i < columns.size(); i++) {
            // 0 and −0 are one value.
            hash = SplitMix.absorb(hash, Double.doubleToLongBits(rows[at + i] + 0.0));
        }
        addNoise(rows, at, hash);
    }

    private void addNoise(double[] rows, int at, long hash) {
        for (int i = 0; i < discrete.length; i++) {
            int place = at + discreteAt[i];
            rows[place] = discrete[i].dequantised(rows[place], SplitMix.absorb(hash, discreteAt[i]));
        }
    }

    /**
     * Makes a row drawn from a flow one the table could have: a number in a discrete column becomes the nearest point
     * of the column's lattice within the range seen in training; without a lattice, the nearest value seen, as far as
     * they are remembered ({@link ColumnEncoding.Discrete#values()}), else only the range is kept. Continuous columns
     * are left alone.
     *
     * @param rows holds the row, one number a column; changed in place
     * @param at where in it the row starts
     * @throws IndexOutOfBoundsException if the array ends before the row does
     */
    public void decode(double[] rows, int at) {
        Objects.checkFromIndexSize(at, columns.size(), rows.length);
        for (int i = 0; i < discrete.length; i++) {
            int place = at + discreteAt[i];
            rows[place] = discrete[i].quantised(rows[place]);
        }
    }

    /**
     * What is done to which columns, for people.
     *
     * @return a sentence for each discrete column, in their order
     */
    public List<String> describe() {
        return Arrays.stream(discrete).map(ColumnEncoding.Discrete::describe).toList();
    }

    /**
     * This encoding as a tree of maps, lists, text, numbers (Long or Double) and truth values, to be stored as JSON.
     *
     * @return an ordered, unmodifiable tree, equal for equal encodings
     */
    public Map<String, Object> toTree() {
        return EncodingTree.of(columns);
    }

    /**
     * The encoding a tree describes. The tree may be anyone's: whatever does not fit is refused. JSON does not tell
     * 1.0 from 1, so where a number is expected, whole ones are taken as well.
     *
     * @param tree as {@link #toTree} makes it
     * @return the encoding
     * @throws IllegalArgumentException if a key is unknown or lacking, a type is wrong, a number is not finite or out
     *     of range; says where
     */
    public static TableEncoding fromTree(Map<String, Object> tree) {
        return new TableEncoding(EncodingTree.parse(tree));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableEncoding encoding && encoding.columns.equals(columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return "TableEncoding" + columns;
    }
}
