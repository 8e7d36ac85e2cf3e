package dev.aeon.spoke.cli;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.breaking.BreakingDetector;
import dev.aeon.spoke.validate.config.BreakingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "breaking",
    description = "Finds what a change of .proto files breaks for those who use the old ones.",
    footer = {"", "Exit codes: 0 nothing breaks, 1 the request failed, 100 something breaks."})
final class BreakingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CheckOptions options = new CheckOptions();

  @Option(
      names = {"-against", "--against"},
      required = true,
      description = "what it was before: a folder of sources, or a file with an image")
  private Path against = Path.of(".");

  @Option(
      names = {"-exclude-imports", "--exclude-imports"},
      description = "let files that are imported only change at will")
  private boolean excludesImports;

  @Override
  public Integer call() {
    boolean isClean = true;
    for (ModulePair pair : ModulePair.of(options.input(), options.input(against))) {
      isClean &= compare(pair.now(), pair.before());
    }
    return isClean ? 0 : CheckOptions.FOUND;
  }

  private boolean compare(CheckedModule now, CheckedModule before) {
    BreakingConfig configured =
        options.rules().isEmpty() ? now.config().breaking() : BreakingConfig.using(options.rules());
    BreakingConfig config = excludesImports ? configured.excludingImports() : configured;
    List<Finding> findings = new BreakingDetector(config).compare(now.image(), before.image());
    options.write(findings, now, spec.commandLine().getOut());
    return findings.isEmpty();
  }
}
