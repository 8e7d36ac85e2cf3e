package dev.aeon.checks.bench.report;

import java.util.Locale;

/** Numbers in tables: three digits that count, or all before the point. */
final class Figures {
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private Figures() {}

  static String text(double value) {
    double size = Math.abs(value);
    if (size >= GIGA) {
      return format("%.2f G", value / GIGA);
    }
    if (size >= MEGA) {
      return format("%.2f M", value / MEGA);
    }
    return format(size >= 100 ? "%,.0f" : "%.2f", value);
  }

  static String ratio(double value) {
    return format(value >= 100 ? "%.0f" : "%.2f", value);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
