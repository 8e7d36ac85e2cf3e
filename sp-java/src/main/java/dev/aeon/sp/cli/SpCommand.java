package dev.aeon.sp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** The {@code sp} command. Exit codes: 0 done, 1 the work failed, 2 the command line is wrong. */
@Command(
    name = "sp",
    mixinStandardHelpOptions = true,
    version = "sp " + SpCommand.VERSION,
    description = "Speaks the Scalability Protocols from the command line.",
    footer = {"", "Exit codes: 0 done, 1 the work failed, 2 the command line is wrong."})
public final class SpCommand {
  static final String VERSION = "0.1.0";

  private SpCommand() {}

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(execute(Console.ofProcess(), arguments));
  }

  /** Runs the command with other streams than the process's own, and returns its exit code. */
  public static int run(InputStream in, OutputStream out, PrintStream err, String... arguments) {
    return execute(new Console(in, out, err), arguments);
  }

  static int execute(Console console, String... arguments) {
    CommandLine command = new CommandLine(new SpCommand());
    IParameterExceptionHandler usual = command.getParameterExceptionHandler();
    return command
        .addSubcommand(CatParser.newCommandLine(console))
        .addSubcommand(new DeviceCommand(console))
        .addSubcommand(bench(console))
        .setOut(new PrintWriter(console.out(), true, UTF_8))
        .setErr(new PrintWriter(console.err(), true, UTF_8))
        .setParameterExceptionHandler((failure, args) ->
            isOfCat(failure)
                ? CatParser.handle(failure, args, console)
                : usual.handleParseException(failure, args))
        .setExecutionExceptionHandler((failure, line, result) -> report(failure, console))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }

  private static CommandLine bench(Console console) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new LatencyCommand(console))
        .addSubcommand(new ThroughputCommand(console));
  }

  private static boolean isOfCat(ParameterException failure) {
    return failure.getCommandLine().getCommand() instanceof CatCommand;
  }

  private static int report(Exception failure, Console console) {
    console.err().println(failure instanceof FatalException ? failure.getMessage() : failure);
    return 1;
  }
}
