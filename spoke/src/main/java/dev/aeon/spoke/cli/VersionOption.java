package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.ModuleName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which version of which module a command is about, where it is about one. */
final class VersionOption {
  @Option(
      names = {"-module", "--module"},
      description = "the module's name")
  private @Nullable String module;

  @Option(
      names = {"-version", "--version", "--module-version"},
      defaultValue = "latest",
      description = "a version of the module (default: ${DEFAULT-VALUE})")
  private String version = "latest";

  /** The module, where one is named. */
  Optional<ModuleName> module() {
    return Optional.ofNullable(module).map(ModuleName::new);
  }

  String version() {
    return version;
  }
}
