package dev.aeon.spoke.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.format.SchemaFormatter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "format",
    description = {
      "Tells which .proto files are not in the one style; with -write puts them into it, with -diff"
          + " shows what that would change.",
      "With - as its path it formats standard input to standard output."
    },
    footer = {
      "",
      "Exit codes: 0 all are in the style now, 1 the request failed, 100 some are not."
    })
final class FormatCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final int CONTEXT_LINES = 3;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "files, and folders that are searched for them (default: the working folder)")
  private List<String> paths = List.of(".");

  @Option(
      names = {"-write", "--write", "-w"},
      description = "rewrite the files that are not in the style")
  private boolean isWriting;

  @Option(
      names = {"-diff", "--diff", "-d"},
      description = "show what would change, as a patch")
  private boolean isDiff;

  /** The answer in JSON. */
  record Formatted(int fileCount, boolean areWritten, List<String> different) {}

  @Override
  public Integer call() throws IOException {
    if (paths.equals(List.of(STANDARD_INPUT))) {
      return formatInput(System.in);
    }
    List<Path> files = files();
    List<Path> different = files.parallelStream().filter(this::isDifferent).toList();
    print(files.size(), different.stream().map(Path::toString).toList());
    if (isDiff && !isWriting && !output.isJson()) {
      different.forEach(this::printPatch);
    }
    return different.isEmpty() || isWriting ? 0 : CheckOptions.FOUND;
  }

  private int formatInput(InputStream in) throws IOException {
    String text = SchemaFormatter.format("standard input", decode("-", in.readAllBytes()));
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void print(int fileCount, List<String> different) {
    if (output.isJson()) {
      output.print(new Formatted(fileCount, isWriting, different), "");
      return;
    }
    if (!isDiff || isWriting) {
      different.forEach(file -> output.print("", (isWriting ? "formatted " : "") + file));
    }
  }

  private void printPatch(Path file) {
    List<String> text = read(file).lines().toList();
    List<String> formatted = SchemaFormatter.format(file.toString(), read(file)).lines().toList();
    UnifiedDiffUtils.generateUnifiedDiff(
            "a/" + file, "b/" + file, text, DiffUtils.diff(text, formatted), CONTEXT_LINES)
        .forEach(line -> output.print("", line));
  }

  private List<Path> files() {
    return paths.stream().map(Path::of).flatMap(path -> files(path).stream()).distinct().toList();
  }

  private static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> found = Files.walk(path)) {
      return found.filter(FormatCommand::isProto).sorted().toList();
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "no such file or folder, path=" + path, e);
    }
  }

  private static boolean isProto(Path file) {
    return file.toString().endsWith(".proto")
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private boolean isDifferent(Path file) {
    try {
      String text = read(file);
      String formatted = SchemaFormatter.format(file.toString(), text);
      if (isWriting && !formatted.equals(text)) {
        replace(file, formatted);
      }
      return !formatted.equals(text);
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "cannot read or write, file=" + file, e);
    }
  }

  private static String read(Path file) {
    try {
      return decode(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new SpokeException(SpokeException.Code.INVALID_REQUEST, "cannot read, file=" + file, e);
    }
  }

  private static String decode(String file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA, "not UTF-8 text, file=" + file, e);
    }
  }

  /** A crash leaves the old text or the new one, never half of it. */
  private static void replace(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".spoke-format");
    try {
      Files.copy(
          file, draft, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
