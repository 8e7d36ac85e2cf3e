package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
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
      printJson(code(e), e, command);
    } else {
      printLines(e, command);
    }
    return exitCode(e);
  }

  /** Tells what is wrong with a command line: in JSON where it asks for that, else as usual. */
  static IParameterExceptionHandler usage(IParameterExceptionHandler usual) {
    return (e, arguments) -> {
      if (Collections.disjoint(List.of(arguments), OutputOption.JSON_NAMES)) {
        return usual.handleParseException(e, arguments);
      }
      printJson(SpokeException.Code.INVALID_REQUEST.name(), e, e.getCommandLine());
      return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
    };
  }

  private static void printJson(String code, Exception e, CommandLine command) {
    JsonError error = new JsonError(new JsonError.Body(code, message(e), violations(e)));
    command.getOut().println(new String(ApiJson.write(error), StandardCharsets.UTF_8));
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
