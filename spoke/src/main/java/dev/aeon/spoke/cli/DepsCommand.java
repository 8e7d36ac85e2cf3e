package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.GraphInfo;
import dev.aeon.spoke.api.ImpactInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "deps",
    description =
        "Shows what a version depends on, and what that depends on; without -module, what the project"
            + " of this folder does. The other way round with -reverse and -impact.")
final class DepsCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private VersionOption asked = new VersionOption();

  @Option(
      names = {"-format", "--format"},
      defaultValue = "text",
      description = "text or dot (default: ${DEFAULT-VALUE}); -json for JSON")
  private String format = "text";

  @ArgGroup(exclusive = true)
  private Way way = new Way();

  /** Which way to look from a version. */
  private static final class Way {
    @Option(
        names = {"-reverse", "--reverse"},
        description = "show what depends on the version instead")
    private boolean isReverse;

    @Option(
        names = {"-impact", "--impact"},
        description = "show the latest version of each module that depends on some version of it")
    private boolean isImpact;
  }

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      if (way.isImpact) {
        ImpactInfo impact = client.impact(named());
        output.print(impact, String.join("\n", impact.dependents()));
        return 0;
      }
      if (way.isReverse) {
        GraphInfo reverse = client.dependents(named(), asked.version());
        boolean isDot = format.equalsIgnoreCase("dot");
        output.print(
            reverse, text(isDot ? DependencyGraph.of(reverse) : DependencyGraph.ofUsers(reverse)));
        return 0;
      }
      DependencyGraph graph = DependencyGraph.of(roots(client), client);
      output.print(graph.toJson(), text(graph));
      return 0;
    }
  }

  private ModuleName named() {
    return asked
        .module()
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_REQUEST, "-reverse and -impact need a -module"));
  }

  private List<Dependency> roots(SpokeClient client) {
    return asked
        .module()
        .map(name -> List.of(root(name, client)))
        .orElseGet(() -> ofProject(client));
  }

  private Dependency root(ModuleName name, SpokeClient client) {
    return new Dependency(name, Version.parse(client.version(name, asked.version()).version()));
  }

  private static List<Dependency> ofProject(SpokeClient client) {
    ProjectFile project = ProjectFile.find();
    return new ProjectLock(project, client)
        .current(false).dependencies().entrySet().stream()
            .filter(entry -> project.dependencies().containsKey(entry.getKey()))
            .map(entry -> new Dependency(entry.getKey(), entry.getValue()))
            .toList();
  }

  private String text(DependencyGraph graph) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "text" -> graph.toText();
      case "dot" -> graph.toDot();
      default ->
          throw new SpokeException(
              SpokeException.Code.INVALID_REQUEST, "no such format, format=" + format);
    };
  }
}
