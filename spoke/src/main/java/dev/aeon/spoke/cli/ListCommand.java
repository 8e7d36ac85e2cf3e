package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.ModuleInfo;
import dev.aeon.spoke.api.ModuleList;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleName;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists the modules, or the versions of one, oldest first.")
final class ListCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-module", "--module"},
      description = "the module whose versions to list")
  private @Nullable String module;

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      if (module == null) {
        List<String> modules = client.modules();
        output.print(new ModuleList(modules, null), String.join("\n", modules));
      } else {
        ModuleInfo info = client.module(new ModuleName(module));
        output.print(info, String.join("\n", info.versions()));
      }
      return 0;
    }
  }
}
