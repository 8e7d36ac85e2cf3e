package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "push",
    description = "Publishes the .proto files of a folder as a version of a module.")
final class PushCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-module", "--module"},
      description = "the module's name (default: spoke.yaml's)")
  private @Nullable String module;

  @Option(
      names = {"-version", "--version", "--module-version"},
      description =
          "a semantic version, such as v1.0.0, or a commit (default: the release of spoke.yaml)")
  private @Nullable String version;

  @Option(
      names = {"-dir", "--dir"},
      description = "the folder (default: spoke.yaml's, else the current one)")
  private @Nullable Path folder;

  @Option(
      names = {"-description", "--description"},
      defaultValue = "",
      description = "what the module is")
  private String description = "";

  @Option(
      names = {"-dependency", "--dependency"},
      paramLabel = "MODULE@RANGE",
      description = "a version that imports resolve to; may be repeated (default: the latest)")
  private List<String> dependencies = new ArrayList<>();

  @Override
  public Integer call() {
    ProjectFile project = ProjectFile.find();
    ModuleName name = new ModuleName(required("-module", module, project.module()));
    Version release = Version.parse(required("-version", version, project.release()));
    Path source = folder == null ? project.dir().orElse(Path.of(".")) : folder;
    try (SpokeClient client = registry.connect()) {
      VersionInfo pushed =
          client.push(
              name,
              release,
              description,
              new ProtoFolder(source).read(),
              dependencies.stream().map(Requirement::parse).toList());
      output.print(pushed, output.good("pushed") + " " + describe(pushed));
      return 0;
    }
  }

  private String required(String option, @Nullable String given, Optional<String> configured) {
    return Optional.ofNullable(given)
        .or(() -> configured)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(), option + " is missing, and spoke.yaml does not say it"));
  }

  static String describe(VersionInfo pushed) {
    return pushed.module()
        + "@"
        + pushed.version()
        + " files="
        + pushed.files().size()
        + " dependencies="
        + pushed.dependencies()
        + " digest="
        + pushed.digest();
  }
}
