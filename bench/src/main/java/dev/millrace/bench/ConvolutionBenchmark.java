package dev.millrace.bench;

import dev.millrace.kernel.ConvolutionShape;
import dev.millrace.kernel.Grid;
import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.SplitMix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 3 × 3 convolutions of a batch of images on one core: forward, and the gradient of the weights. The gradient of the
 * input is a forward convolution with other weights.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ConvolutionBenchmark {

    private static final Kernel KERNEL = Kernels.active();

    /** Images × side × channels before and after. */
    @Param({"16x32x32", "16x16x64", "16x8x128"})
    public String shape;

    private int images;
    private ConvolutionShape convolution;
    private float[] x;
    private float[] y;
    private float[] weights;
    private float[] gradient;
    private float[] bias;

    /** Fills the images and the weights. */
    @Setup
    public void setUp() {
        String[] lengths = shape.split("x");
        images = Integer.parseInt(lengths[0]);
        Grid grid = new Grid(Integer.parseInt(lengths[1]), Integer.parseInt(lengths[1]));
        int channels = Integer.parseInt(lengths[2]);
        convolution = ConvolutionShape.of(grid, 3, channels, channels);
        SplitMix random = new SplitMix(1);
        x = ProductBenchmark.random(random, images * grid.size(channels));
        grid.clearBorder(images, channels, x);
        y = new float[x.length];
        weights = ProductBenchmark.random(random, convolution.weights());
        gradient = new float[weights.length];
        bias = new float[channels];
    }

    /** Operations of one convolution. */
    static double operations(String shape) {
        String[] lengths = shape.split("x");
        double side = Integer.parseInt(lengths[1]);
        double channels = Integer.parseInt(lengths[2]);
        return 2 * Integer.parseInt(lengths[0]) * side * side * 9 * channels * channels;
    }

    /** Y = X ∗ W. */
    @Benchmark
    public float[] forward() {
        KERNEL.convolve(convolution, images, x, weights, bias, 0, y);
        return y;
    }

    /** The gradient of W where that of Y is X. */
    @Benchmark
    public float[] weightGradient() {
        KERNEL.convolutionGradient(convolution, images, x, x, 0, convolution.outputs(), gradient);
        return gradient;
    }
}
