package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** Reads what is typed: names of agents, times and lengths of time. */
final class Arguments {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Arguments() {}

  static AgentId agentId(String text) {
    if (!AgentId.isLegal(text)) {
      throw new TypeConversionException("not a legal agent id: '" + text + "'");
    }
    return new AgentId(text);
  }

  static AgentType agentType(String text) {
    return Arrays.stream(AgentType.values())
        .filter(type -> type.wireName().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "not an agent's type: '" + text + "', types are " + agentTypes()));
  }

  private static String agentTypes() {
    return Arrays.stream(AgentType.values())
        .map(AgentType::wireName)
        .collect(Collectors.joining(", "));
  }

  /** An agent as {@code id:type}. */
  static AgentIdentity identity(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new TypeConversionException("not of the form ID:TYPE: '" + text + "'");
    }
    return new AgentIdentity(
        agentId(text.substring(0, colon)), agentType(text.substring(colon + 1)));
  }

  /** Opens a file that is named, to read it. */
  static InputStream open(String name) throws IOException {
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_004, "a directory, not a file: path=" + name);
    }
    return Files.newInputStream(path);
  }

  /** Refuses a number that is out of range. */
  static int inRange(String name, int number, int least, int most) {
    if (number < least || number > most) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_004,
          "out of range: " + name + "=" + number + " least=" + least + " most=" + most);
    }
    return number;
  }

  /** A length of time such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}. */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "not a length of time such as 500ms, 30s, 5m, 2h or 7d: '" + text + "'");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** A time in UTC, or how long ago it was. */
  static Instant time(String text) {
    return Timestamps.parse(text)
        .orElseGet(() -> {
          if (!DURATION.matcher(text).matches()) {
            throw new TypeConversionException(
                "neither a time such as 2026-01-31T10:00:00Z nor how long ago: '" + text + "'");
          }
          return Instant.now().minus(duration(text));
        });
  }
}
