package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.SpokeException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How findings are printed. */
final class FindingFormat {
  @Option(
      names = {"-json", "--json"},
      description = "print each finding as a line of JSON")
  private boolean isJson;

  @Option(
      names = {"-error-format", "--error-format"},
      defaultValue = "text",
      description = "text, json or github (default: ${DEFAULT-VALUE})")
  private String format = "text";

  FindingWriter writer() {
    if (isJson) {
      return FindingWriter.JSON;
    }
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "text" -> FindingWriter.TEXT;
      case "json" -> FindingWriter.JSON;
      case "github", "github-actions" -> FindingWriter.GITHUB;
      default ->
          throw new SpokeException(
              SpokeException.Code.INVALID_REQUEST,
              "no such format, format='" + format + "' known=text, json, github");
    };
  }
}
