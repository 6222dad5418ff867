package dev.millrace.kernel;

import jdk.incubator.vector.FloatVector;

/** Which register tiles cover a matrix of sums: those whose accumulators fit a machine's vector registers. */
final class Tiles {

    /**
     * Vectors in a tile's row. 256-bit machines have 16 registers: 6 × 2 accumulators, a row of B and an entry of A. All
     * others have 32, for 6 × 4.
     */
    static final int WIDEST = FloatVector.SPECIES_PREFERRED.length() == 8 ? 2 : 4;

    /**
     * The class of a kernel's vectors. Java 17's JIT forgets it of a sum that goes through a loop, and takes what it has
     * seen by chance before it compiles: in one process of six it then did not know what to store, and made each sum
     * an object in each step of the loop, which took four times as long. A cast to this class costs nothing and says it.
     */
    static final Class<?> VECTOR = FloatVector.SPECIES_PREFERRED.vectorType();

    private Tiles() {}

    /**
     * Whether the next tile has six rows. The last eight rows are two tiles of four, so that tiles divide
     * every even number of rows but two.
     */
    static boolean sixRows(int left) {
        return left >= 6 && left != 8;
    }
}
