package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.ApiJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: in lines for people, or with {@code -json} in JSON for programs. */
final class OutputOption {
  static final String JSON = "--json";
  static final List<String> JSON_NAMES = List.of("-json", JSON);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-json", JSON},
      description = "answer in JSON")
  private boolean isJson;

  boolean isJson() {
    return isJson;
  }

  /** Prints the answer as JSON, or the line that says the same. */
  void print(Object answer, String line) {
    if (isJson) {
      out().println(new String(ApiJson.write(answer), StandardCharsets.UTF_8));
    } else {
      out().println(line);
    }
  }

  /** A word that tells success apart, green where there are colours. */
  String good(String word) {
    return spec.commandLine().getColorScheme().apply(word, List.of(Style.fg_green)) + "";
  }

  /** A progress line on a terminal; nothing for programs. */
  Progress progress(String what, int total) {
    return new Progress(spec.commandLine().getErr(), what, total, !isJson && Terminal.hasErr());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
