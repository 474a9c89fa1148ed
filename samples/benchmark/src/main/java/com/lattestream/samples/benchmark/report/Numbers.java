package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.Spread;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Formats numbers for readers: three significant digits, and a unit. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(3);

    private Numbers() {}

    /** Returns a number such as {@code 1.05 M}. */
    static String count(double value) {
        return scaled(value, 1000, List.of("", " k", " M", " G"));
    }

    /** Returns a time such as {@code 1.05 ms}. */
    static String microseconds(double value) {
        return scaled(value * 1000, 1000, List.of(" ns", " µs", " ms", " s"));
    }

    /** Returns a time such as {@code 105 ms}. */
    static String milliseconds(double value) {
        return plain(value) + " ms";
    }

    /** Returns a size such as {@code 1.05 MiB}. */
    static String bytes(double value) {
        return scaled(value, 1024, List.of(" B", " KiB", " MiB", " GiB"));
    }

    /** Returns a number such as {@code 1.05} or {@code 10,500}. */
    static String plain(double value) {
        return Math.abs(value) < 1000 ? digits(value) : String.format(Locale.ROOT, "%,.0f", value);
    }

    /** Returns a number such as {@code 10,500}. */
    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * Returns a format without trailing zeros, such as for the values of an axis: {@code 1 M} instead of
     * {@code 1.00 M}.
     */
    static DoubleFunction<String> round(DoubleFunction<String> format) {
        return value -> format.apply(value).replaceFirst("\\.0+(?!\\d)|(\\.\\d*[1-9])0+(?!\\d)", "$1");
    }

    /** Returns the minimum and the maximum, such as {@code [0.98 M – 1.05 M]}. */
    static String range(Spread spread, DoubleFunction<String> format) {
        return "[" + format.apply(spread.min()) + " – " + format.apply(spread.max()) + "]";
    }

    /** Returns the median with the minimum and the maximum. */
    static String spread(Spread spread, DoubleFunction<String> format) {
        return format.apply(spread.median()) + " " + range(spread, format);
    }

    private static String scaled(double value, int factor, List<String> units) {
        double scaled = value;
        int unit = 0;
        while (unit < units.size() - 1 && Math.abs(rounded(scaled).doubleValue()) >= factor) {
            scaled /= factor;
            unit++;
        }
        return digits(scaled) + units.get(unit);
    }

    private static String digits(double value) {
        BigDecimal rounded = rounded(value);
        int whole = rounded.precision() - rounded.scale();
        return rounded.setScale(rounded.signum() == 0 ? 0 : Math.max(0, 3 - whole))
                .toPlainString();
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).round(DIGITS);
    }
}
