package dev.millrace.kernel;

import static java.lang.Math.fma;

/**
 * Elementary functions of one number, with a fixed order of operations: the plain form of the kernels, and the model
 * that the vector form repeats lane by lane. Unlike those of {@link Math}, the results are the same on every JVM.
 *
 * <p>Errors are below 2 units in the last place ({@code exp}, {@code log}) and 4 ({@code tanh}, {@code sigmoid},
 * {@code softplus}); NaN gives NaN.
 *
 * <p>exp: Cody and Waite's reduction to |r| ≤ ln 2 / 2, then the Taylor polynomial. log: reduction to [√½, √2), then
 * the series of 2 artanh(f / (2 + f)). tanh(x) = E / (E + 2) with E = exp(2x) − 1. softplus(x) = max(x, 0) +
 * 2 artanh(u / (2 + u)) with u = exp(−|x|).
 */
public final class Elementary {

    static final double LOG2_E = 1.4426950408889634;
    static final double LN2_HIGH = 0x1.62e42fefa38p-1;
    static final double LN2_LOW = 0x1.ef35793c7673p-45;
    static final double EXP_MIN = -708;
    static final double EXP_MAX = 709;
    static final double TANH_MAX = 20;

    /** Adding it rounds to the nearest integer, which then stands in the lowest bits. */
    static final double ROUND = 0x1.8p52;

    static final long ONE = 0x3ff0000000000000L;
    static final long SQRT_HALF = 0x3fe6a09e00000000L;
    static final long MANTISSA = 0x000fffffffffffffL;

    /** The bits of 2^52: a small integer in the lowest bits becomes the number 2^52 + integer. */
    static final long TWO_52 = 0x4330000000000000L;

    static final float LOG2_E_F = 1.442695f;
    static final float LN2_HIGH_F = 0x1.62e4p-1f;
    static final float LN2_LOW_F = 0x1.7f7d1cp-20f;
    static final float EXP_MIN_F = -87;
    static final float EXP_MAX_F = 88;
    static final float TANH_MAX_F = 10;
    static final float ROUND_F = 0x1.8p23f;
    static final int ONE_F = 0x3f800000;

    private Elementary() {}

    /** {@code exp(x)}, with x limited to [−708, 709]. */
    public static double exp(double x) {
        double limited = Math.max(EXP_MIN, Math.min(EXP_MAX, x));
        double shifted = fma(limited, LOG2_E, ROUND);
        double n = shifted - ROUND;
        double r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, limited));
        double p = fma(expTail(r) * r, r, r) + 1;
        return p * Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + ONE);
    }

    /** (exp(r) − 1 − r) / r² for |r| ≤ ln 2 / 2. */
    private static double expTail(double r) {
        double p = 1.0 / 6227020800.0;
        p = fma(p, r, 1.0 / 479001600.0);
        p = fma(p, r, 1.0 / 39916800.0);
        p = fma(p, r, 1.0 / 3628800.0);
        p = fma(p, r, 1.0 / 362880.0);
        p = fma(p, r, 1.0 / 40320.0);
        p = fma(p, r, 1.0 / 5040.0);
        p = fma(p, r, 1.0 / 720.0);
        p = fma(p, r, 1.0 / 120.0);
        p = fma(p, r, 1.0 / 24.0);
        p = fma(p, r, 1.0 / 6.0);
        return fma(p, r, 0.5);
    }

    /** {@code exp(x) − 1} for |x| ≤ 700, accurate near 0. */
    private static double expMinusOne(double x) {
        double shifted = fma(x, LOG2_E, ROUND);
        double n = shifted - ROUND;
        double r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x));
        double p = fma(expTail(r) * r, r, r);
        double power = Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + ONE);
        return fma(power, p, power - 1);
    }

    /** {@code ln(x)}: −∞ at 0 and for subnormal x, NaN below 0. */
    public static double log(double x) {
        if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
            return x >= 0 ? (x < Double.MIN_NORMAL ? Double.NEGATIVE_INFINITY : x) : Double.NaN;
        }
        long bits = Double.doubleToRawLongBits(x) + (ONE - SQRT_HALF);
        double e = Double.longBitsToDouble((bits >>> 52) | TWO_52) - (0x1p52 + 1023);
        double f = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF) - 1;
        double s = f / (f + 2);
        double z = s * s;
        // The series of artanh, with f taken out so that its rounding is not doubled: ln(1 + f) = f − s·(f − 2z·P).
        double rest = s * fma(artanhTail(z), z + z, -f);
        return fma(e, LN2_HIGH, fma(e, LN2_LOW, rest) + f);
    }

    /** (artanh(s) / s − 1) / z for z = s² ≤ 0.0295. */
    private static double artanhTail(double z) {
        double p = 1.0 / 23;
        p = fma(p, z, 1.0 / 21);
        p = fma(p, z, 1.0 / 19);
        p = fma(p, z, 1.0 / 17);
        p = fma(p, z, 1.0 / 15);
        p = fma(p, z, 1.0 / 13);
        p = fma(p, z, 1.0 / 11);
        p = fma(p, z, 1.0 / 9);
        p = fma(p, z, 1.0 / 7);
        p = fma(p, z, 1.0 / 5);
        return fma(p, z, 1.0 / 3);
    }

    /** {@code tanh(x)}. */
    public static double tanh(double x) {
        double limited = Math.max(-TANH_MAX, Math.min(TANH_MAX, x));
        double e = expMinusOne(limited + limited);
        return e / (e + 2);
    }

    /** {@code 1 / (1 + exp(−x))}. */
    public static double sigmoid(double x) {
        return 1 / (exp(-x) + 1);
    }

    /** {@code ln(1 + exp(x))}. */
    public static double softplus(double x) {
        double u = exp(-Math.abs(x));
        double s = u / (u + 2);
        double z = s * s;
        return Math.max(x, 0) + 2 * fma(longArtanhTail(z) * z, s, s);
    }

    /** (artanh(s) / s − 1) / z for z = s² ≤ 1/9. */
    private static double longArtanhTail(double z) {
        double p = 1.0 / 35;
        p = fma(p, z, 1.0 / 33);
        p = fma(p, z, 1.0 / 31);
        p = fma(p, z, 1.0 / 29);
        p = fma(p, z, 1.0 / 27);
        p = fma(p, z, 1.0 / 25);
        p = fma(p, z, 1.0 / 23);
        p = fma(p, z, 1.0 / 21);
        p = fma(p, z, 1.0 / 19);
        p = fma(p, z, 1.0 / 17);
        p = fma(p, z, 1.0 / 15);
        p = fma(p, z, 1.0 / 13);
        p = fma(p, z, 1.0 / 11);
        p = fma(p, z, 1.0 / 9);
        p = fma(p, z, 1.0 / 7);
        p = fma(p, z, 1.0 / 5);
        return fma(p, z, 1.0 / 3);
    }

    /** {@code exp(x)} in float, with x limited to [−87, 88]. */
    public static float exp(float x) {
        float limited = Math.max(EXP_MIN_F, Math.min(EXP_MAX_F, x));
        float shifted = fma(limited, LOG2_E_F, ROUND_F);
        float n = shifted - ROUND_F;
        float r = fma(n, -LN2_LOW_F, fma(n, -LN2_HIGH_F, limited));
        float p = fma(expTail(r) * r, r, r) + 1;
        return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE_F);
    }

    private static float expTail(float r) {
        float p = 1 / 5040f;
        p = fma(p, r, 1 / 720f);
        p = fma(p, r, 1 / 120f);
        p = fma(p, r, 1 / 24f);
        p = fma(p, r, 1 / 6f);
        return fma(p, r, 0.5f);
    }

    /** {@code tanh(x)} in float. */
    public static float tanh(float x) {
        float limited = Math.max(-TANH_MAX_F, Math.min(TANH_MAX_F, x));
        float doubled = limited + limited;
        float shifted = fma(doubled, LOG2_E_F, ROUND_F);
        float n = shifted - ROUND_F;
        float r = fma(n, -LN2_LOW_F, fma(n, -LN2_HIGH_F, doubled));
        float p = fma(expTail(r) * r, r, r);
        float power = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE_F);
        float e = fma(power, p, power - 1);
        return e / (e + 2);
    }

    /** {@code 1 / (1 + exp(−x))} in float. */
    public static float sigmoid(float x) {
        return 1 / (exp(-x) + 1);
    }
}
