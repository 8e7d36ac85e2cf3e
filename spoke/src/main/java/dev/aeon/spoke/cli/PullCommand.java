package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.PulledModule;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description =
        "Fetches a version; with -recursive also what it depends on, each into a folder of its"
            + " module's name.")
final class PullCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

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
      defaultValue = "proto",
      description = "where to write (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("proto");

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
      print(pulled);
      return 0;
    }
  }

  /** The answer in JSON. */
  record Answer(List<Pulled> pulled) {
    record Pulled(String module, String version, String digest, List<String> files) {
      static Pulled of(PulledModule module) {
        return new Pulled(
            module.module().value(),
            module.version().toString(),
            module.digest().value(),
            module.content().files().keySet().stream().map(ProtoPath::value).toList());
      }
    }
  }

  private void print(List<PulledModule> pulled) {
    String lines =
        pulled.stream()
            .map(each ->
                output.good("pulled")
                    + " "
                    + each.module()
                    + "@"
                    + each.version()
                    + " digest="
                    + each.digest())
            .collect(Collectors.joining("\n"));
    output.print(new Answer(pulled.stream().map(Answer.Pulled::of).toList()), lines);
  }
}
