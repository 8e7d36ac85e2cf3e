package dev.aeon.apm.cli;

import dev.aeon.apm.schema.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The {@code apm} command as it was typed: its exit code and what it printed. */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = ApmCommand.newCommandLine(arguments);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return new CommandRun(command.execute(arguments), out.toString(), err.toString());
  }

  /** What it printed, which is one JSON object. */
  JsonObject json() {
    return JsonObject.parseBuilt(out.strip().getBytes(StandardCharsets.UTF_8));
  }
}
