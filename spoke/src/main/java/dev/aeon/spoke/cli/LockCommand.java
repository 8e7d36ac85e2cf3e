package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.lock.LockFile;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lock",
    description = {
      "Resolves the dependencies of spoke.yaml to the highest versions in their ranges and writes"
          + " spoke.lock."
    })
final class LockCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-frozen", "--frozen"},
      description = "change nothing, and fail where spoke.lock would change")
  private boolean isFrozen;

  /** The answer in JSON. */
  record Answer(Map<String, String> dependencies) {}

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      LockFile lock = new ProjectLock(ProjectFile.find(), client).resolve(isFrozen);
      Map<String, String> locked = new TreeMap<>();
      lock.dependencies().forEach((module, version) -> locked.put("" + module, "" + version));
      output.print(
          new Answer(locked),
          locked.entrySet().stream()
              .map(entry -> output.good("locked") + " " + entry.getKey() + "@" + entry.getValue())
              .collect(Collectors.joining("\n")));
      return 0;
    }
  }
}
