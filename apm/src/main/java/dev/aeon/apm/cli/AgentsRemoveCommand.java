package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Forgets an agent that is not running; its channels and dead letters stay.")
final class AgentsRemoveCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "ID", description = "the agent's name")
  private AgentId agentId = new AgentId("agent");

  @Override
  public Integer call() {
    Registry registry = directory.registry();
    AgentRecord record =
        registry
            .record(agentId)
            .orElseThrow(() ->
                CliException.refused(ErrorCode.E_ROUTING_001, "no such agent: agentId=" + agentId));
    if (record.lease().isPresent() && record.isActive(Instant.now())) {
      throw CliException.unreachable(
          ErrorCode.E_SYSTEM_004, "is running: agentId=" + agentId + " pid=" + record.pid());
    }
    registry.unregister(agentId);
    JsonObject answer = JsonObject.builder().put("removed", agentId.value()).build();
    output.print(answer, "removed " + record.identity());
    return 0;
  }
}
