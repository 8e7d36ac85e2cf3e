package dev.aeon.apm.cli;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Draws one correlation across all agents as a sequence.",
      "A message's or a task's id does as well: what belongs together is found from it."
    },
    footer = {
      "",
      "Examples:",
      "  apm trace req_task_3_1",
      "  apm trace task_3_1 -format mermaid > task.mmd",
      "  apm trace msg_20251112_100000_001 -json",
      "  apm trace req_task_3_1 -bus 'jdbc:postgresql://127.0.0.1/agents?user=apm'"
    })
final class TraceCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private BusOption bus = new BusOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "ID", description = "of a correlation, message or task")
  private String id = "";

  @Option(
      names = {"-format", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or mermaid (default: ${DEFAULT-VALUE}); -json for JSON")
  private Format format = Format.TEXT;

  private enum Format {
    TEXT,
    MERMAID
  }

  @Override
  public Integer call() {
    Conversation conversation;
    try (Backend backend = bus.open(directory)) {
      conversation = Conversation.of(id, backend.archive(), directory.path());
    }
    if (conversation.isEmpty()) {
      throw CliException.refused(ErrorCode.E_PROTOCOL_003, "no message of that id: id=" + id);
    }
    output.print(toJson(conversation), text(conversation));
    return 0;
  }

  private String text(Conversation conversation) {
    return switch (format) {
      case TEXT -> new SequencePicture(conversation, output).text();
      case MERMAID -> MermaidPicture.of(conversation);
    };
  }

  private static JsonObject toJson(Conversation conversation) {
    return JsonObject.builder()
        .putStrings("ids", List.copyOf(conversation.ids()))
        .putStrings("agents", conversation.agents())
        .putObjects("messages", conversation.messages().stream().map(TraceCommand::toJson).toList())
        .putObjects(
            "deadLetters", conversation.deadLetters().stream().map(each -> each.fields()).toList())
        .build();
  }

  private static JsonObject toJson(Recorded recorded) {
    return JsonObject.builder()
        .put("channel", recorded.channel().toString())
        .put("position", recorded.position())
        .put("timestamp", Timestamps.format(recorded.message().envelope().timestamp()))
        .put("message", recorded.message().toJson())
        .build();
  }
}
