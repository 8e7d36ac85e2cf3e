package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.image.Element;
import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.MessageElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Ranges of numbers, both ends inside, and the highest number there can be. */
final class Ranges {
  private record Range(int first, int last) {}

  private final List<Range> ranges;
  private final int highest;

  private Ranges(List<Range> ranges, int highest) {
    this.ranges = ranges;
    this.highest = highest;
  }

  static Ranges reserved(MessageElement message) {
    return new Ranges(
        message.proto().getReservedRangeList().stream()
            .map(range -> new Range(range.getStart(), range.getEnd() - 1))
            .toList(),
        message.maxNumber());
  }

  static Ranges extensions(MessageElement message) {
    return new Ranges(
        message.proto().getExtensionRangeList().stream()
            .map(range -> new Range(range.getStart(), range.getEnd() - 1))
            .toList(),
        message.maxNumber());
  }

  static Ranges reserved(EnumElement element) {
    return new Ranges(
        element.proto().getReservedRangeList().stream()
            .map(range -> new Range(range.getStart(), range.getEnd()))
            .toList(),
        Integer.MAX_VALUE);
  }

  boolean contains(int number) {
    return ranges.stream().anyMatch(range -> range.first <= number && number <= range.last);
  }

  /** Reports each range of which numbers are missing now. */
  static void keep(
      String what,
      String kind,
      Ranges before,
      Ranges now,
      Element current,
      Element previous,
      Report report) {
    List<Range> left = now.collapsed();
    for (Range range : before.ranges) {
      List<Range> missing = missing(range, left);
      if (!missing.isEmpty()) {
        String message =
            "Previously present %s range \"%s\" on %s \"%s\" is missing values: %s were removed."
                .formatted(
                    what,
                    text(range, before.highest),
                    kind,
                    current.name(),
                    missing.stream()
                        .map(part -> text(part, now.highest))
                        .collect(Collectors.joining(", ")));
        report.add(current.place(), current.file(), previous.place(), message);
      }
    }
  }

  /** The same numbers as ranges that neither overlap nor touch, in order. */
  private List<Range> collapsed() {
    List<Range> collapsed = new ArrayList<>();
    for (Range range : ranges.stream().sorted(Comparator.comparingInt(Range::first)).toList()) {
      Range before = collapsed.isEmpty() ? null : collapsed.getLast();
      if (before != null && range.first <= (long) before.last + 1) {
        collapsed.removeLast();
        collapsed.add(new Range(before.first, Math.max(before.last, range.last)));
      } else {
        collapsed.add(range);
      }
    }
    return collapsed;
  }

  private static List<Range> missing(Range wanted, List<Range> left) {
    List<Range> missing = new ArrayList<>();
    long next = wanted.first;
    for (Range range : left) {
      if (range.last >= next && range.first <= wanted.last) {
        if (range.first > next) {
          missing.add(new Range((int) next, range.first - 1));
        }
        next = (long) range.last + 1;
      }
    }
    if (next <= wanted.last) {
      missing.add(new Range((int) next, wanted.last));
    }
    return missing;
  }

  private static String text(Range range, int highest) {
    if (range.first == range.last) {
      return "[" + range.first + "]";
    }
    return "[" + range.first + "," + (range.last == highest ? "max" : range.last) + "]";
  }
}
