package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.FeatureSet.JsonFormat;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.Place;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules on messages that both images have. */
final class MessageChecks {
  private static final String REQUIRED =
      "Message \"%s\" had required field \"%d\" %s. Required fields must always be sent, so if one side does not know about the required field, this will result in a breakage.";

  private MessageChecks() {}

  static void keepExtensionRanges(MessageElement current, MessageElement previous, Report report) {
    Ranges before = Ranges.extensions(previous);
    Ranges now = Ranges.extensions(current);
    Ranges.keep("extension", "message", before, now, current, previous, report);
  }

  static void keepReserved(MessageElement current, MessageElement previous, Report report) {
    Ranges before = Ranges.reserved(previous);
    Ranges now = Ranges.reserved(current);
    Ranges.keep("reserved", "message", before, now, current, previous, report);
    Set<String> left = new HashSet<>(current.proto().getReservedNameList());
    for (String name : new TreeSet<>(previous.proto().getReservedNameList())) {
      if (!left.contains(name)) {
        String message =
            "Previously present reserved name \"%s\" on message \"%s\" was deleted."
                .formatted(name, current.name());
        report.add(current.place(), current.file(), previous.place(), message);
      }
    }
  }

  static void keepDescriptorAccessor(
      MessageElement current, MessageElement previous, Report report) {
    boolean before = previous.proto().getOptions().getNoStandardDescriptorAccessor();
    boolean now = current.proto().getOptions().getNoStandardDescriptorAccessor();
    if (!before && now) {
      report.add(
          current.accessorPlace(),
          current.file(),
          previous.accessorPlace(),
          "Message option \"no_standard_descriptor_accessor\" changed from \"false\" to \"true\".");
    }
  }

  static void sameJsonFormat(MessageElement current, MessageElement previous, Report report) {
    JsonFormat before = previous.features().standard().getJsonFormat();
    JsonFormat now = current.features().standard().getJsonFormat();
    if (before == JsonFormat.ALLOW && now != JsonFormat.ALLOW) {
      String message =
          "Message \"%s\" JSON format support changed from %s to %s."
              .formatted(current.name(), before, now);
      report.add(
          Places.first(current.jsonFormatPlace(), current.place()),
          current.file(),
          Places.first(previous.jsonFormatPlace(), previous.place()),
          message);
    }
  }

  static void sameRequiredFields(MessageElement current, MessageElement previous, Report report) {
    Map<Integer, FieldElement> before = required(previous);
    Map<Integer, FieldElement> now = required(current);
    before.keySet().stream()
        .filter(number -> !now.containsKey(number))
        .forEach(number ->
            report.add(
                current.place(),
                current.file(),
                previous.place(),
                REQUIRED.formatted(previous.name(), number, "deleted")));
    now.forEach((number, field) -> {
      if (!before.containsKey(number)) {
        String message = REQUIRED.formatted(current.name(), number, "added");
        report.add(field.place(), field.file(), (Place) null, message);
      }
    });
  }

  /** By the label alone, as the wire format of editions has no required fields of its own. */
  private static Map<Integer, FieldElement> required(MessageElement message) {
    Map<Integer, FieldElement> fields = new TreeMap<>();
    for (FieldElement field : message.fields()) {
      if (field.proto().getLabel() == FieldDescriptorProto.Label.LABEL_REQUIRED) {
        fields.put(field.number(), field);
      }
    }
    return fields;
  }
}
