package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ArchiveCheck;
import dev.aeon.apm.channel.ndjson.ChannelsCheck;
import dev.aeon.apm.fsck.Damage;
import dev.aeon.apm.fsck.Damage.Remedy;
import dev.aeon.apm.fsck.Examination;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.registry.RegistryCheck;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.StoreCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fsck",
    mixinStandardHelpOptions = true,
    description = {
      "Examines an agents' directory, and mends it.",
      "Looks at every line of every channel, the files' order, torn ends, readers' places, agents'",
      "records, dead letters and what agents remember. With -repair what can be mended is; bytes",
      "that are taken out of a channel go to its sender's quarantine, and no message is lost. What",
      "agents that run are writing is left to them. With -bus it looks besides at every line that a",
      "server keeps, whose files are the server's to mend."
    },
    footer = {
      "",
      "Examples:",
      "  apm fsck",
      "  apm fsck -repair",
      "",
      "Exit codes: 0 nothing was found or everything was mended, 100 something is left."
    })
final class FsckCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private BusOption bus = new BusOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-repair", "--repair"},
      description = "mend what can be mended")
  private boolean isRepairing;

  @Override
  public Integer call() throws IOException {
    Examination examination = new Examination(isRepairing);
    if (bus.isFiles() || directory.isThere()) {
      examineDirectory(directory.existing().toRealPath(), examination);
    }
    if (!bus.isFiles()) {
      try (Backend backend = bus.open(directory)) {
        ArchiveCheck.run(backend.archive(), examination);
      }
    }
    List<Damage> damages = examination.damages();
    output.print(toJson(damages), text(damages));
    return damages.stream().allMatch(each -> each.remedy() == Remedy.MENDED) ? 0 : Failures.FOUND;
  }

  private void examineDirectory(Path path, Examination examination) throws IOException {
    RegistryCheck.run(path, examination);
    Set<AgentId> running = running();
    ChannelsCheck.run(path, examination);
    StoreCheck.run(path, running::contains, examination);
  }

  private Set<AgentId> running() {
    Registry registry = directory.registry();
    Instant now = Instant.now();
    return registry.records().stream()
        .filter(agent -> agent.lease().isPresent() && agent.isActive(now))
        .map(AgentRecord::identity)
        .map(agent -> agent.agentId())
        .collect(Collectors.toSet());
  }

  private static JsonObject toJson(List<Damage> damages) {
    List<JsonObject> findings =
        damages.stream()
            .map(each ->
                JsonObject.builder()
                    .put("path", each.path().toString())
                    .put("detail", each.detail())
                    .put("remedy", each.remedy().name().toLowerCase(Locale.ROOT))
                    .build())
            .toList();
    return JsonObject.builder().putObjects("damages", findings).build();
  }

  private String text(List<Damage> damages) {
    StringBuilder text = new StringBuilder();
    for (Damage each : damages) {
      text.append(word(each.remedy()))
          .append(' ')
          .append(Terminal.printable(each.toString()))
          .append('\n');
    }
    long left = damages.stream().filter(each -> each.remedy() != Remedy.MENDED).count();
    return text + "found=" + damages.size() + " left=" + left;
  }

  private String word(Remedy remedy) {
    return switch (remedy) {
      case MENDED -> output.styled("mended", Style.fg_green);
      case MENDABLE -> output.styled("mendable", Style.fg_yellow);
      case NONE -> output.styled("damaged", Style.fg_red);
    };
  }
}
