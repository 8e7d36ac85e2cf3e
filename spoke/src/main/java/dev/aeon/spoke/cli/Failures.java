package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Tells of what went wrong, and which exit code that is. */
final class Failures {
  static final int REFUSED = 1;
  static final int UNREACHABLE = 3;
  static final int BROKEN = 4;

  private Failures() {}

  /** An error as {@code -json} prints it. */
  record JsonError(Body error) {
    record Body(String code, String message, List<Violation> violations) {}
  }

  static int report(Exception e, CommandLine command) {
    ParseResult parsed = command.getParseResult();
    if (parsed != null && parsed.hasMatchedOption(OutputOption.JSON)) {
      JsonError error = new JsonError(new JsonError.Body(code(e), message(e), violations(e)));
      command.getOut().println(new String(ApiJson.write(error), StandardCharsets.UTF_8));
    } else {
      printLines(e, command);
    }
    return exitCode(e);
  }

  private static void printLines(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("spoke: " + message(e)));
    violations(e).forEach(violation -> err.println("  " + violation));
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String code(Exception e) {
    return e instanceof SpokeException spoke ? spoke.code().name() : "INTERNAL";
  }

  private static List<Violation> violations(Exception e) {
    return e instanceof SpokeException spoke ? spoke.violations() : List.of();
  }

  static int exitCode(Exception e) {
    if (!(e instanceof SpokeException spoke)) {
      return BROKEN;
    }
    return switch (spoke.code()) {
      case INVALID_REQUEST, INVALID_SCHEMA, NOT_FOUND, CONFLICT, LIMIT_EXCEEDED -> REFUSED;
      case UNAVAILABLE, UNAUTHENTICATED, FORBIDDEN, TOO_MANY_REQUESTS -> UNREACHABLE;
      case DIGEST_MISMATCH, INTERNAL -> BROKEN;
    };
  }
}
