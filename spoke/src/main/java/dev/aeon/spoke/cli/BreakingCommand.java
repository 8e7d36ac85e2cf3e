package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.breaking.BreakingDetector;
import dev.aeon.spoke.validate.config.BreakingConfig;
import dev.aeon.spoke.validate.config.ModuleConfig;
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
    name = "breaking",
    mixinStandardHelpOptions = true,
    description = "Finds what a change of .proto files breaks for those who use the old ones.",
    footer = {"", "Exit codes: 0 nothing breaks, 1 the request failed, 100 something breaks."})
final class BreakingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FindingFormat format = new FindingFormat();

  @Option(
      names = {"-dir", "--dir", "-image", "--image"},
      defaultValue = ".",
      description = "a folder of sources, or a file with an image (default: ${DEFAULT-VALUE})")
  private Path input = Path.of(".");

  @Option(
      names = {"-against", "--against"},
      required = true,
      description = "what it was before: a folder of sources, or a file with an image")
  private Path against = Path.of(".");

  @Option(
      names = {"-config", "--config"},
      description = "the configuration, where it is not spoke.yaml or buf.yaml in the folder")
  private @Nullable Path configFile;

  @Option(
      names = {"-use", "--use"},
      split = ",",
      description = "rules and categories that hold instead of the configured ones")
  private List<String> rules = List.of();

  @Option(
      names = {"-exclude-imports", "--exclude-imports"},
      description = "let files that are imported only change at will")
  private boolean excludesImports;

  @Override
  public Integer call() {
    CheckInput current = new CheckInput(input, configFile);
    List<ModuleConfig> configs = current.configs();
    List<CheckedModule> now = current.modules(configs);
    List<CheckedModule> before = new CheckInput(against, configFile).modules(configs);
    if (now.size() != before.size()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "both sides need the same modules, count=" + now.size() + " before=" + before.size());
    }
    boolean isClean = true;
    for (int i = 0; i < now.size(); i++) {
      isClean &= compare(now.get(i), before.get(i));
    }
    return isClean ? 0 : LintCommand.FOUND;
  }

  private boolean compare(CheckedModule now, CheckedModule before) {
    BreakingConfig configured =
        rules.isEmpty() ? now.config().breaking() : BreakingConfig.using(rules);
    BreakingConfig config = excludesImports ? configured.excludingImports() : configured;
    List<Finding> findings = new BreakingDetector(config).compare(now.image(), before.image());
    format.writer().write(findings, now.prefix(), spec.commandLine().getOut());
    return findings.isEmpty();
  }
}
