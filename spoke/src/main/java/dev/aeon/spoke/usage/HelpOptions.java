package dev.aeon.spoke.usage;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that tell about a command itself, with one dash or two. Picocli's own would take
 * {@code --version} from the commands that are about a version of a module.
 */
public final class HelpOptions {
  private HelpOptions() {}

  /** Lets a command, and all below it, tell how they are used. */
  public static void addHelpTo(CommandLine line) {
    line.getCommandSpec()
        .mixinStandardHelpOptions(false)
        .addOption(
            OptionSpec.builder("-h", "-help", "--help")
                .usageHelp(true)
                .description("show this and end")
                .build());
    line.getSubcommands().values().forEach(HelpOptions::addHelpTo);
  }

  /** Lets a command tell which version of Spoke it is. */
  public static void addVersionTo(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "-version", "--version")
                .versionHelp(true)
                .description("tell which version of Spoke this is and end")
                .build());
  }
}
