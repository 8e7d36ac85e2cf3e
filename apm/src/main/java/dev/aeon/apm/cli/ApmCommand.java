package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentType;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code apm} command. Long options take one dash or two. */
@Command(
    name = "apm",
    mixinStandardHelpOptions = true,
    version = "apm 0.1.0",
    description = "Looks at, and works with, the messages between agents that lie in a directory.",
    footer = {
      "",
      "Examples:",
      "  apm init -agent manager_001:Manager -agent impl_001:Implementation",
      "  apm tail -follow",
      "  apm trace req_task_3_1",
      "",
      "Exit codes: 0 done, 1 refused, 2 the command line is wrong, 3 an agent or a",
      "channel cannot be reached, 4 something broke, 100 validate, check or fsck found",
      "something."
    })
public final class ApmCommand {
  private static final String COMPLETION = "completion";

  /** Runs the command. */
  public static void main(String[] arguments) {
    Warnings.showOnStandardError();
    System.exit(run(new FileOutputStream(FileDescriptor.out), arguments));
  }

  /**
   * Runs the command with its answer to {@code answers}.
   *
   * @return the exit code, which tells too where the answer could not be given
   */
  static int run(OutputStream answers, String... arguments) {
    AnswerStream stream = new AnswerStream(answers);
    PrintWriter out = stream.writer(System.out.charset());
    CommandLine command = newCommandLine(arguments).setOut(out);
    int exitCode = command.execute(arguments);
    out.flush();
    IOException failure = stream.failure();
    if (failure != null) {
      command.getErr().println("apm: the answer cannot be written: cause=" + failure.getMessage());
      return Failures.BROKEN;
    }
    return exitCode;
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

  private static CommandLine configured(Map<String, Supplier<Object>> commands) {
    CommandLine line = new CommandLine(new ApmCommand());
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    line.getSubcommands().forEach((name, command) -> command.setCommandName(name));
    return line.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(AgentId.class, Arguments::agentId)
        .registerConverter(AgentType.class, Arguments::agentType)
        .registerConverter(Duration.class, Arguments::duration)
        .registerConverter(Instant.class, Arguments::time)
        .setColorScheme(Terminal.colors())
        .setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, command));
  }

  private static CommandLine agents() {
    return new CommandLine(new AgentsCommand())
        .addSubcommand("add", new AgentsAddCommand())
        .addSubcommand("remove", new AgentsRemoveCommand());
  }

  private static CommandLine dlq() {
    return new CommandLine(new DlqCommand())
        .addSubcommand("list", new DlqListCommand())
        .addSubcommand("show", new DlqShowCommand())
        .addSubcommand("export", new DlqExportCommand())
        .addSubcommand("redrive", new DlqRedriveCommand())
        .addSubcommand("purge", new DlqPurgeCommand());
  }

  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand::new);
    commands.put("agents", ApmCommand::agents);
    commands.put("send", SendCommand::new);
    commands.put("tail", TailCommand::new);
    commands.put("trace", TraceCommand::new);
    commands.put("stats", StatsCommand::new);
    commands.put("dlq", ApmCommand::dlq);
    commands.put("fsck", FsckCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("validate", ValidateCommand::new);
    commands.put("schema", SchemaCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("bench", BenchCommand::new);
    // Not by its name: Java 25 cannot keep a handle on a class as old as this one, and ends
    // when it is to write down what a command loads.
    commands.put(COMPLETION, () -> new AutoComplete.GenerateCompletion());
    return commands;
  }
}
