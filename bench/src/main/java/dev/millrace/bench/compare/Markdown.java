package dev.millrace.bench.compare;

import dev.millrace.bench.Spread;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of tables that grows. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    /** Where the figures come from, and what went wrong. */
    Markdown programs(
            String machine, Map<String, String> versions, Map<String, String> missing, Collection<String> failures) {
        text.append(machine).append("\n\n");
        versions.forEach((program, version) -> item(program + ": " + version));
        missing.forEach((program, what) -> item(program + " is missing: " + what));
        failures.forEach(this::item);
        return this;
    }

    private void item(String line) {
        text.append("- ").append(line).append('\n');
    }

    /** Our model in every program. */
    Markdown parity(Collection<Results.Entry> flows) {
        text.append(
                        "\n| flow | program | parameters | mean log-likelihood, nats | off by, mean | worst row | differs |\n")
                .append("|---|---|---:|---:|---:|---:|---|\n");
        for (Results.Entry flow : flows) {
            Hello hello = flow.hello();
            Hello.Parity parity = hello.parity();
            String numbers = parity == null
                    ? " | | "
                    : format("%.4f | %.1e | %.1e", parity.likelihood(), parity.mean(), parity.worst());
            text.append(format(
                    "| %s | %s | %,d | %s | %s |%n",
                    flow.flow(), flow.program(), hello.parameters(), numbers, hello.differs()));
        }
        return this;
    }

    /** A table for each measure. */
    Markdown measures(List<Comparison> comparisons) {
        comparisons.forEach(this::measure);
        return this;
    }

    private void measure(Comparison comparison) {
        List<Integer> threads = comparison.lines().stream()
                .flatMap(line -> line.byThreads().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        text.append("\n| ").append(comparison.work()).append(": ").append(comparison.measure());
        threads.forEach(count -> text.append(" | threads ").append(count));
        text.append(" | Millrace is better by |\n|---")
                .append("|---:".repeat(threads.size() + 1))
                .append("|\n");
        for (Comparison.Line line : comparison.lines()) {
            text.append("| ").append(line.program());
            for (int count : threads) {
                text.append(" | ").append(spread(line.byThreads().get(count)));
            }
            text.append(" | ")
                    .append(line.advantage().map(Markdown::ratio).orElse(""))
                    .append(" |\n");
        }
    }

    private static String spread(Spread spread) {
        return spread == null
                ? ""
                : number(spread.median()) + " (" + number(spread.least()) + " – " + number(spread.most()) + ")";
    }

    private static String ratio(Spread spread) {
        return format("%.2f × (%.2f – %.2f)", spread.median(), spread.least(), spread.most());
    }

    /** Whole numbers where they have four digits or more. */
    private static String number(double value) {
        return format(Math.abs(value) >= 1000 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
