package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.FeatureSet.JsonFormat;
import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.EnumValueElement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules on enums that both images have. */
final class EnumChecks {
  private EnumChecks() {}

  static Map<Integer, Set<String>> namesByNumber(EnumElement element) {
    Map<Integer, Set<String>> names = new TreeMap<>();
    for (EnumValueElement value : element.values()) {
      names.computeIfAbsent(value.number(), number -> new TreeSet<>()).add(value.name());
    }
    return names;
  }

  static String quoted(Set<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }

  static void sameType(EnumElement current, EnumElement previous, Report report) {
    if (current.isClosed() != previous.isClosed()) {
      String message =
          "Enum \"%s\" changed from %s to %s."
              .formatted(current.name(), openness(previous), openness(current));
      report.add(
          Places.first(current.enumTypePlace(), current.place()),
          current.file(),
          Places.first(previous.enumTypePlace(), previous.place()),
          message);
    }
  }

  private static String openness(EnumElement element) {
    return element.isClosed() ? "closed" : "open";
  }

  static void sameJsonFormat(EnumElement current, EnumElement previous, Report report) {
    JsonFormat before = previous.features().standard().getJsonFormat();
    JsonFormat now = current.features().standard().getJsonFormat();
    if (before == JsonFormat.ALLOW && now != JsonFormat.ALLOW) {
      String message =
          "Enum \"%s\" JSON format support changed from %s to %s."
              .formatted(current.name(), before, now);
      report.add(
          Places.first(current.jsonFormatPlace(), current.place()),
          current.file(),
          Places.first(previous.jsonFormatPlace(), previous.place()),
          message);
    }
  }

  /** A number may get more names only where it keeps none but those that it had. */
  static void sameValueNames(EnumElement current, EnumElement previous, Report report) {
    Map<Integer, Set<String>> before = namesByNumber(previous);
    Map<Integer, Set<String>> now = namesByNumber(current);
    for (EnumValueElement value : current.values()) {
      Set<String> oldNames = before.get(value.number());
      Set<String> newNames = now.getOrDefault(value.number(), Set.of());
      if (oldNames != null && !newNames.containsAll(oldNames)) {
        reportNames(value, oldNames, newNames, previous, report);
      }
    }
  }

  private static void reportNames(
      EnumValueElement value,
      Set<String> oldNames,
      Set<String> newNames,
      EnumElement previous,
      Report report) {
    String message =
        "Enum value \"%d\" on enum \"%s\" changed name%s from %s to %s."
            .formatted(
                value.number(),
                value.enumElement().name(),
                oldNames.size() > 1 && newNames.size() > 1 ? "s" : "",
                quoted(oldNames),
                quoted(newNames));
    boolean wasThere = oldNames.contains(value.name());
    report.add(value.numberPlace(), value.file(), wasThere ? previous.file() : null, message);
  }

  static void keepReserved(EnumElement current, EnumElement previous, Report report) {
    Ranges before = Ranges.reserved(previous);
    Ranges.keep("reserved", "enum", before, Ranges.reserved(current), current, previous, report);
    Set<String> left = new HashSet<>(current.proto().getReservedNameList());
    for (String name : new TreeSet<>(previous.proto().getReservedNameList())) {
      if (!left.contains(name)) {
        String message =
            "Previously present reserved name \"%s\" on enum \"%s\" was deleted."
                .formatted(name, current.name());
        report.add(current.place(), current.file(), previous.place(), message);
      }
    }
  }
}
