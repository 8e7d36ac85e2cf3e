package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.ModuleInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleName;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the modules, or the versions of one, oldest first.")
final class ListCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-module", "--module"},
      description = "the module whose versions to list")
  private @Nullable String module;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (SpokeClient client = registry.connect()) {
      if (module == null) {
        client.modules().forEach(out::println);
      } else {
        ModuleInfo info = client.module(new ModuleName(module));
        info.versions().forEach(out::println);
      }
      return 0;
    }
  }
}
