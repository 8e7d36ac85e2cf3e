package dev.aeon.apm.cli;

import dev.aeon.apm.schema.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: in lines for people, or with {@code -json} in JSON for programs. */
final class OutputOption {
  static final String JSON = "--json";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-json", JSON},
      description = "answer in JSON")
  private boolean isJson;

  boolean isJson() {
    return isJson;
  }

  /** Prints the answer as JSON, or the lines that say the same. */
  void print(JsonObject answer, String lines) {
    out().println(isJson ? answer.toString() : lines);
    out().flush();
  }

  /** Tells people what the answer lacks. */
  void warn(String what) {
    spec.commandLine().getErr().println("apm: warning: " + Terminal.printable(what));
  }

  /** Text in colours, where there are any. */
  String styled(String text, IStyle... styles) {
    return spec.commandLine().getColorScheme().apply(text, List.of(styles)).toString();
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
