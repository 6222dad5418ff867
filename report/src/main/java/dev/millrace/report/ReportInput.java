package dev.millrace.report;

import dev.millrace.Flow;
import dev.millrace.data.TableEncoding;
import dev.millrace.train.EpochReport;
import dev.millrace.train.ImageEncoding;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a report is about.
 *
 * @param title what the data is called
 * @param flow that has been learned, or is being learned
 * @param encoding between the rows of the data and the flow's
 * @param seed of the noise that the encoding adds, and of all that the report draws
 * @param history of the training, epoch by epoch; may be empty
 * @param sets the rows; at least one set has some
 * @param baseline what the flow should do better than, such as a Gaussian
 * @param truth the density that the data really has, where it is known
 * @param facts where the model comes from: what to show, by its name
 * @param reproduction how the model can be made again, if there is a way to tell
 * @param images how rows of pixel values, channels last, become the flow's rows, if they are images; {@code encoding} then
 *     only names the columns
 */
public record ReportInput(
        String title,
        Flow flow,
        TableEncoding encoding,
        long seed,
        List<EpochReport> history,
        List<RowSet> sets,
        Optional<RowDensity> baseline,
        Optional<RowDensity> truth,
        Map<String, String> facts,
        Optional<Reproduction> reproduction,
        Optional<ImageEncoding> images) {

    /** @throws IllegalArgumentException if no set has rows, or rows and flow do not fit each other */
    public ReportInput {
        history = List.copyOf(history);
        sets = sets.stream().filter(set -> set.rows().rows() > 0).toList();
        facts = new LinkedHashMap<>(facts);
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("there are no rows to report on");
        }
        for (RowSet set : sets) {
            if (set.rows().columns().size() != flow.dimension()
                    || encoding.columns().size() != flow.dimension()) {
                throw new IllegalArgumentException("the flow has dimension " + flow.dimension() + ", but the rows "
                        + set.rows().columns().size() + " columns");
            }
        }
    }

    /** A report on rows of a table. */
    public ReportInput(
            String title,
            Flow flow,
            TableEncoding encoding,
            long seed,
            List<EpochReport> history,
            List<RowSet> sets,
            Optional<RowDensity> baseline,
            Optional<RowDensity> truth,
            Map<String, String> facts,
            Optional<Reproduction> reproduction) {
        this(title, flow, encoding, seed, history, sets, baseline, truth, facts, reproduction, Optional.empty());
    }

    RowCodec codec() {
        return images.<RowCodec>map(RowCodec.OfImages::new).orElseGet(() -> new RowCodec.OfTable(encoding, seed));
    }

    /** The rows by which the flow is judged: those that the training made least use of. */
    RowSet judged() {
        return sets.stream().max(Comparator.comparing(RowSet::role)).orElseThrow();
    }

    int dimension() {
        return flow.dimension();
    }
}
