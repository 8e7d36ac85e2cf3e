package dev.aeon.spoke.cli;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.config.LintConfig;
import dev.aeon.spoke.validate.lint.Linter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "lint",
    description = "Judges the style of .proto files by the rules of spoke.yaml or buf.yaml.",
    footer = {"", "Exit codes: 0 nothing found, 1 the request failed, 100 something was found."})
final class LintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CheckOptions options = new CheckOptions();

  @Override
  public Integer call() {
    boolean isClean = true;
    for (CheckedModule module : options.input().modules()) {
      LintConfig config =
          options.rules().isEmpty() ? module.config().lint() : LintConfig.using(options.rules());
      List<Finding> findings = new Linter(config).lint(module.image());
      options.write(findings, module, spec.commandLine().getOut());
      isClean &= findings.isEmpty();
    }
    return isClean ? 0 : CheckOptions.FOUND;
  }
}
