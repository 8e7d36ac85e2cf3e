package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.schema.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Registers an agent that has not run yet, so that messages may wait for it.")
final class AgentsAddCommand implements Callable<Integer> {
  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "ID", description = "the agent's name")
  private AgentId agentId = new AgentId("agent");

  @Parameters(index = "1", paramLabel = "TYPE", description = "Manager, Implementation or AdHoc")
  private AgentType type = AgentType.AD_HOC;

  @Override
  public Integer call() {
    AgentIdentity agent = new AgentIdentity(agentId, type);
    Registration.add(directory.registry(), agent);
    JsonObject answer = JsonObject.builder().put("added", agentId.value()).build();
    output.print(answer, "added " + agent);
    return 0;
  }
}
