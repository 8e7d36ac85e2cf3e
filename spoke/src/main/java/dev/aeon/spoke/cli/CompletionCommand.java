package dev.aeon.spoke.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that completes the command in bash and zsh:",
      "  source <(spoke completion bash)"
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
    CommandLine whole = SpokeCommand.newCommandLine();
    String start = shell == Shell.zsh ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
    spec.commandLine().getOut().println(start + AutoComplete.bash("spoke", whole));
    return 0;
  }
}
