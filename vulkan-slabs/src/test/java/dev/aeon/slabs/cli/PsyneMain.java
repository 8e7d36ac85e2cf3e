package dev.aeon.slabs.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs the command within this process. */
public final class PsyneMain {
  private PsyneMain() {}

  /** What it prints. */
  public static String run(String... arguments) {
    StringWriter printed = new StringWriter();
    CommandLine command = PsyneCommand.commandLine();
    command.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
    command.execute(arguments);
    return printed.toString();
  }
}
