package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.data.ColumnEncoding;
import dev.millrace.data.TableEncoding;
import dev.millrace.model.Fields;
import dev.millrace.model.Model;
import dev.millrace.model.ModelFormatException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A trained flow together with what turns rows of a table into its rows.
 *
 * @param flow the flow
 * @param encoding of the columns
 * @param seed of the noise that the encoding adds
 * @param gaussian the baseline from the same training rows, if the model tells it
 */
record TableModel(Flow flow, TableEncoding encoding, long seed, Optional<GaussianBaseline> gaussian)
        implements ScoringModel {

    /** @throws CommandException if the model is one of images */
    static TableModel of(Path file, Model model) {
        if (ScoringModel.of(file, model) instanceof TableModel table) {
            return table;
        }
        throw CommandException.failure(file + ": is a model of images, not of a table");
    }

    static TableModel of(Model model) {
        int dimension = model.flow().dimension();
        TableEncoding encoding = encoding(model.encoding(), dimension);
        if (encoding.columns().size() != dimension) {
            throw new ModelFormatException("the flow has dimension " + dimension + ", but its encoding "
                    + encoding.columns().size() + " columns");
        }
        Fields provenance = Fields.of(model.provenance(), "provenance");
        return new TableModel(
                model.flow(),
                encoding,
                provenance.longValue("seed", 1),
                provenance.has("gaussian")
                        ? Optional.of(GaussianBaseline.read(provenance.object("gaussian"), dimension))
                        : Optional.empty());
    }

    /** A model made by a program need not say anything about columns: they are then called as in files without names. */
    private static TableEncoding encoding(Map<String, Object> tree, int dimension) {
        if (!tree.isEmpty()) {
            return TableEncoding.fromTree(tree);
        }
        return new TableEncoding(IntStream.rangeClosed(1, dimension)
                .<ColumnEncoding>mapToObj(i -> new ColumnEncoding.Continuous("x" + i))
                .toList());
    }

    /** This model without its baseline, which costs time to score with. */
    TableModel withoutGaussian() {
        return new TableModel(flow, encoding, seed, Optional.empty());
    }

    @Override
    public LikelihoodUnit unit() {
        return new LikelihoodUnit.Nats(dimension());
    }

    /** Encodes rows of a table in place. */
    void encode(double[] rows, int count) {
        for (int row = 0; row < count; row++) {
            encoding.encodeScoring(rows, row * dimension(), seed);
        }
    }
}
