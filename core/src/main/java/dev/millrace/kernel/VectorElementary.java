package dev.millrace.kernel;

import static dev.millrace.kernel.Elementary.EXP_MAX;
import static dev.millrace.kernel.Elementary.EXP_MAX_F;
import static dev.millrace.kernel.Elementary.EXP_MIN;
import static dev.millrace.kernel.Elementary.EXP_MIN_F;
import static dev.millrace.kernel.Elementary.LN2_HIGH;
import static dev.millrace.kernel.Elementary.LN2_HIGH_F;
import static dev.millrace.kernel.Elementary.LN2_LOW;
import static dev.millrace.kernel.Elementary.LN2_LOW_F;
import static dev.millrace.kernel.Elementary.LOG2_E;
import static dev.millrace.kernel.Elementary.LOG2_E_F;
import static dev.millrace.kernel.Elementary.MANTISSA;
import static dev.millrace.kernel.Elementary.ONE;
import static dev.millrace.kernel.Elementary.ONE_F;
import static dev.millrace.kernel.Elementary.ROUND;
import static dev.millrace.kernel.Elementary.ROUND_F;
import static dev.millrace.kernel.Elementary.SQRT_HALF;
import static dev.millrace.kernel.Elementary.TANH_MAX;
import static dev.millrace.kernel.Elementary.TANH_MAX_F;
import static dev.millrace.kernel.Elementary.TWO_52;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Elementary}, a vector at a time and equal to it to the bit. Each method takes whole vectors, in place.
 *
 * <p>No method here takes or gives a vector. The JIT inlines the vector API's own methods at any cost, but a helper only
 * as long as the caller is small, and a vector that leaves a method is an object.
 */
final class VectorElementary {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT.length();
    private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;
    private static final int DOUBLES = DOUBLE.length();

    private VectorElementary() {}

    static void exp(double[] y, int n) {
        for (int i = 0; i < n; i += DOUBLES) {
            DoubleVector limited =
                    DoubleVector.fromArray(DOUBLE, y, i).min(EXP_MAX).max(EXP_MIN);
            DoubleVector shifted = limited.fma(broadcast(DOUBLE, LOG2_E), broadcast(DOUBLE, ROUND));
            DoubleVector k = shifted.sub(ROUND);
            DoubleVector r = k.fma(broadcast(DOUBLE, -LN2_LOW), k.fma(broadcast(DOUBLE, -LN2_HIGH), limited));
            DoubleVector p = broadcast(DOUBLE, 1.0 / 6227020800.0)
                    .fma(r, broadcast(DOUBLE, 1.0 / 479001600.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 39916800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 3628800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 362880.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 40320.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 5040.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 720.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 120.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 24.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 6.0))
                    .fma(r, broadcast(DOUBLE, 0.5))
                    .mul(r)
                    .fma(r, r)
                    .add(1);
            DoubleVector power = shifted.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52)
                    .add(ONE)
                    .reinterpretAsDoubles();
            p.mul(power).intoArray(y, i);
        }
    }

    static void sigmoid(double[] y, int n) {
        DoubleVector one = broadcast(DOUBLE, 1);
        for (int i = 0; i < n; i += DOUBLES) {
            DoubleVector limited =
                    DoubleVector.fromArray(DOUBLE, y, i).neg().min(EXP_MAX).max(EXP_MIN);
            DoubleVector shifted = limited.fma(broadcast(DOUBLE, LOG2_E), broadcast(DOUBLE, ROUND));
            DoubleVector k = shifted.sub(ROUND);
            DoubleVector r = k.fma(broadcast(DOUBLE, -LN2_LOW), k.fma(broadcast(DOUBLE, -LN2_HIGH), limited));
            DoubleVector p = broadcast(DOUBLE, 1.0 / 6227020800.0)
                    .fma(r, broadcast(DOUBLE, 1.0 / 479001600.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 39916800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 3628800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 362880.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 40320.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 5040.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 720.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 120.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 24.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 6.0))
                    .fma(r, broadcast(DOUBLE, 0.5))
                    .mul(r)
                    .fma(r, r)
                    .add(1);
            DoubleVector power = shifted.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52)
                    .add(ONE)
                    .reinterpretAsDoubles();
            one.div(p.mul(power).add(one)).intoArray(y, i);
        }
    }

    static void tanh(double[] y, int n) {
        for (int i = 0; i < n; i += DOUBLES) {
            DoubleVector limited =
                    DoubleVector.fromArray(DOUBLE, y, i).min(TANH_MAX).max(-TANH_MAX);
            DoubleVector doubled = limited.add(limited);
            DoubleVector shifted = doubled.fma(broadcast(DOUBLE, LOG2_E), broadcast(DOUBLE, ROUND));
            DoubleVector k = shifted.sub(ROUND);
            DoubleVector r = k.fma(broadcast(DOUBLE, -LN2_LOW), k.fma(broadcast(DOUBLE, -LN2_HIGH), doubled));
            DoubleVector p = broadcast(DOUBLE, 1.0 / 6227020800.0)
                    .fma(r, broadcast(DOUBLE, 1.0 / 479001600.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 39916800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 3628800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 362880.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 40320.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 5040.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 720.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 120.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 24.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 6.0))
                    .fma(r, broadcast(DOUBLE, 0.5))
                    .mul(r)
                    .fma(r, r);
            DoubleVector power = shifted.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52)
                    .add(ONE)
                    .reinterpretAsDoubles();
            DoubleVector e = power.fma(p, power.sub(1));
            e.div(e.add(2)).intoArray(y, i);
        }
    }

    static void softplus(double[] y, int n) {
        for (int i = 0; i < n; i += DOUBLES) {
            DoubleVector x = DoubleVector.fromArray(DOUBLE, y, i);
            DoubleVector limited = x.abs().neg().min(EXP_MAX).max(EXP_MIN);
            DoubleVector shifted = limited.fma(broadcast(DOUBLE, LOG2_E), broadcast(DOUBLE, ROUND));
            DoubleVector k = shifted.sub(ROUND);
            DoubleVector r = k.fma(broadcast(DOUBLE, -LN2_LOW), k.fma(broadcast(DOUBLE, -LN2_HIGH), limited));
            DoubleVector p = broadcast(DOUBLE, 1.0 / 6227020800.0)
                    .fma(r, broadcast(DOUBLE, 1.0 / 479001600.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 39916800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 3628800.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 362880.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 40320.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 5040.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 720.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 120.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 24.0))
                    .fma(r, broadcast(DOUBLE, 1.0 / 6.0))
                    .fma(r, broadcast(DOUBLE, 0.5))
                    .mul(r)
                    .fma(r, r)
                    .add(1);
            DoubleVector power = shifted.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52)
                    .add(ONE)
                    .reinterpretAsDoubles();
            DoubleVector u = p.mul(power);
            DoubleVector s = u.div(u.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector tail = broadcast(DOUBLE, 1.0 / 35)
                    .fma(z, broadcast(DOUBLE, 1.0 / 33))
                    .fma(z, broadcast(DOUBLE, 1.0 / 31))
                    .fma(z, broadcast(DOUBLE, 1.0 / 29))
                    .fma(z, broadcast(DOUBLE, 1.0 / 27))
                    .fma(z, broadcast(DOUBLE, 1.0 / 25))
                    .fma(z, broadcast(DOUBLE, 1.0 / 23))
                    .fma(z, broadcast(DOUBLE, 1.0 / 21))
                    .fma(z, broadcast(DOUBLE, 1.0 / 19))
                    .fma(z, broadcast(DOUBLE, 1.0 / 17))
                    .fma(z, broadcast(DOUBLE, 1.0 / 15))
                    .fma(z, broadcast(DOUBLE, 1.0 / 13))
                    .fma(z, broadcast(DOUBLE, 1.0 / 11))
                    .fma(z, broadcast(DOUBLE, 1.0 / 9))
                    .fma(z, broadcast(DOUBLE, 1.0 / 7))
                    .fma(z, broadcast(DOUBLE, 1.0 / 5))
                    .fma(z, broadcast(DOUBLE, 1.0 / 3));
            tail.mul(z).fma(s, s).mul(2).add(x.max(0)).intoArray(y, i);
        }
    }

    static void log(double[] y, int n) {
        for (int i = 0; i < n; i += DOUBLES) {
            DoubleVector x = DoubleVector.fromArray(DOUBLE, y, i);
            // One comparison, which NaN also fails: clamping changes the arguments that need care.
            if (!x.max(Double.MIN_NORMAL)
                    .min(Double.MAX_VALUE)
                    .compare(VectorOperators.EQ, x)
                    .allTrue()) {
                for (int j = i; j < i + DOUBLES; j++) {
                    y[j] = Elementary.log(y[j]);
                }
                continue;
            }
            LongVector bits = x.reinterpretAsLongs().add(ONE - SQRT_HALF);
            DoubleVector e = bits.lanewise(VectorOperators.LSHR, 52)
                    .or(TWO_52)
                    .reinterpretAsDoubles()
                    .sub(0x1p52 + 1023);
            DoubleVector f =
                    bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector tail = broadcast(DOUBLE, 1.0 / 23)
                    .fma(z, broadcast(DOUBLE, 1.0 / 21))
                    .fma(z, broadcast(DOUBLE, 1.0 / 19))
                    .fma(z, broadcast(DOUBLE, 1.0 / 17))
                    .fma(z, broadcast(DOUBLE, 1.0 / 15))
                    .fma(z, broadcast(DOUBLE, 1.0 / 13))
                    .fma(z, broadcast(DOUBLE, 1.0 / 11))
                    .fma(z, broadcast(DOUBLE, 1.0 / 9))
                    .fma(z, broadcast(DOUBLE, 1.0 / 7))
                    .fma(z, broadcast(DOUBLE, 1.0 / 5))
                    .fma(z, broadcast(DOUBLE, 1.0 / 3));
            DoubleVector rest = s.mul(tail.fma(z.add(z), f.neg()));
            e.fma(
                            broadcast(DOUBLE, LN2_HIGH),
                            e.fma(broadcast(DOUBLE, LN2_LOW), rest).add(f))
                    .intoArray(y, i);
        }
    }

    static void exp(float[] y, int n) {
        for (int i = 0; i < n; i += FLOATS) {
            FloatVector limited =
                    FloatVector.fromArray(FLOAT, y, i).min(EXP_MAX_F).max(EXP_MIN_F);
            FloatVector shifted = limited.fma(broadcast(FLOAT, LOG2_E_F), broadcast(FLOAT, ROUND_F));
            FloatVector k = shifted.sub(ROUND_F);
            FloatVector r = k.fma(broadcast(FLOAT, -LN2_LOW_F), k.fma(broadcast(FLOAT, -LN2_HIGH_F), limited));
            FloatVector p = broadcast(FLOAT, 1 / 5040f)
                    .fma(r, broadcast(FLOAT, 1 / 720f))
                    .fma(r, broadcast(FLOAT, 1 / 120f))
                    .fma(r, broadcast(FLOAT, 1 / 24f))
                    .fma(r, broadcast(FLOAT, 1 / 6f))
                    .fma(r, broadcast(FLOAT, 0.5f))
                    .mul(r)
                    .fma(r, r)
                    .add(1);
            FloatVector power = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 23)
                    .add(ONE_F)
                    .reinterpretAsFloats();
            p.mul(power).intoArray(y, i);
        }
    }

    static void sigmoid(float[] y, int n) {
        FloatVector one = broadcast(FLOAT, 1);
        for (int i = 0; i < n; i += FLOATS) {
            FloatVector limited =
                    FloatVector.fromArray(FLOAT, y, i).neg().min(EXP_MAX_F).max(EXP_MIN_F);
            FloatVector shifted = limited.fma(broadcast(FLOAT, LOG2_E_F), broadcast(FLOAT, ROUND_F));
            FloatVector k = shifted.sub(ROUND_F);
            FloatVector r = k.fma(broadcast(FLOAT, -LN2_LOW_F), k.fma(broadcast(FLOAT, -LN2_HIGH_F), limited));
            FloatVector p = broadcast(FLOAT, 1 / 5040f)
                    .fma(r, broadcast(FLOAT, 1 / 720f))
                    .fma(r, broadcast(FLOAT, 1 / 120f))
                    .fma(r, broadcast(FLOAT, 1 / 24f))
                    .fma(r, broadcast(FLOAT, 1 / 6f))
                    .fma(r, broadcast(FLOAT, 0.5f))
                    .mul(r)
                    .fma(r, r)
                    .add(1);
            FloatVector power = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 23)
                    .add(ONE_F)
                    .reinterpretAsFloats();
            one.div(p.mul(power).add(one)).intoArray(y, i);
        }
    }

    static void tanh(float[] y, int n) {
        for (int i = 0; i < n; i += FLOATS) {
            FloatVector limited =
                    FloatVector.fromArray(FLOAT, y, i).min(TANH_MAX_F).max(-TANH_MAX_F);
            FloatVector doubled = limited.add(limited);
            FloatVector shifted = doubled.fma(broadcast(FLOAT, LOG2_E_F), broadcast(FLOAT, ROUND_F));
            FloatVector k = shifted.sub(ROUND_F);
            FloatVector r = k.fma(broadcast(FLOAT, -LN2_LOW_F), k.fma(broadcast(FLOAT, -LN2_HIGH_F), doubled));
            FloatVector p = broadcast(FLOAT, 1 / 5040f)
                    .fma(r, broadcast(FLOAT, 1 / 720f))
                    .fma(r, broadcast(FLOAT, 1 / 120f))
                    .fma(r, broadcast(FLOAT, 1 / 24f))
                    .fma(r, broadcast(FLOAT, 1 / 6f))
                    .fma(r, broadcast(FLOAT, 0.5f))
                    .mul(r)
                    .fma(r, r);
            FloatVector power = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 23)
                    .add(ONE_F)
                    .reinterpretAsFloats();
            FloatVector e = power.fma(p, power.sub(1));
            e.div(e.add(2)).intoArray(y, i);
        }
    }
}
