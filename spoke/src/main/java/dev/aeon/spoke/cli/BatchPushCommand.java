package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.SpokeClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "batch-push",
    description = {
      "Publishes each folder of a folder as a module of its name, what is imported first.",
      "The version is -version, else the release that the module's spoke.yaml says, else the name"
          + " of a folder below the module's, such as common/v1.0.0."
    })
final class BatchPushCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = ".",
      description = "the folder of the modules' folders (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".");

  @Option(
      names = {"-version", "--version", "--module-version"},
      description = "the version of all modules")
  private @Nullable String version;

  @Option(
      names = {"-recursive", "--recursive"},
      description = "publish the files of folders below a module's folder as well")
  private boolean isRecursive;

  /** The answer in JSON. */
  record Answer(List<VersionInfo> pushed) {}

  @Override
  public Integer call() {
    List<Batch.Release> releases = new Batch(folder, isRecursive, version).inOrder();
    List<VersionInfo> pushed = new ArrayList<>();
    try (SpokeClient client = registry.connect();
        Progress progress = output.progress("pushing", releases.size())) {
      for (Batch.Release release : releases) {
        pushed.add(
            client.push(release.module(), release.version(), "", release.content(), List.of()));
        progress.step(release.module().value());
      }
    }
    output.print(
        new Answer(pushed),
        pushed.stream()
            .map(info -> output.good("pushed") + " " + PushCommand.describe(info))
            .collect(Collectors.joining("\n")));
    return 0;
  }
}
