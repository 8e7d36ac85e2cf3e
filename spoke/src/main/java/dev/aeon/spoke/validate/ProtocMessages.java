package dev.aeon.spoke.validate;

import dev.aeon.spoke.model.Violation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code file:line:column: message} lines. */
final class ProtocMessages {
  private static final String RULE = "COMPILE";
  private static final Pattern WITH_PLACE = Pattern.compile("([^:]+):(\\d{1,9}):(\\d{1,9}): (.*)");
  private static final Pattern WITH_FILE = Pattern.compile("([^: ]+\\.proto): (.*)");
  private static final String WARNING = "warning:";

  private ProtocMessages() {}

  static List<Violation> parse(String messages) {
    List<Violation> violations =
        messages
            .lines()
            .filter(line -> !line.isBlank())
            .map(ProtocMessages::parseLine)
            .filter(violation -> !violation.message().startsWith(WARNING))
            .toList();
    return violations.isEmpty()
        ? List.of(new Violation("", 0, 0, RULE, "the compiler failed without a message"))
        : violations;
  }

  private static Violation parseLine(String line) {
    Matcher place = WITH_PLACE.matcher(line);
    if (place.matches()) {
      return new Violation(
          place.group(1),
          Integer.parseInt(place.group(2)),
          Integer.parseInt(place.group(3)),
          RULE,
          place.group(4));
    }
    Matcher file = WITH_FILE.matcher(line);
    return file.matches()
        ? new Violation(file.group(1), 0, 0, RULE, file.group(2))
        : new Violation("", 0, 0, RULE, line);
  }
}
