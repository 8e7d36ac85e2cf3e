package dev.aeon.spoke.cli;

import dev.aeon.spoke.validate.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that hold schemas to rules have in common. */
final class CheckOptions {
  /** The exit code where something was found. */
  static final int FOUND = 100;

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

  CheckInput input() {
    return new CheckInput(input, configFile);
  }

  /** Another input, under the same configuration. */
  CheckInput input(Path other) {
    return new CheckInput(other, configFile);
  }

  /** The rules that are asked for; none where the configuration says which. */
  List<String> rules() {
    return rules;
  }

  void write(List<Finding> findings, CheckedModule module, PrintWriter out) {
    format.writer().write(findings, module.prefix(), out);
  }
}
