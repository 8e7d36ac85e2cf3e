package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The Java source of an enum. */
record EnumSource(EnumDescriptor type) {
  String text() {
    String folder = JavaNames.packageOf(type.getFile());
    return """
    %s/** The values of {@code %s}. */
    public enum %s {
    %s;

      private final int number;

      %s(int number) {
        this.number = number;
      }

      /** What stands for it in a record. */
      public int number() {
        return number;
      }

      /** The value of a number; RecordContentException where there is none. */
      public static %s ofNumber(int number) {
        return switch (number) {
    %s
          default ->
              throw new dev.aeon.slabs.record.RecordContentException(
                  "no value of %s has this number: number=" + number);
        };
      }
    }
    """
        .formatted(
            folder.isEmpty() ? "" : "package " + folder + ";\n\n",
            type.getFullName(),
            name(),
            lines("  %s(%d)", ",\n"),
            name(),
            name(),
            lines("      case %2$d -> %1$s;", "\n"),
            type.getFullName());
  }

  private String name() {
    return JavaNames.classOf(type);
  }

  private String lines(String form, String separator) {
    return numbers().entrySet().stream()
        .map(each -> form.formatted(each.getValue(), each.getKey()))
        .collect(Collectors.joining(separator));
  }

  /** Of names for the same number, the first. */
  private Map<Integer, String> numbers() {
    Map<Integer, String> names = new LinkedHashMap<>();
    for (EnumValueDescriptor value : type.getValues()) {
      names.putIfAbsent(value.getNumber(), JavaNames.constant(value.getName()));
    }
    return names;
  }
}
