package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Makes an agents' directory; what is there already stays as it is.",
    footer = {
      "",
      "Examples:",
      "  apm init",
      "  apm init -dir /srv/agents -agent manager_001:Manager -agent impl_001:Implementation"
    })
final class InitCommand implements Callable<Integer> {
  private static final List<String> FOLDERS = List.of("agents", "channels", "dlq", "state");

  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-agent", "--agent"},
      paramLabel = "ID:TYPE",
      converter = IdentityConverter.class,
      description = "registers an agent; may be given several times")
  private List<AgentIdentity> agents = List.of();

  @Override
  public Integer call() throws IOException {
    Path path = directory.path();
    for (String folder : FOLDERS) {
      Files.createDirectories(path.resolve(folder));
    }
    Registry registry = Registry.open(path, InstantSource.system());
    agents.forEach(agent -> Registration.add(registry, agent));
    output.print(toJson(path), "agents' directory: " + path + " agents=" + agents);
    return 0;
  }

  private JsonObject toJson(Path path) {
    return JsonObject.builder()
        .put("dir", path.toString())
        .putStrings("agents", agents.stream().map(agent -> agent.agentId().value()).toList())
        .build();
  }
}
