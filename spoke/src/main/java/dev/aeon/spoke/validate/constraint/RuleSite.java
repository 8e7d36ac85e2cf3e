package dev.aeon.spoke.validate.constraint;

import build.buf.validate.FieldRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.Place;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of rules on a field, or on its items, keys or values: what is said of them, and where.
 * Rules are named by the field numbers that lead to them.
 */
@SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more library
final class RuleSite {
  private static final int FIELD_OPTIONS = 8;
  private static final int OPTION_LENGTH = 2;
  private static final String OPTION = "(buf.validate.field)";

  private final FieldElement field;
  private final String typeName;
  private final int[] base;
  private final Problems problems;

  /**
   * The rules of a field.
   *
   * @param typeName what findings call the field's type
   * @param base the numbers that lead from the field's own rules to these
   */
  RuleSite(FieldElement field, String typeName, int[] base, Problems problems) {
    this.field = field;
    this.typeName = typeName;
    this.base = base;
    this.problems = problems;
  }

  FieldElement field() {
    return field;
  }

  String typeName() {
    return typeName;
  }

  RuleSite inside(int... rule) {
    return new RuleSite(field, typeName, rule, problems);
  }

  String name() {
    return field.name();
  }

  void report(int[] rule, String message, Object... values) {
    problems.add(placeOf(rule), field.file(), message.formatted(values));
  }

  /** Reports at each rule, though only once at each place. */
  void reportAt(int[][] rules, String message, Object... values) {
    Set<Place> places = new LinkedHashSet<>();
    for (int[] rule : rules) {
      places.add(placeOf(rule));
    }
    places.forEach(place -> problems.add(place, field.file(), message.formatted(values)));
  }

  private @Nullable Place placeOf(int[] rule) {
    int[] option = {FIELD_OPTIONS, ValidateProto.FIELD_FIELD_NUMBER};
    return field.optionPlace(OPTION_LENGTH, concat(option, concat(base, rule)));
  }

  /** What users write for a rule, such as {@code (buf.validate.field).string.min_len}. */
  String rule(int... rule) {
    StringBuilder name = new StringBuilder(OPTION);
    Descriptor rules = FieldRules.getDescriptor();
    for (int number : concat(base, rule)) {
      FieldDescriptor next = rules.findFieldByNumber(number);
      if (next == null) {
        break;
      }
      name.append('.').append(next.getName());
      if (next.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        break;
      }
      rules = next.getMessageType();
    }
    return name.toString();
  }

  private static int[] concat(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
