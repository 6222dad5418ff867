package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTextTest {

    @Test
    void figuresHaveFourDecimals() {
        assertThat(FigureText.of(-1.23456)).isEqualTo("-1.2346");
        assertThat(FigureText.signed(0.5)).isEqualTo("+0.5000");
        assertThat(FigureText.withError(FigureText.of(2), 0.25)).isEqualTo("2.0000 ± 0.2500");
        assertThat(FigureText.withError(FigureText.of(2), Double.NaN)).isEqualTo("2.0000");
    }

    @Test
    void veryLargeFiguresArePowersOfTen() {
        assertThat(FigureText.of(-1.5e300)).isEqualTo("-1.5000e+300");
        assertThat(FigureText.signed(2e9)).isEqualTo("+2.0000e+09");
        assertThat(FigureText.of(999_999_999)).isEqualTo("999999999.0000");
    }

    @Test
    void countsHaveCommas() {
        assertThat(FigureText.grouped(1_234_567)).isEqualTo("1,234,567");
    }
}
