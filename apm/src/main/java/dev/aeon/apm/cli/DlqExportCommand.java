package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes each queue as one JSON document, FOLDER/AGENT.json.")
final class DlqExportCommand implements Callable<Integer> {
  @Mixin private LetterSelection letters = new LetterSelection();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "FOLDER", description = "where to write, made if needed")
  private Path folder = Path.of(".");

  @Override
  public Integer call() throws IOException {
    Path path = letters.directory();
    List<AgentId> owners = letters.owners(path);
    Files.createDirectories(folder);
    for (AgentId owner : owners) {
      List<DeadLetter> found = DeadLetterQueue.read(path, owner);
      JsonObject document = DeadLetterQueue.document(owner, Instant.now(), found);
      Files.writeString(folder.resolve(owner + ".json"), document + "\n");
    }
    List<String> names = owners.stream().map(AgentId::value).toList();
    output.print(
        JsonObject.builder().putStrings("exported", names).build(), "exported queues=" + names);
    return 0;
  }
}
