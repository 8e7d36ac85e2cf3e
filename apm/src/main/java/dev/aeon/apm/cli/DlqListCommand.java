package dev.aeon.apm.cli;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.store.DeadLetter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the messages that failed for good.")
class DlqListCommand implements Callable<Integer> {
  @Mixin private LetterSelection letters = new LetterSelection();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    List<LetterSelection.Owned> found = letters.list();
    JsonObject answer =
        JsonObject.builder()
            .put("count", found.size())
            .putObjects("entries", found.stream().map(each -> each.letter().fields()).toList())
            .build();
    output.print(answer, found.isEmpty() ? "no dead letters" : table(found));
    return 0;
  }

  private static String table(List<LetterSelection.Owned> found) {
    Table table =
        new Table("ENTRY", "FAILED", "SENDER", "RECEIVER", "TYPE", "REASON", "CODE", "TRIES");
    for (LetterSelection.Owned each : found) {
      DeadLetter letter = each.letter();
      table.row(
          Terminal.printable(letter.entryId()),
          Timestamps.format(letter.failedAt()),
          each.owner().value(),
          letter.receiver().agentId().value(),
          letter.message().envelope().typeName(),
          Terminal.printable(letter.reason()),
          letter.errorCode().name(),
          Integer.toString(letter.attempts().size()));
    }
    return table.text();
  }
}
