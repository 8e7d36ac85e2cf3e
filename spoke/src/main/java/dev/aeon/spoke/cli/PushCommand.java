package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description = "Publishes the .proto files of a folder as a version of a module.")
final class PushCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-module", "--module"},
      required = true,
      description = "the module's name")
  private String module = "";

  @Option(
      names = {"-version", "--module-version"},
      required = true,
      description = "a semantic version, such as v1.0.0")
  private String version = "";

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = ".",
      description = "the folder (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".");

  @Option(
      names = {"-description", "--description"},
      defaultValue = "",
      description = "what the module is")
  private String description = "";

  @Option(
      names = {"-dependency", "--dependency"},
      paramLabel = "MODULE@VERSION",
      description = "a version that imports resolve to; may be repeated (default: the latest)")
  private List<String> dependencies = new ArrayList<>();

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      VersionInfo pushed =
          client.push(
              new ModuleName(module),
              Version.parse(version),
              description,
              new ProtoFolder(folder).read(),
              dependencies.stream().map(Dependency::parse).toList());
      spec.commandLine()
          .getOut()
          .println(
              "pushed "
                  + pushed.module()
                  + "@"
                  + pushed.version()
                  + " files="
                  + pushed.files().size()
                  + " dependencies="
                  + pushed.dependencies()
                  + " digest="
                  + pushed.digest());
      return 0;
    }
  }
}
