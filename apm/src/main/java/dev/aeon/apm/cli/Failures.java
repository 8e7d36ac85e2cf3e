package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.registry.RegistryException;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.track.DeliveryException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Tells of what went wrong, and which exit code that is. */
final class Failures {
  static final int REFUSED = 1;
  static final int UNREACHABLE = 3;
  static final int BROKEN = 4;
  static final int FOUND = 100;

  private Failures() {}

  static int report(Exception e, CommandLine command) {
    ParseResult parsed = command.getParseResult();
    if (parsed != null && parsed.hasMatchedOption(OutputOption.JSON)) {
      command.getOut().println(toJson(e));
    } else {
      printLines(e, command);
    }
    return exitCode(e);
  }

  private static JsonObject toJson(Exception e) {
    JsonObject error =
        JsonObject.builder()
            .put("code", code(e).name())
            .put("message", message(e))
            .putObjects("violations", violations(e).stream().map(ViolationJson::of).toList())
            .build();
    return JsonObject.builder().put("error", error).build();
  }

  private static void printLines(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    List<Violation> violations = violations(e);
    String what = violations.isEmpty() ? message(e) : "not a valid message";
    err.println(command.getColorScheme().errorText("apm: " + Terminal.printable(what)));
    violations.forEach(each -> err.println("  " + Terminal.printable(each.toString())));
  }

  private static String message(Exception e) {
    if (e instanceof FileSystemException file) {
      return reason(file) + ": path=" + file.getFile();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Java gives the path alone for most. */
  private static String reason(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "not permitted";
      case FileAlreadyExistsException _ -> "something else of that name is there";
      case NotDirectoryException _ -> "not a directory";
      default -> {
        String reason = e.getReason();
        yield reason == null ? e.getClass().getSimpleName() : reason.toLowerCase(Locale.ROOT);
      }
    };
  }

  private static List<Violation> violations(Exception e) {
    return e instanceof InvalidMessageException invalid ? invalid.violations() : List.of();
  }

  private static ErrorCode code(Exception e) {
    return switch (e) {
      case CliException known -> known.code();
      case InvalidMessageException invalid -> invalid.code();
      case DeliveryException undelivered -> undelivered.code();
      case ChannelException channel -> channel.code();
      case RegistryException registry -> registry.code();
      default -> ErrorCode.E_SYSTEM_001;
    };
  }

  private static int exitCode(Exception e) {
    return switch (e) {
      case CliException known -> known.exitCode();
      case InvalidMessageException _ -> REFUSED;
      case NoSuchFileException _, AccessDeniedException _ -> REFUSED;
      case FileAlreadyExistsException _, NotDirectoryException _ -> REFUSED;
      case DeliveryException undelivered -> exitCode(undelivered.code(), REFUSED);
      case ChannelException channel -> exitCode(channel.code(), BROKEN);
      default -> BROKEN;
    };
  }

  private static int exitCode(ErrorCode code, int otherwise) {
    return switch (code) {
      case E_ROUTING_003, E_PROTOCOL_004, E_SYSTEM_004 -> UNREACHABLE;
      case E_SYSTEM_001, E_SYSTEM_002 -> BROKEN;
      default -> otherwise;
    };
  }
}
