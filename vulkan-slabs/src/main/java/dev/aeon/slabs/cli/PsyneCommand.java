package dev.aeon.slabs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code psyne}: brokers, and what they are doing. */
@Command(
    name = "psyne",
    mixinStandardHelpOptions = true,
    version = "psyne 0.1.0",
    description = "Brokers of vector traffic, and what they are doing.",
    subcommands = {BrokerCommand.class, EchoCommand.class, TopCommand.class})
public final class PsyneCommand {
  private PsyneCommand() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new PsyneCommand());
  }
}
