package dev.millrace.kernel;

import static dev.millrace.kernel.Tiles.VECTOR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The float matrix product in vector form: register tiles of up to 6 rows × 4 vectors or 6 × 2, each entry one chain of fused
 * multiply-adds. The tiles are written out because the JIT keeps accumulators in registers only when each is a local
 * variable of one method without inner calls. Most products find theirs in {@link SteadyTiles}; those of this
 * class take any distances between the entries of A and of B. Their loops run on B's index instead of a
 * counter of their own: on JDK 25 that is 15 % faster, since a counted loop is unrolled and its range checks then spill
 * registers.
 */
final class VectorProduct {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();

    /** Columns of the widest tile. */
    private static final int TILE = Tiles.WIDEST * FLOATS;

    /** Steps over k before the next tile, so that the strip of B that a tile reads stays in the second-level cache. */
    private static final int DEPTH = 256;

    /** The same where B is in panels, whose strips fit the first-level cache: 32 KB at most. */
    static final int PANEL_DEPTH = Math.min(DEPTH, (1 << 13) / TILE);

    private VectorProduct() {}

    /** See {@link Kernel#panel}: as wide as a tile. */
    static int panel(int columns) {
        int vectors = (columns + FLOATS - 1) / FLOATS;
        return Math.min(Tiles.WIDEST, Integer.highestOneBit(vectors)) * FLOATS;
    }

    /** See {@link Kernel#pack}: whole rows at a time as far as panels are as wide as a tile. */
    static void pack(int rows, int columns, float[] b, int bAt, int bStride, float[] panels) {
        int wide = columns / TILE * TILE;
        for (int i = 0; i < rows; i++) {
            int from = bAt + i * bStride;
            int to = i * TILE;
            for (int end = from + wide; from < end; from += TILE) {
                for (int lane = 0; lane < TILE; lane += FLOATS) {
                    FloatVector.fromArray(FLOAT, b, from + lane).intoArray(panels, to + lane);
                }
                to += rows * TILE;
            }
        }
        for (int j = wide; j < columns; ) {
            int width = panel(columns - j);
            packNarrow(rows, Math.min(width, columns - j), b, bAt + j, bStride, panels, j * rows, width);
            j += width;
        }
    }

    private static void packNarrow(
            int rows, int columns, float[] b, int bAt, int bStride, float[] panels, int at, int width) {
        for (int i = 0; i < rows; i++) {
            int row = at + i * width;
            System.arraycopy(b, bAt + i * bStride, panels, row, columns);
            Arrays.fill(panels, row + columns, row + width, 0);
        }
    }

    /**
     * The product with a row-major B, or with one in panels.
     *
     * @param bFrom the row of B that the first column of A multiplies
     * @param bColumn the distance of columns that are not in one panel: 1 in a row-major matrix, else the rows of B
     * @param bStride the distance of a row-major matrix's rows; 0 in panels, where it is the panel's width
     */
    static void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bFrom,
            int bColumn,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        int columns = (n + FLOATS - 1) / FLOATS * FLOATS;
        boolean panels = bColumn != 1 || isPanel(bStride);
        int depth = panels ? PANEL_DEPTH : DEPTH;
        strips(
                m,
                columns,
                bFrom,
                Math.min(k, depth),
                a,
                aAt,
                aRow,
                aColumn,
                b,
                bColumn,
                bStride,
                start,
                startAt,
                startStride,
                c,
                cAt,
                cStride);
        for (int p = depth; p < k; p += depth) {
            strips(
                    m,
                    columns,
                    bFrom + p,
                    Math.min(k - p, depth),
                    a,
                    aAt + p * aColumn,
                    aRow,
                    aColumn,
                    b,
                    bColumn,
                    bStride,
                    c,
                    cAt,
                    cStride,
                    c,
                    cAt,
                    cStride);
        }
    }

    /** Whether a row-major matrix with rows of this length is one panel. */
    static boolean isPanel(int bStride) {
        return bStride == TILE || bStride == 2 * FLOATS;
    }

    /**
     * Goes over C in strips of columns, the widest first, and on from a row of B. Fewer than four rows leave registers for
     * four vectors on every machine; these may be those of two panels. A row-major B that is as wide as a tile is a panel.
     */
    private static void strips(
            int m,
            int n,
            int p,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bColumn,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        boolean transposed = aRow == 1;
        int j = 0;
        if (Tiles.WIDEST == 4 || m < 4) {
            int stride = bStride > 0 ? bStride : TILE;
            boolean panels = aColumn == 1 && stride == 4 * FLOATS;
            int half = Tiles.WIDEST == 4 ? 2 * FLOATS : 2 * FLOATS * bColumn;
            for (; j + 4 * FLOATS <= n; j += 4 * FLOATS) {
                int bAt = j * bColumn + p * stride;
                int i = 0;
                for (; panels && Tiles.sixRows(m - i); i += 6) {
                    SteadyTiles.panels6x4(
                            k,
                            a,
                            aAt + i * aRow,
                            aRow,
                            b,
                            bAt,
                            start,
                            startAt + i * startStride + j,
                            startStride,
                            c,
                            cAt + i * cStride + j,
                            cStride);
                }
                for (; transposed && Tiles.sixRows(m - i); i += 6) {
                    SteadyTiles.transposed6x4(
                            k,
                            a,
                            aAt + i * aRow,
                            aColumn,
                            b,
                            bAt,
                            stride,
                            start,
                            startAt + i * startStride + j,
                            startStride,
                            c,
                            cAt + i * cStride + j,
                            cStride);
                }
                for (; aColumn == 1 && Tiles.sixRows(m - i); i += 6) {
                    SteadyTiles.rowMajor6x4(
                            k,
                            a,
                            aAt + i * aRow,
                            aRow,
                            b,
                            bAt,
                            stride,
                            start,
                            startAt + i * startStride + j,
                            startStride,
                            c,
                            cAt + i * cStride + j,
                            cStride);
                }
                for (; i + 4 <= m; i += 4) {
                    tile4x4(
                            k,
                            a,
                            aAt + i * aRow,
                            aRow,
                            aColumn,
                            b,
                            bAt,
                            stride,
                            start,
                            startAt + i * startStride + j,
                            startStride,
                            c,
                            cAt + i * cStride + j,
                            cStride);
                }
                for (; i < m; i++) {
                    tile1x4(
                            k,
                            a,
                            aAt + i * aRow,
                            aColumn,
                            b,
                            bAt,
                            half,
                            stride,
                            start,
                            startAt + i * startStride + j,
                            c,
                            cAt + i * cStride + j);
                }
            }
        }
        int pair = bStride > 0 ? bStride : 2 * FLOATS;
        boolean narrowPanels = Tiles.WIDEST == 4 && aColumn == 1 && pair == 2 * FLOATS;
        for (; j + 2 * FLOATS <= n; j += 2 * FLOATS) {
            int bAt = j * bColumn + p * pair;
            int i = 0;
            for (; narrowPanels && i + 8 <= m; i += 8) {
                SteadyTiles.panels8x2(
                        k,
                        a,
                        aAt + i * aRow,
                        aRow,
                        b,
                        bAt,
                        start,
                        startAt + i * startStride + j,
                        startStride,
                        c,
                        cAt + i * cStride + j,
                        cStride);
            }
            for (; Tiles.sixRows(m - i); i += 6) {
                tile6x2(
                        k,
                        a,
                        aAt + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bAt,
                        pair,
                        start,
                        startAt + i * startStride + j,
                        startStride,
                        c,
                        cAt + i * cStride + j,
                        cStride);
            }
            for (; i + 4 <= m; i += 4) {
                tile4x2(
                        k,
                        a,
                        aAt + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bAt,
                        pair,
                        start,
                        startAt + i * startStride + j,
                        startStride,
                        c,
                        cAt + i * cStride + j,
                        cStride);
            }
            for (; i < m; i++) {
                tile1x2(
                        k,
                        a,
                        aAt + i * aRow,
                        aColumn,
                        b,
                        bAt,
                        pair,
                        start,
                        startAt + i * startStride + j,
                        c,
                        cAt + i * cStride + j);
            }
        }
        int single = bStride > 0 ? bStride : FLOATS;
        for (; j < n; j += FLOATS) {
            int bAt = j * bColumn + p * single;
            int i = 0;
            for (; i + 8 <= m; i += 8) {
                tile8x1(
                        k,
                        a,
                        aAt + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bAt,
                        single,
                        start,
                        startAt + i * startStride + j,
                        startStride,
                        c,
                        cAt + i * cStride + j,
                        cStride);
            }
            for (; i + 4 <= m; i += 4) {
                tile4x1(
                        k,
                        a,
                        aAt + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bAt,
                        single,
                        start,
                        startAt + i * startStride + j,
                        startStride,
                        c,
                        cAt + i * cStride + j,
                        cStride);
            }
            for (; i < m; i++) {
                tile1x1(
                        k,
                        a,
                        aAt + i * aRow,
                        aColumn,
                        b,
                        bAt,
                        single,
                        start,
                        startAt + i * startStride + j,
                        c,
                        cAt + i * cStride + j);
            }
        }
    }

    private static void tile4x4(
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c02 = FloatVector.fromArray(FLOAT, start, startAt + 2 * FLOATS);
        FloatVector c03 = FloatVector.fromArray(FLOAT, start, startAt + 3 * FLOATS);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c12 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 2 * FLOATS);
        FloatVector c13 = FloatVector.fromArray(FLOAT, start, startAt + startStride + 3 * FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c22 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 2 * FLOATS);
        FloatVector c23 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + 3 * FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        FloatVector c32 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 2 * FLOATS);
        FloatVector c33 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + 3 * FLOATS);
        int a1 = aAt + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            FloatVector b2 = FloatVector.fromArray(FLOAT, b, bAt + 2 * FLOATS);
            FloatVector b3 = FloatVector.fromArray(FLOAT, b, bAt + 3 * FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            c02 = factor.fma(b2, c02);
            c03 = factor.fma(b3, c03);
            factor = FloatVector.broadcast(FLOAT, a[a1]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            c12 = factor.fma(b2, c12);
            c13 = factor.fma(b3, c13);
            factor = FloatVector.broadcast(FLOAT, a[a2]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            c22 = factor.fma(b2, c22);
            c23 = factor.fma(b3, c23);
            factor = FloatVector.broadcast(FLOAT, a[a3]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            c32 = factor.fma(b2, c32);
            c33 = factor.fma(b3, c33);
            bAt += bStride;
            aAt += aColumn;
            a1 += aColumn;
            a2 += aColumn;
            a3 += aColumn;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c02)).intoArray(c, cAt + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c03)).intoArray(c, cAt + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c12)).intoArray(c, cAt + cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c13)).intoArray(c, cAt + cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c22)).intoArray(c, cAt + 2 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c23)).intoArray(c, cAt + 2 * cStride + 3 * FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c32)).intoArray(c, cAt + 3 * cStride + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c33)).intoArray(c, cAt + 3 * cStride + 3 * FLOATS);
    }

    /** One running index goes through A's column, as in {@link #tile8x1}. */
    private static void tile6x2(
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        FloatVector c40 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride);
        FloatVector c41 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride + FLOATS);
        FloatVector c50 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride);
        FloatVector c51 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride + FLOATS);
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            int at = aAt + aRow;
            factor = FloatVector.broadcast(FLOAT, a[at]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            at += aRow;
            factor = FloatVector.broadcast(FLOAT, a[at]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            at += aRow;
            factor = FloatVector.broadcast(FLOAT, a[at]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            at += aRow;
            factor = FloatVector.broadcast(FLOAT, a[at]);
            c40 = factor.fma(b0, c40);
            c41 = factor.fma(b1, c41);
            at += aRow;
            factor = FloatVector.broadcast(FLOAT, a[at]);
            c50 = factor.fma(b0, c50);
            c51 = factor.fma(b1, c51);
            bAt += bStride;
            aAt += aColumn;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c40)).intoArray(c, cAt + 4 * cStride);
        ((FloatVector) VECTOR.cast(c41)).intoArray(c, cAt + 4 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c50)).intoArray(c, cAt + 5 * cStride);
        ((FloatVector) VECTOR.cast(c51)).intoArray(c, cAt + 5 * cStride + FLOATS);
    }

    private static void tile4x2(
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c11 = FloatVector.fromArray(FLOAT, start, startAt + startStride + FLOATS);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c21 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride + FLOATS);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c31 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride + FLOATS);
        int a1 = aAt + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            factor = FloatVector.broadcast(FLOAT, a[a1]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            factor = FloatVector.broadcast(FLOAT, a[a2]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            factor = FloatVector.broadcast(FLOAT, a[a3]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            bAt += bStride;
            aAt += aColumn;
            a1 += aColumn;
            a2 += aColumn;
            a3 += aColumn;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c11)).intoArray(c, cAt + cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c21)).intoArray(c, cAt + 2 * cStride + FLOATS);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c31)).intoArray(c, cAt + 3 * cStride + FLOATS);
    }

    /**
     * Four accumulators do not hide the latency of a multiply-add; eight do. One running index goes through A's column:
     * an index for each row would be kept on the stack.
     */
    private static void tile8x1(
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c0 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c1 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c2 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c3 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        FloatVector c4 = FloatVector.fromArray(FLOAT, start, startAt + 4 * startStride);
        FloatVector c5 = FloatVector.fromArray(FLOAT, start, startAt + 5 * startStride);
        FloatVector c6 = FloatVector.fromArray(FLOAT, start, startAt + 6 * startStride);
        FloatVector c7 = FloatVector.fromArray(FLOAT, start, startAt + 7 * startStride);
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            c0 = FloatVector.broadcast(FLOAT, a[aAt]).fma(b0, c0);
            int at = aAt + aRow;
            c1 = FloatVector.broadcast(FLOAT, a[at]).fma(b0, c1);
            at += aRow;
            c2 = FloatVector.broadcast(FLOAT, a[at]).fma(b0, c2);
            at += aRow;
            c3 = FloatVector.broadcast(FLOAT, a[at]).fma(b0, c3);
            at += aRow;
            c4 = FloatVector.broadcast(FLOAT, a[at]).fma(b0, c4);
            at += aRow;
            c5 = FloatVector.broadcast(FLOAT, a[at]).fma(b0, c5);
            at += aRow;
            c6 = FloatVector.broadcast(FLOAT, a[at]).fma(b0, c6);
            at += aRow;
            c7 = FloatVector.broadcast(FLOAT, a[at]).fma(b0, c7);
            bAt += bStride;
            aAt += aColumn;
        }
        ((FloatVector) VECTOR.cast(c0)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c1)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c2)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c3)).intoArray(c, cAt + 3 * cStride);
        ((FloatVector) VECTOR.cast(c4)).intoArray(c, cAt + 4 * cStride);
        ((FloatVector) VECTOR.cast(c5)).intoArray(c, cAt + 5 * cStride);
        ((FloatVector) VECTOR.cast(c6)).intoArray(c, cAt + 6 * cStride);
        ((FloatVector) VECTOR.cast(c7)).intoArray(c, cAt + 7 * cStride);
    }

    private static void tile4x1(
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startStride,
            float[] c,
            int cAt,
            int cStride) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c10 = FloatVector.fromArray(FLOAT, start, startAt + startStride);
        FloatVector c20 = FloatVector.fromArray(FLOAT, start, startAt + 2 * startStride);
        FloatVector c30 = FloatVector.fromArray(FLOAT, start, startAt + 3 * startStride);
        int a1 = aAt + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            factor = FloatVector.broadcast(FLOAT, a[a1]);
            c10 = factor.fma(b0, c10);
            factor = FloatVector.broadcast(FLOAT, a[a2]);
            c20 = factor.fma(b0, c20);
            factor = FloatVector.broadcast(FLOAT, a[a3]);
            c30 = factor.fma(b0, c30);
            bAt += bStride;
            aAt += aColumn;
            a1 += aColumn;
            a2 += aColumn;
            a3 += aColumn;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c10)).intoArray(c, cAt + cStride);
        ((FloatVector) VECTOR.cast(c20)).intoArray(c, cAt + 2 * cStride);
        ((FloatVector) VECTOR.cast(c30)).intoArray(c, cAt + 3 * cStride);
    }

    /** @param half from the first vector of B to the third */
    private static void tile1x4(
            int k,
            float[] a,
            int aAt,
            int aColumn,
            float[] b,
            int bAt,
            int half,
            int bStride,
            float[] start,
            int startAt,
            float[] c,
            int cAt) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        FloatVector c02 = FloatVector.fromArray(FLOAT, start, startAt + 2 * FLOATS);
        FloatVector c03 = FloatVector.fromArray(FLOAT, start, startAt + 3 * FLOATS);
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            FloatVector b2 = FloatVector.fromArray(FLOAT, b, bAt + half);
            FloatVector b3 = FloatVector.fromArray(FLOAT, b, bAt + half + FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            c02 = factor.fma(b2, c02);
            c03 = factor.fma(b3, c03);
            bAt += bStride;
            aAt += aColumn;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
        ((FloatVector) VECTOR.cast(c02)).intoArray(c, cAt + 2 * FLOATS);
        ((FloatVector) VECTOR.cast(c03)).intoArray(c, cAt + 3 * FLOATS);
    }

    private static void tile1x2(
            int k,
            float[] a,
            int aAt,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            float[] c,
            int cAt) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        FloatVector c01 = FloatVector.fromArray(FLOAT, start, startAt + FLOATS);
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector b1 = FloatVector.fromArray(FLOAT, b, bAt + FLOATS);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            bAt += bStride;
            aAt += aColumn;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
        ((FloatVector) VECTOR.cast(c01)).intoArray(c, cAt + FLOATS);
    }

    private static void tile1x1(
            int k,
            float[] a,
            int aAt,
            int aColumn,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            float[] c,
            int cAt) {
        FloatVector c00 = FloatVector.fromArray(FLOAT, start, startAt);
        int end = bAt + k * bStride;
        while (bAt < end) {
            FloatVector b0 = FloatVector.fromArray(FLOAT, b, bAt);
            FloatVector factor = FloatVector.broadcast(FLOAT, a[aAt]);
            c00 = factor.fma(b0, c00);
            bAt += bStride;
            aAt += aColumn;
        }
        ((FloatVector) VECTOR.cast(c00)).intoArray(c, cAt);
    }
}
