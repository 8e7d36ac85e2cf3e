package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.PulledModule;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleName;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description =
        "Fetches a version; with -recursive also what it depends on, each into a folder of its"
            + " module's name.")
final class PullCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-module", "--module"},
      required = true,
      description = "the module's name")
  private String module = "";

  @Option(
      names = {"-version", "--module-version"},
      defaultValue = "latest",
      description = "a version (default: ${DEFAULT-VALUE})")
  private String version = "";

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = ".",
      description = "where to write (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".");

  @Option(
      names = {"-recursive", "--recursive"},
      description = "pull dependencies as well")
  private boolean isRecursive;

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      ModuleName name = new ModuleName(module);
      List<PulledModule> pulled =
          isRecursive ? client.pullRecursively(name, version) : List.of(client.pull(name, version));
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (PulledModule each : pulled) {
        String prefix = each.module().equals(name) ? "" : each.module() + "/";
        each.content().files().forEach((path, bytes) -> files.put(prefix + path, bytes));
      }
      new ProtoFolder(folder).write(files);
      pulled.forEach(this::print);
      return 0;
    }
  }

  private void print(PulledModule pulled) {
    spec.commandLine()
        .getOut()
        .println(
            "pulled " + pulled.module() + "@" + pulled.version() + " digest=" + pulled.digest());
  }
}
