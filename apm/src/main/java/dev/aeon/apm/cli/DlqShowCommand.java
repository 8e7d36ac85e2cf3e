package dev.aeon.apm.cli;

import dev.aeon.apm.schema.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Prints a dead letter whole: attempts, states and the message.")
final class DlqShowCommand implements Callable<Integer> {
  @Mixin private LetterSelection letters = new LetterSelection();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "ENTRY", description = "its entryId")
  private String entryId = "";

  @Override
  public Integer call() {
    JsonObject fields = letters.find(entryId).letter().fields();
    output.print(fields, fields.copyNode().toPrettyString());
    return 0;
  }
}
