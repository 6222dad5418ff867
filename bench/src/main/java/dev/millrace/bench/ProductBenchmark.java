package dev.millrace.bench;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;
import dev.millrace.kernel.PanelMatrix;
import dev.millrace.kernel.SplitMix;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
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
 * C = A·B in float: this project's kernel and OpenBLAS, in turn, each thread on matrices of its own. Both work on row-major
 * matrices where they lie; OpenBLAS has its matrices outside the Java heap, so that no copy is counted. A third line has B in
 * panels, as the weights of networks are, made beforehand; a fourth makes them in each product, as OpenBLAS packs its matrices.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 10, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class ProductBenchmark {

    private static final Kernel KERNEL = Kernels.active();

    static final String LARGEST = "512x512x512";

    /** Rows of C × columns of C × the inner dimension. */
    @Param({"256x128x128", "512x256x256", LARGEST})
    public String shape;

    private int m;
    private int n;
    private int k;
    private float[] a;
    private float[] b;
    private float[] c;
    private float[] zeros;
    private PanelMatrix panels;
    private FloatPointer nativeA;
    private FloatPointer nativeB;
    private FloatPointer nativeC;

    /** Fills the matrices. */
    @Setup
    public void setUp() {
        String[] lengths = shape.split("x");
        m = Integer.parseInt(lengths[0]);
        n = Integer.parseInt(lengths[1]);
        k = Integer.parseInt(lengths[2]);
        SplitMix random = new SplitMix(1);
        a = random(random, m * k);
        b = random(random, k * n);
        c = new float[m * n];
        zeros = new float[n];
        panels = PanelMatrix.of(k, n);
        panels.set(b, n);
        nativeA = new FloatPointer(a);
        nativeB = new FloatPointer(b);
        nativeC = new FloatPointer(c);
        blas_set_num_threads(1);
    }

    /** Numbers in [−1, 1). */
    static float[] random(SplitMix random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    /** This project's kernel. */
    @Benchmark
    public float[] millrace() {
        KERNEL.multiply(m, n, k, a, 0, k, 1, b, n, zeros, 0, 0, c, 0, n);
        return c;
    }

    /** This project's kernel, B in panels. */
    @Benchmark
    public float[] panels() {
        panels.multiply(m, a, k, zeros, 0, c, n);
        return c;
    }

    /** This project's kernel, B put in panels first. */
    @Benchmark
    public float[] packed() {
        panels.set(b, n);
        return panels();
    }

    /** OpenBLAS. */
    @Benchmark
    public FloatPointer openblas() {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, nativeA, k, nativeB, n, 0, nativeC, n);
        return nativeC;
    }
}
