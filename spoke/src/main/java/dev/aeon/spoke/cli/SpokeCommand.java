package dev.aeon.spoke.cli;

import dev.aeon.spoke.http.SpokeServerCommand;
import dev.aeon.spoke.sprocket.SprocketCommand;
import dev.aeon.spoke.usage.HelpOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code spoke} command. Long options take one dash or two. */
@Command(
    name = "spoke",
    version = "spoke 0.1.0",
    description = "Pushes, pulls, validates and compiles Protobuf schemas.",
    footer = {
      "",
      "Exit codes: 0 done, 1 refused, 2 the command line is wrong, 3 the registry cannot be reached",
      "or does not let you in, 4 something broke, 100 lint, breaking or format found something."
    })
public final class SpokeCommand {
  private static final String COMPLETION = "completion";

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(newCommandLine(arguments).execute(arguments));
  }

  /** The command with all its subcommands. */
  static CommandLine newCommandLine() {
    return configured(commands());
  }

  /**
   * The command with the subcommand that is called alone, which is faster to set up; to complete
   * needs all.
   */
  static CommandLine newCommandLine(String... arguments) {
    String name = arguments.length == 0 ? COMPLETION : arguments[0];
    Supplier<Object> called = commands().get(name);
    return called == null || name.equals(COMPLETION)
        ? newCommandLine()
        : configured(Map.of(name, called));
  }

  private static CommandLine sprocket() {
    return new CommandLine(new SprocketCommand())
        .addSubcommand("status", new SprocketStatusCommand());
  }

  private static CommandLine configured(Map<String, Supplier<Object>> commands) {
    CommandLine line = new CommandLine(new SpokeCommand());
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    line.getSubcommands().forEach((name, command) -> command.setCommandName(name));
    HelpOptions.addVersionTo(line);
    HelpOptions.addHelpTo(line);
    return line.setPosixClusteredShortOptionsAllowed(false)
        .setParameterExceptionHandler(Failures.usage(line.getParameterExceptionHandler()))
        .setColorScheme(Terminal.colors())
        .setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, command));
  }

  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("push", PushCommand::new);
    commands.put("pull", PullCommand::new);
    commands.put("batch-push", BatchPushCommand::new);
    commands.put("validate", ValidateCommand::new);
    commands.put("compile", CompileCommand::new);
    commands.put("build", BuildCommand::new);
    commands.put("lint", LintCommand::new);
    commands.put("breaking", BreakingCommand::new);
    commands.put("format", FormatCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("docs", DocsCommand::new);
    commands.put("list", ListCommand::new);
    commands.put("search", SearchCommand::new);
    commands.put("lock", LockCommand::new);
    commands.put("deps", DepsCommand::new);
    commands.put("login", LoginCommand::new);
    commands.put("logout", LogoutCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("server", SpokeServerCommand::new);
    commands.put("sprocket", SpokeCommand::sprocket);
    // Not by its name: Java 25 cannot keep a handle on a class as old as this one, and ends
    // when it is to write down what a command loads.
    commands.put(COMPLETION, () -> new AutoComplete.GenerateCompletion());
    return commands;
  }
}
