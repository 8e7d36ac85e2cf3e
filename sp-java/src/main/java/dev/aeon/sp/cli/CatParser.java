package dev.aeon.sp.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line by nngcat's rules, and puts what is wrong with it in nngcat's words. */
final class CatParser {
  private static final Pattern AMBIGUOUS = Pattern.compile("'([^']*)' is not unique");

  private CatParser() {}

  static CommandLine newCommandLine(Console console) {
    return new CommandLine(new CatCommand(console))
        .setAbbreviatedOptionsAllowed(true)
        .setAllowOptionsAsOptionParameters(true)
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setStopAtPositional(true);
  }

  /** Says what is wrong, or prints the help that was asked for, and returns the exit code. */
  static int handle(ParameterException failure, String[] arguments, Console console) {
    if (failure.getCause() instanceof CatHelpException help) {
      console.text().print(help.getMessage());
      return help.exitCode;
    }
    console.err().println(text(failure, arguments));
    return 1;
  }

  private static String text(ParameterException failure, String[] arguments) {
    if (failure.getCause() instanceof FatalException fatal) {
      return String.valueOf(fatal.getMessage());
    }
    return switch (failure) {
      case UnmatchedArgumentException unknown ->
          "Option %s is invalid.".formatted(unknown.getUnmatched().getFirst());
      case MissingParameterException missing ->
          // Only the last argument can want for another.
          "Option %s requires argument.".formatted(arguments[arguments.length - 1]);
      default -> ambiguous(String.valueOf(failure.getMessage()));
    };
  }

  /** What picocli says of an option cut too short is: {@code '--re' is not unique: …}. */
  private static String ambiguous(String message) {
    Matcher matcher = AMBIGUOUS.matcher(message);
    return matcher.find()
        ? "Option %s is ambiguous (specify in full).".formatted(matcher.group(1))
        : message;
  }
}
