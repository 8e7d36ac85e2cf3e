package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.TextFormat;
import dev.aeon.spoke.validate.Quotes;
import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.EnumValueElement;
import dev.aeon.spoke.validate.image.FieldElement;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a field has where nothing is set. Numbers of all types, truth values and enum values are
 * compared by number, texts and bytes by their bytes.
 */
final class DefaultValue {
  private final Object value;
  private final String text;

  private DefaultValue(Object value, String text) {
    this.value = value;
    this.text = text;
  }

  static boolean canBeSet(FieldElement field) {
    return field.proto().getLabel() != FieldDescriptorProto.Label.LABEL_REPEATED
        && !field.isMessage();
  }

  static DefaultValue of(FieldElement field, Map<String, EnumElement> enums) {
    String written = field.proto().getDefaultValue();
    return switch (field.proto().getType()) {
      case TYPE_STRING ->
          new DefaultValue(ByteString.copyFromUtf8(written), "\"" + Quotes.escape(written) + "\"");
      case TYPE_BYTES -> ofBytes(written);
      case TYPE_ENUM -> ofEnum(written, enums.get(field.typeName()));
      case TYPE_BOOL ->
          new DefaultValue(
              written.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO,
              String.valueOf(written.equals("true")));
      case TYPE_FLOAT -> {
        float value = (float) parse(written);
        yield new DefaultValue(value, GoFloats.text(value));
      }
      case TYPE_DOUBLE -> {
        double value = parse(written);
        yield new DefaultValue(value, GoFloats.text(value));
      }
      default -> {
        BigDecimal value = written.isEmpty() ? BigDecimal.ZERO : new BigDecimal(written);
        yield new DefaultValue(value, value.toPlainString());
      }
    };
  }

  private static double parse(String written) {
    return switch (written) {
      case "" -> 0;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> Double.parseDouble(written);
    };
  }

  private static DefaultValue ofBytes(String escaped) {
    ByteString bytes;
    try {
      bytes = TextFormat.unescapeBytes(escaped);
    } catch (TextFormat.InvalidEscapeSequenceException e) {
      bytes = ByteString.copyFrom(escaped, StandardCharsets.UTF_8);
    }
    ByteString shown = bytes;
    String text =
        IntStream.range(0, shown.size())
            .mapToObj(i -> "0x%X".formatted(shown.byteAt(i) & 0xFF))
            .collect(Collectors.joining(",", "[", "]"));
    return new DefaultValue(bytes, text);
  }

  private static DefaultValue ofEnum(String written, @Nullable EnumElement element) {
    if (element == null || element.values().isEmpty()) {
      return new DefaultValue(BigDecimal.ZERO, "0");
    }
    EnumValueElement value = element.values().getFirst();
    for (EnumValueElement candidate : element.values()) {
      if (candidate.name().equals(written)) {
        value = candidate;
        break;
      }
    }
    int number = value.number();
    String name =
        element.values().stream()
            .filter(v -> v.number() == number)
            .findFirst()
            .orElse(value)
            .name();
    return new DefaultValue(BigDecimal.valueOf(number), element.name() + "." + name);
  }

  boolean isZero() {
    return switch (value) {
      case ByteString bytes -> bytes.isEmpty();
      case BigDecimal number -> number.signum() == 0;
      case Float number -> number == 0;
      default -> ((Double) value) == 0;
    };
  }

  boolean isSameAs(DefaultValue other) {
    if (value instanceof ByteString || other.value instanceof ByteString) {
      return value.equals(other.value);
    }
    if (isFloating() && other.isFloating()) {
      boolean isNarrow = value instanceof Float || other.value instanceof Float;
      double mine = ((Number) value).doubleValue();
      double others = ((Number) other.value).doubleValue();
      return isNarrow ? same((float) mine, (float) others) : same(mine, others);
    }
    return isFinite() && other.isFinite() && exact().compareTo(other.exact()) == 0;
  }

  private static boolean same(double one, double other) {
    return one == other || (Double.isNaN(one) && Double.isNaN(other));
  }

  private boolean isFloating() {
    return value instanceof Float || value instanceof Double;
  }

  private boolean isFinite() {
    return !isFloating() || Double.isFinite(((Number) value).doubleValue());
  }

  private BigDecimal exact() {
    return value instanceof BigDecimal number
        ? number
        : new BigDecimal(((Number) value).doubleValue());
  }

  @Override
  public String toString() {
    return text;
  }
}
