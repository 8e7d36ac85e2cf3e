package dev.aeon.spoke.cli;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.config.LintConfig;
import dev.aeon.spoke.validate.lint.Linter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = "Judges the style of .proto files by the rules of spoke.yaml or buf.yaml.",
    footer = {"", "Exit codes: 0 nothing found, 1 the request failed, 100 something was found."})
final class LintCommand implements Callable<Integer> {
  static final int FOUND = 100;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FindingFormat format = new FindingFormat();

  @Option(
      names = {"-dir", "--dir", "-image", "--image"},
      defaultValue = ".",
      description = "a folder of sources, or a file with an image (default: ${DEFAULT-VALUE})")
  private Path input = Path.of(".");

  @Option(
      names = {"-config", "--config"},
      description = "the configuration, where it is not spoke.yaml or buf.yaml in the folder")
  private @Nullable Path configFile;

  @Option(
      names = {"-use", "--use"},
      split = ",",
      description = "rules and categories that hold instead of the configured ones")
  private List<String> rules = List.of();

  @Override
  public Integer call() {
    boolean isClean = true;
    for (CheckedModule module : new CheckInput(input, configFile).modules()) {
      LintConfig config = rules.isEmpty() ? module.config().lint() : LintConfig.using(rules);
      List<Finding> findings = new Linter(config).lint(module.image());
      format.writer().write(findings, module.prefix(), spec.commandLine().getOut());
      isClean &= findings.isEmpty();
    }
    return isClean ? 0 : FOUND;
  }
}
