package dev.aeon.apm.cli;

import dev.aeon.apm.message.Ack;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.ErrorCode;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** What a message says, in a few words. */
final class Summary {
  private static final int MAX_LENGTH = 80;

  private Summary() {}

  /** The gist of the payload on one line. */
  static String of(Message message) {
    String text =
        switch (message.payload()) {
          case TaskAssignment task -> task.taskId() + " \"" + task.taskRef() + "\"";
          case TaskUpdate update -> of(update);
          case StateSync sync ->
              sync.operation().wireName()
                  + " "
                  + sync.entityType().wireName()
                  + " "
                  + sync.entityId();
          case ErrorReport error ->
              error.severity().wireName() + errorCode(error) + " " + error.errorMessage();
          case HandoffRequest handoff ->
              handoff.taskId()
                  + " to "
                  + handoff.targetAgent().agentId()
                  + ", "
                  + handoff.reason().wireName();
          case Ack ack -> ack.status().wireName();
          case Nack nack ->
              nack.errorCode().map(ErrorCode::name).orElse("refused") + " " + nack.reason();
          case Custom custom -> custom.fields().toString();
        };
    return shortened(Terminal.printable(text));
  }

  /** How a message of a type stands out. */
  static IStyle styleOf(String typeName) {
    return switch (typeName) {
      case "ACK" -> Style.fg_green;
      case "NACK", "ERROR_REPORT" -> Style.fg_red;
      case "TASK_ASSIGNMENT" -> Style.bold;
      case "TASK_UPDATE" -> Style.fg_cyan;
      case "HANDOFF_REQUEST" -> Style.fg_magenta;
      case "STATE_SYNC" -> Style.fg_blue;
      default -> Style.fg_yellow;
    };
  }

  private static String of(TaskUpdate update) {
    String progress = String.format(Locale.ROOT, "%.0f%%", 100 * update.progress());
    String step = update.currentStep().or(update::notes).map(text -> " " + text).orElse("");
    return update.taskId() + " " + update.status().wireName() + " " + progress + step;
  }

  private static String errorCode(ErrorReport error) {
    return error.errorCode().map(code -> " " + code).orElse("");
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= MAX_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
  }
}
