package dev.millrace.bench;

import dev.millrace.train.ColdStartBenchmark;
import dev.millrace.train.TrainingStepBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks and prints one table: median and worst fork, and for training the floor, the operations of the
 * matrix products divided by the rate of the largest product with panels in the same run, on as many cores at once. On a shared
 * machine two virtual cores may be one real core for a while; the rate on two cores shows it, and the forks of a table's
 * lines take turns, so that such a while does not hit a single line. The argument is the number of forks.
 */
public final class SpeedTable {

    private SpeedTable() {}

    /** Runs and prints. */
    public static void main(String[] arguments) throws RunnerException {
        int forks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        System.out.printf(
                "%s %s, Java %s (%s), %d processors, %d forks%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors(),
                forks);
        String products = ProductBenchmark.class.getName();
        double oneCore = products(run(options(products), forks));
        double twoCores = productsAtOnce(run(
                options(products + ".panels")
                        .param("shape", ProductBenchmark.LARGEST)
                        .threads(2),
                forks));
        convolutions(run(options(ConvolutionBenchmark.class.getName()), forks));
        String steps = TrainingStepBenchmark.class.getName();
        training(run(options(steps).param("others", "never"), forks), oneCore, twoCores);
        training(
                run(options(steps).param("threads", "1").param("others", "before", "beside"), forks),
                oneCore,
                twoCores);
        cold(run(options(ColdStartBenchmark.class.getName()), forks));
        scoring(run(options(ScoringBenchmark.class.getName()), forks));
    }

    private static ChainedOptionsBuilder options(String benchmark) {
        return new OptionsBuilder()
                .include(benchmark)
                .forks(1)
                .timeUnit(TimeUnit.MICROSECONDS)
                .verbosity(VerboseMode.SILENT);
    }

    /** In rounds, each with a fork of everything. */
    private static Collection<RunResult> run(ChainedOptionsBuilder options, int rounds) throws RunnerException {
        Map<String, RunResult> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RunResult result : new Runner(options.build()).run()) {
                results.merge(result.getParams().id(), result, SpeedTable::together);
            }
        }
        return results.values();
    }

    private static RunResult together(RunResult earlier, RunResult later) {
        List<BenchmarkResult> forks = new ArrayList<>(earlier.getBenchmarkResults());
        forks.addAll(later.getBenchmarkResults());
        return new RunResult(later.getParams(), forks);
    }

    /** @return operations a second of this project's largest product with B in panels, as a network's weights are */
    private static double products(Collection<RunResult> results) {
        System.out.printf(
                "%nmatrix product, 1 core%n%-14s %-10s %10s %10s %12s%n",
                "shape", "by", "GFLOP/s", "worst", "worst/median");
        double largest = 0;
        for (RunResult result : results) {
            double operations = operations(result);
            String by = name(result);
            double rate = operations / median(result) / 1e3;
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %-10s %10.1f %10.1f %12.2f%n",
                    result.getParams().getParam("shape"),
                    by,
                    rate,
                    operations / worst(result) / 1e3,
                    worst(result) / median(result));
            if (by.equals("panels")) {
                largest = rate;
            }
        }
        return largest * 1e9;
    }

    /** @return operations a second of two cores, each at a largest product of its own */
    private static double productsAtOnce(Collection<RunResult> results) {
        RunResult result = results.iterator().next();
        double rate = 2 * operations(result) / median(result) / 1e3;
        System.out.printf(
                Locale.ROOT,
                "%s on each of 2 cores at once: %.1f GFLOP/s together, worst %.1f%n",
                ProductBenchmark.LARGEST,
                rate,
                2 * operations(result) / worst(result) / 1e3);
        return rate * 1e9;
    }

    private static double operations(RunResult product) {
        double operations = 2;
        for (String length : product.getParams().getParam("shape").split("x")) {
            operations *= Integer.parseInt(length);
        }
        return operations;
    }

    private static void convolutions(Collection<RunResult> results) {
        System.out.printf(
                "%n3 × 3 convolution, 1 core%n%-14s %-15s %10s %10s %12s%n",
                "shape", "", "GFLOP/s", "worst", "worst/median");
        for (RunResult result : results) {
            String shape = result.getParams().getParam("shape");
            double operations = ConvolutionBenchmark.operations(shape);
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %-15s %10.1f %10.1f %12.2f%n",
                    shape,
                    name(result),
                    operations / median(result) / 1e3,
                    operations / worst(result) / 1e3,
                    worst(result) / median(result));
        }
    }

    private static void training(Collection<RunResult> results, double oneCore, double twoCores) {
        System.out.printf(
                "%ntraining step%n%-16s %8s %-12s %10s %10s %12s %10s%n",
                "D,H,couplings,B", "threads", "other flows", "ms", "worst", "worst/median", "floor ms");
        for (RunResult result : results) {
            Workload workload = Workload.of(result.getParams().getParam("size"));
            int threads = Integer.parseInt(result.getParams().getParam("threads"));
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %8d %-12s %10.3f %10.3f %12.2f %10.3f%n",
                    result.getParams().getParam("size"),
                    threads,
                    result.getParams().getParam("others"),
                    median(result) / 1e3,
                    worst(result) / 1e3,
                    worst(result) / median(result),
                    1e3 * workload.operationsOfStep() / (threads == 1 ? oneCore : twoCores));
        }
    }

    private static void cold(Collection<RunResult> results) {
        System.out.printf(
                "%ntraining from a cold JVM, 1 thread%n%-16s %15s %10s %18s %10s%n",
                "D,H,couplings,B", "first step, ms", "worst", "warming up, ms", "worst");
        for (RunResult result : results) {
            Spread first = counts(result, "firstStepMicros");
            Spread lost = counts(result, "lostMicros");
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %15.0f %10.0f %18.0f %10.0f%n",
                    result.getParams().getParam("size"),
                    first.median() / 1e3,
                    first.most() / 1e3,
                    lost.median() / 1e3,
                    lost.most() / 1e3);
        }
    }

    private static Spread counts(RunResult result, String name) {
        return Spread.of(result.getBenchmarkResults().stream()
                .mapToDouble(fork -> fork.getSecondaryResults().get(name).getScore()));
    }

    private static void scoring(Collection<RunResult> results) {
        System.out.printf("%nscoring one row%n%-16s %10s %10s %12s%n", "D,H,couplings", "µs", "worst", "worst/median");
        for (RunResult result : results) {
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %10.2f %10.2f %12.2f%n",
                    result.getParams().getParam("size"),
                    median(result),
                    worst(result),
                    worst(result) / median(result));
        }
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    /** Microseconds of the forks. */
    private static Spread forks(RunResult result) {
        return Spread.of(result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getPrimaryResult)
                .mapToDouble(fork -> fork.getScore()));
    }

    private static double median(RunResult result) {
        return forks(result).median();
    }

    private static double worst(RunResult result) {
        return forks(result).most();
    }
}
