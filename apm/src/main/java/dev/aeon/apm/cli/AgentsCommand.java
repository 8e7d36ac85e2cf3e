package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "agents",
    mixinStandardHelpOptions = true,
    description = "Lists the agents, adds and removes them.",
    footer = {
      "",
      "Examples:",
      "  apm agents -active",
      "  apm agents add impl_003 Implementation",
      "  apm agents remove impl_003"
    })
final class AgentsCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-type", "--type"},
      paramLabel = "TYPE",
      description = "only agents of this type: Manager, Implementation, AdHoc")
  private @Nullable AgentType type;

  @Option(
      names = {"-active", "--active"},
      description = "only agents that give signs of life")
  private boolean isActiveOnly;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    List<AgentRecord> agents =
        directory.registry().records().stream()
            .filter(agent -> type == null || agent.identity().type() == type)
            .filter(agent -> !isActiveOnly || agent.isActive(now))
            .toList();
    JsonObject answer =
        JsonObject.builder()
            .putObjects("agents", agents.stream().map(agent -> toJson(agent, now)).toList())
            .build();
    output.print(answer, table(agents, now).text());
    return 0;
  }

  private static JsonObject toJson(AgentRecord agent, Instant now) {
    JsonObjectBuilder fields =
        JsonObject.builder()
            .put("agentId", agent.identity().agentId().value())
            .put("type", agent.identity().type())
            .put("active", agent.isActive(now))
            .put("epoch", agent.epoch())
            .put("pid", agent.pid())
            .putStrings("versions", versions(agent))
            .putStrings("capabilities", agent.capabilities());
    if (hasBeenHeard(agent)) {
      fields.put("heartbeat", Timestamps.format(agent.heartbeat()));
    }
    return fields.build();
  }

  private Table table(List<AgentRecord> agents, Instant now) {
    Table table = new Table("AGENT", "TYPE", "STATE", "EPOCH", "PID", "VERSIONS", "LAST HEARD");
    for (AgentRecord agent : agents) {
      table.row(
          agent.identity().agentId().value(),
          agent.identity().type().wireName(),
          agent.isActive(now) ? output.styled("active", Style.fg_green) : "away",
          Long.toString(agent.epoch()),
          agent.pid() == 0 ? "-" : Long.toString(agent.pid()),
          String.join(" ", versions(agent)),
          hasBeenHeard(agent) ? Timestamps.format(agent.heartbeat()) : "-");
    }
    return table;
  }

  private static boolean hasBeenHeard(AgentRecord agent) {
    return agent.heartbeat().isAfter(Instant.EPOCH);
  }

  private static List<String> versions(AgentRecord agent) {
    return agent.versions().stream().map(ProtocolVersion::toString).toList();
  }
}
