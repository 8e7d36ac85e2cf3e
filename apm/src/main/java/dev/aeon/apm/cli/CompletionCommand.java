package dev.aeon.apm.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that completes the command in bash and zsh.",
      "  source <(apm completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** The shells whose completion the script serves. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(index = "0", defaultValue = "bash", description = "bash or zsh")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    String start = shell == Shell.zsh ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
    String script = AutoComplete.bash("apm", ApmCommand.newCommandLine());
    spec.commandLine().getOut().println(start + script);
    return 0;
  }
}
