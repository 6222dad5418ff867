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

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Elementary}, a vector at a time and equal to it to the bit. Each method inlines into its caller's loop. */
final class VectorElementary {

    private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;

    private VectorElementary() {}

    static DoubleVector exp(DoubleVector x) {
        DoubleVector limited = x.min(EXP_MAX).max(EXP_MIN);
        DoubleVector shifted = limited.fma(broadcast(LOG2_E), broadcast(ROUND));
        DoubleVector n = shifted.sub(ROUND);
        DoubleVector r = n.fma(broadcast(-LN2_LOW), n.fma(broadcast(-LN2_HIGH), limited));
        DoubleVector p = expTail(r).mul(r).fma(r, r).add(1);
        return p.mul(powerOfTwo(shifted));
    }

    private static DoubleVector expTail(DoubleVector r) {
        return broadcast(1.0 / 6227020800.0)
                .fma(r, broadcast(1.0 / 479001600.0))
                .fma(r, broadcast(1.0 / 39916800.0))
                .fma(r, broadcast(1.0 / 3628800.0))
                .fma(r, broadcast(1.0 / 362880.0))
                .fma(r, broadcast(1.0 / 40320.0))
                .fma(r, broadcast(1.0 / 5040.0))
                .fma(r, broadcast(1.0 / 720.0))
                .fma(r, broadcast(1.0 / 120.0))
                .fma(r, broadcast(1.0 / 24.0))
                .fma(r, broadcast(1.0 / 6.0))
                .fma(r, broadcast(0.5));
    }

    private static DoubleVector powerOfTwo(DoubleVector shifted) {
        return shifted.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, 52)
                .add(ONE)
                .reinterpretAsDoubles();
    }

    static DoubleVector tanh(DoubleVector x) {
        DoubleVector limited = x.min(TANH_MAX).max(-TANH_MAX);
        DoubleVector doubled = limited.add(limited);
        DoubleVector shifted = doubled.fma(broadcast(LOG2_E), broadcast(ROUND));
        DoubleVector n = shifted.sub(ROUND);
        DoubleVector r = n.fma(broadcast(-LN2_LOW), n.fma(broadcast(-LN2_HIGH), doubled));
        DoubleVector p = expTail(r).mul(r).fma(r, r);
        DoubleVector power = powerOfTwo(shifted);
        DoubleVector e = power.fma(p, power.sub(1));
        return e.div(e.add(2));
    }

    /** For positive normal x. */
    static DoubleVector log(DoubleVector x) {
        var bits = x.reinterpretAsLongs().add(ONE - SQRT_HALF);
        DoubleVector e = bits.lanewise(VectorOperators.LSHR, 52)
                .or(TWO_52)
                .reinterpretAsDoubles()
                .sub(0x1p52 + 1023);
        DoubleVector f =
                bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector rest = s.mul(artanhTail(z).fma(z.add(z), f.neg()));
        return e.fma(broadcast(LN2_HIGH), e.fma(broadcast(LN2_LOW), rest).add(f));
    }

    private static DoubleVector artanhTail(DoubleVector z) {
        return broadcast(1.0 / 23)
                .fma(z, broadcast(1.0 / 21))
                .fma(z, broadcast(1.0 / 19))
                .fma(z, broadcast(1.0 / 17))
                .fma(z, broadcast(1.0 / 15))
                .fma(z, broadcast(1.0 / 13))
                .fma(z, broadcast(1.0 / 11))
                .fma(z, broadcast(1.0 / 9))
                .fma(z, broadcast(1.0 / 7))
                .fma(z, broadcast(1.0 / 5))
                .fma(z, broadcast(1.0 / 3));
    }

    static DoubleVector softplus(DoubleVector x) {
        DoubleVector u = exp(x.abs().neg());
        DoubleVector s = u.div(u.add(2));
        DoubleVector z = s.mul(s);
        return longArtanhTail(z).mul(z).fma(s, s).mul(2).add(x.max(0));
    }

    private static DoubleVector longArtanhTail(DoubleVector z) {
        return broadcast(1.0 / 35)
                .fma(z, broadcast(1.0 / 33))
                .fma(z, broadcast(1.0 / 31))
                .fma(z, broadcast(1.0 / 29))
                .fma(z, broadcast(1.0 / 27))
                .fma(z, broadcast(1.0 / 25))
                .fma(z, broadcast(1.0 / 23))
                .fma(z, broadcast(1.0 / 21))
                .fma(z, broadcast(1.0 / 19))
                .fma(z, broadcast(1.0 / 17))
                .fma(z, broadcast(1.0 / 15))
                .fma(z, broadcast(1.0 / 13))
                .fma(z, broadcast(1.0 / 11))
                .fma(z, broadcast(1.0 / 9))
                .fma(z, broadcast(1.0 / 7))
                .fma(z, broadcast(1.0 / 5))
                .fma(z, broadcast(1.0 / 3));
    }

    static FloatVector exp(FloatVector x) {
        FloatVector limited = x.min(EXP_MAX_F).max(EXP_MIN_F);
        FloatVector shifted = limited.fma(broadcast(LOG2_E_F), broadcast(ROUND_F));
        FloatVector n = shifted.sub(ROUND_F);
        FloatVector r = n.fma(broadcast(-LN2_LOW_F), n.fma(broadcast(-LN2_HIGH_F), limited));
        FloatVector p = expTail(r).mul(r).fma(r, r).add(1);
        return p.mul(powerOfTwo(shifted));
    }

    private static FloatVector expTail(FloatVector r) {
        return broadcast(1 / 5040f)
                .fma(r, broadcast(1 / 720f))
                .fma(r, broadcast(1 / 120f))
                .fma(r, broadcast(1 / 24f))
                .fma(r, broadcast(1 / 6f))
                .fma(r, broadcast(0.5f));
    }

    private static FloatVector powerOfTwo(FloatVector shifted) {
        return shifted.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(ONE_F)
                .reinterpretAsFloats();
    }

    static FloatVector tanh(FloatVector x) {
        FloatVector limited = x.min(TANH_MAX_F).max(-TANH_MAX_F);
        FloatVector doubled = limited.add(limited);
        FloatVector shifted = doubled.fma(broadcast(LOG2_E_F), broadcast(ROUND_F));
        FloatVector n = shifted.sub(ROUND_F);
        FloatVector r = n.fma(broadcast(-LN2_LOW_F), n.fma(broadcast(-LN2_HIGH_F), doubled));
        FloatVector p = expTail(r).mul(r).fma(r, r);
        FloatVector power = powerOfTwo(shifted);
        FloatVector e = power.fma(p, power.sub(1));
        return e.div(e.add(2));
    }

    private static DoubleVector broadcast(double value) {
        return DoubleVector.broadcast(DOUBLE, value);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOAT, value);
    }
}
