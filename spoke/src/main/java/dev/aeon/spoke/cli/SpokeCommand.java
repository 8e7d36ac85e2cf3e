package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code spoke} command. Exit codes: 0 done, 1 the request failed, 2 the command line is wrong.
 * Long options take one dash or two.
 */
@Command(
    name = "spoke",
    mixinStandardHelpOptions = true,
    version = "spoke 0.1.0",
    description = "Pushes, pulls, validates and compiles Protobuf schemas.",
    subcommands = {
      PushCommand.class,
      PullCommand.class,
      ValidateCommand.class,
      CompileCommand.class,
      ListCommand.class
    },
    footer = {"", "Exit codes: 0 done, 1 the request failed, 2 the command line is wrong."})
public final class SpokeCommand {
  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(newCommandLine().execute(arguments));
  }

  static CommandLine newCommandLine() {
    return new CommandLine(new SpokeCommand())
        .setPosixClusteredShortOptionsAllowed(false)
        .setExecutionExceptionHandler((e, commandLine, result) -> report(e, commandLine.getErr()));
  }

  private static int report(Exception e, PrintWriter err) {
    err.println(
        "spoke: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    if (e instanceof SpokeException spoke) {
      for (Violation violation : spoke.violations()) {
        err.println("  " + violation);
      }
    }
    return 1;
  }
}
