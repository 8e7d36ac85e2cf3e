package dev.aeon.fleet;

import dev.aeon.fleet.agent.AgentRefusal;
import dev.aeon.fleet.manager.FleetException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code aeon} command. Without a subcommand it searches. */
@Command(
    name = "aeon",
    description = "A fleet of agents on one machine. Its main job is to search a folder of text.",
    subcommands = {SearchCommand.class, AgentCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Fleet implements Runnable {
  /** Exit code where something outside stands in the way. */
  static final int FAILED = 1;

  /** Exit code where the command line is wrong. */
  static final int WRONG_USE = 2;

  private static final Set<String> OWN_WORDS =
      Set.of("search", "agent", "--help", "-h", "--version", "-V");

  /** Kept here: a logger that nobody holds forgets its level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  private Fleet() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    LIBRARIES.setLevel(Level.WARNING);
    PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    return new CommandLine(new Fleet())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, given) -> wrongUse(wrong, errors))
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, errors))
        .execute(withDefaultJob(arguments));
  }

  private static String[] withDefaultJob(String[] arguments) {
    if (arguments.length > 0 && OWN_WORDS.contains(arguments[0])) {
      return arguments;
    }
    List<String> search = new ArrayList<>(List.of(arguments));
    search.addFirst("search");
    return search.toArray(String[]::new);
  }

  private static int wrongUse(CommandLine.ParameterException wrong, PrintStream errors) {
    String sentence = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong use");
    errors.println("aeon: " + sentence + " (see 'aeon search --help')");
    return WRONG_USE;
  }

  private static int failed(Exception failure, PrintStream errors) {
    errors.println("aeon: " + sentence(failure));
    return FAILED;
  }

  private static String sentence(Exception failure) {
    return failure instanceof FleetException || failure instanceof AgentRefusal
        ? String.valueOf(failure.getMessage())
        : "unexpected: " + failure + ".";
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
