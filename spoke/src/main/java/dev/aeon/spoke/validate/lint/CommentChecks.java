package dev.aeon.spoke.validate.lint;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import dev.aeon.spoke.validate.image.Element;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.OneofElement;
import dev.aeon.spoke.validate.image.Place;

/** The rules that things are documented. A line that suppresses a rule documents nothing. */
final class CommentChecks {
  private CommentChecks() {}

  static void message(MessageElement message, Report report) {
    if (!message.isMapEntry()) {
      documented(message, "Message", report);
    }
  }

  static void oneof(OneofElement oneof, Report report) {
    if (!oneof.isSynthetic()) {
      documented(oneof, "Oneof", report);
    }
  }

  /** A group's comment belongs to its message. */
  static void field(FieldElement field, Report report) {
    if (!field.isInMapEntry() && field.proto().getType() != FieldDescriptorProto.Type.TYPE_GROUP) {
      documented(field, "Field", report);
    }
  }

  static void documented(Element element, String kind, Report report) {
    Place place = element.place();
    if (place == null) {
      return;
    }
    String comment = element.file().locations().leadingComments(element.path());
    boolean isDocumented =
        comment
            .lines()
            .map(String::strip)
            .anyMatch(line -> !line.isEmpty() && !CommentIgnores.isIgnoreLine(line));
    if (!isDocumented) {
      String message =
          "%s \"%s\" should have a non-empty comment for documentation."
              .formatted(kind, element.name());
      report.add(place, element.file(), message);
    }
  }
}
