package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Java source of what a record has for one field. */
final class FieldSource {
  private final RecordLayout record;
  private final RecordField field;
  private final String name;

  FieldSource(RecordLayout record, RecordField field) {
    this.record = record;
    this.field = field;
    this.name = JavaNames.camelCase(field.descriptor().getName());
  }

  /** What stands behind {@code get} in its accessors' names. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(name));
    if (field.isRepeated()) {
      names.addAll(List.of(name + "Count", name + "View"));
    } else if (field.kind() == FieldKind.ENUM) {
      names.add(name + "Number");
    } else if (field.kind() == FieldKind.BYTES) {
      names.add(name + "Segment");
    }
    return names;
  }

  /** Fields of the class, empty for most. */
  String members() {
    return field.kind() == FieldKind.MESSAGE
        ? "  private final %s %s = new %s();\n".formatted(innerClass(), memberName(), innerClass())
        : "";
  }

  String methods() {
    String own = field.isRepeated() ? repeated() : single();
    return own + (field.hasPresence() ? presence() : "");
  }

  private String single() {
    return switch (field.kind()) {
      case MESSAGE -> singleMessage();
      case TEXT, BYTES -> singleString();
      case ENUM -> singleEnum();
      default -> getter("", "", value(place())) + setter("", "", setValue(place(), "value"));
    };
  }

  private String repeated() {
    String rows = counting();
    return rows
        + switch (field.kind()) {
          case MESSAGE -> repeatedMessage();
          case TEXT, BYTES ->
              getter("", "int index", string("", "elementOf" + name + "(index)"))
                  + setter("", "int index, ", setString("elementOf" + name + "(index)"))
                  + element();
          case ENUM -> repeatedEnum() + element();
          default ->
              getter("", "int index", value("elementOf" + name + "(index)"))
                  + setter("", "int index, ", setValue("elementOf" + name + "(index)", "value"))
                  + element()
                  + view();
        };
  }

  private String singleString() {
    String inPlace =
        field.kind() == FieldKind.BYTES
            ? method(
                    "The bytes of {@code %s} in place.",
                    "java.lang.foreign.MemorySegment get" + name + "Segment()",
                    "return segmentAt(%s, %d);".formatted(place(), field.bounds().maxBytes()))
                + method(
                    "Writes {@code %s} from other memory.",
                    "void set" + name + "(java.lang.foreign.MemorySegment value)",
                    mark() + setString(place()))
            : "";
    return getter("", "", string("", place())) + setter("", "", setString(place())) + inPlace;
  }

  private String singleEnum() {
    return method(
            "{@code %s}; RecordContentException where its number has no name.",
            enumClass() + " get" + name + "()",
            "return %s.ofNumber(%s);".formatted(enumClass(), value(place())))
        + method(
            "The number of {@code %s}.",
            "int get" + name + "Number()", "return " + value(place()) + ";")
        + method(
            "Writes {@code %s}.",
            "void set%s(%s value)".formatted(name, enumClass()),
            mark() + setValue(place(), "value.number()") + ";");
  }

  private String repeatedEnum() {
    String at = "elementOf" + name + "(index)";
    return method(
            "{@code %s} at an index; RecordContentException where its number has no name.",
            enumClass() + " get" + name + "(int index)",
            "return %s.ofNumber(%s);".formatted(enumClass(), value(at)))
        + method(
            "Writes {@code %s} at an index.",
            "void set%s(int index, %s value)".formatted(name, enumClass()),
            setValue(at, "value.number()") + ";");
  }

  private String singleMessage() {
    String place = "placeInside(%s, %s);\n    ".formatted(memberName(), place());
    return method(
            "{@code %s} in place, present or not; always the same window.",
            innerClass() + " get" + name + "()", place + "return " + memberName() + ";")
        + method(
            "Makes {@code %s} present with every field zero.",
            innerClass() + " init" + name + "()",
            mark() + place + memberName() + ".clear();\n    return " + memberName() + ";");
  }

  private String repeatedMessage() {
    return method(
            "{@code %s} at an index, in place; always the same window.",
            innerClass() + " get" + name + "(int index)",
            "placeInside(%s, elementOf%s(index));\n    return %s;"
                .formatted(memberName(), name, memberName()))
        + element();
  }

  private String counting() {
    return method(
            "How many {@code %s} there are, 0 to " + field.bounds().maxCount() + ".",
            "int get" + name + "Count()",
            "return countAt(%d, %d);".formatted(field.byteOffset(), field.bounds().maxCount()))
        + method(
            "Says how many {@code %s} there are; new ones hold whatever was there.",
            "void set" + name + "Count(int count)",
            "setCountAt(%d, %d, count);".formatted(field.byteOffset(), field.bounds().maxCount()));
  }

  private String element() {
    return """
      private long elementOf%s(int index) {
        return elementAt(%d, %d, %d, %d, index);
      }

    """
        .formatted(
            name,
            field.byteOffset(),
            field.bounds().maxCount(),
            field.firstByteOffset(),
            field.elementByteSize());
  }

  private String view() {
    return method(
        "The {@code %s}, at least one, as a view in place.",
        "dev.aeon.slabs.view.VariantView get" + name + "View()",
        "return viewAt(dev.aeon.slabs.view.ElementType.%s, %d, get%sCount());"
            .formatted(field.kind().elementType(), field.firstByteOffset(), name));
  }

  private String presence() {
    return method(
            "Whether {@code %s} is present.",
            "boolean has" + name + "()",
            "return isPresent(%d, 0x%x);"
                .formatted(field.presenceByteOffset(), field.presenceMask()))
        + method(
            "Makes {@code %s} absent and zero.",
            "void clear" + name + "()",
            "markAbsent(%d, 0x%x);\n    zero(%d, %d);"
                .formatted(
                    field.presenceByteOffset(),
                    field.presenceMask(),
                    field.byteOffset(),
                    field.elementByteSize()));
  }

  private String getter(String suffix, String parameters, String value) {
    String where = parameters.isEmpty() ? "" : " at an index";
    return method(
        "{@code %s}" + where + ".",
        "%s get%s%s(%s)".formatted(field.kind().javaType(), name, suffix, parameters),
        "return " + value + ";");
  }

  private String setter(String suffix, String parameters, String store) {
    String where = parameters.isEmpty() ? "" : " at an index";
    return method(
        "Writes {@code %s}" + where + ".",
        "void set%s%s(%s%s value)".formatted(name, suffix, parameters, field.kind().javaType()),
        mark() + store + (store.endsWith(";") ? "" : ";"));
  }

  private String value(String at) {
    return "%sAt(%s)".formatted(field.kind().accessor(), at);
  }

  private String setValue(String at, String value) {
    return "set%sAt(%s, %s)".formatted(capitalised(field.kind().accessor()), at, value);
  }

  private String string(String prefix, String at) {
    return "%s%sAt(%s, %d)"
        .formatted(prefix, field.kind().accessor(), at, field.bounds().maxBytes());
  }

  private String setString(String at) {
    return "set%sAt(%s, %d, value);"
        .formatted(capitalised(field.kind().accessor()), at, field.bounds().maxBytes());
  }

  /** Sets the presence bit, and clears those of the other members of its oneof. */
  private String mark() {
    return field.hasPresence()
        ? "markPresent(%d, 0x%x, 0x%x);\n    %s"
            .formatted(
                field.presenceByteOffset(), field.presenceMask(), othersInWord(), clearElsewhere())
        : "";
  }

  private int othersInWord() {
    return record.fields().stream()
        .filter(other -> isRival(other) && isInSameWord(other))
        .mapToInt(RecordField::presenceMask)
        .reduce(0, (left, right) -> left | right);
  }

  /** A oneof may have members in several presence words. */
  private String clearElsewhere() {
    StringBuilder cleared = new StringBuilder();
    record.fields().stream()
        .filter(other -> isRival(other) && !isInSameWord(other))
        .forEach(other ->
            cleared.append(
                "markAbsent(%d, 0x%x);\n    "
                    .formatted(other.presenceByteOffset(), other.presenceMask())));
    return cleared.toString();
  }

  private boolean isInSameWord(RecordField other) {
    return other.presenceByteOffset() == field.presenceByteOffset();
  }

  private boolean isRival(RecordField other) {
    OneofDescriptor oneof = field.descriptor().getRealContainingOneof();
    return oneof != null
        && other.descriptor() != field.descriptor()
        && oneof.equals(other.descriptor().getRealContainingOneof());
  }

  private String place() {
    return Integer.toString(field.byteOffset());
  }

  private String memberName() {
    return "inner" + name;
  }

  private String innerClass() {
    return JavaNames.qualifiedClassOf(field.descriptor().getMessageType());
  }

  private String enumClass() {
    return JavaNames.qualifiedClassOf(field.descriptor().getEnumType());
  }

  private String method(String summary, String signature, String body) {
    FieldDescriptor schema = field.descriptor();
    return """
      /** %s */
      public %s {
        %s
      }

    """
        .formatted(summary.formatted(schema.getName()), signature, body);
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
