package dev.aeon.apm.schema;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Questions about JSON numbers that cost nothing for hostile exponents such as 1e999999999. */
final class Numbers {
  private Numbers() {}

  static boolean isLong(JsonNode value) {
    if (!value.isNumber()) {
      return false;
    }
    try {
      long _ = value.decimalValue().longValueExact();
      return true;
    } catch (ArithmeticException _) {
      return false;
    }
  }

  static boolean isWithin(JsonNode value, long min, long max) {
    BigDecimal number = value.decimalValue();
    return number.compareTo(BigDecimal.valueOf(min)) >= 0
        && number.compareTo(BigDecimal.valueOf(max)) <= 0;
  }
}
