package dev.aeon.spoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.http.SpokeServer;
import dev.aeon.spoke.http.SpokeServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That what docs/spoke.md says is so. */
class DocumentExamplesTest {
  private static final Path DOCUMENT = Path.of(System.getProperty("aeon.root"), "docs/spoke.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @TempDir Path folder;

  @Test
  void firstLines_ofTheDocument_runAsTheyAre() throws IOException {
    write(
        "proto/common/types.proto",
        "syntax = \"proto3\"; package common; message Id { int32 n = 1; }");
    write(
        "proto/order/order.proto",
        "syntax = \"proto3\"; import \"common/types.proto\"; message Order { common.Id id = 1; }");
    List<String> lines = commandsOf("## Ten lines");
    assertThat(lines).hasSizeGreaterThan(4);
    try (SpokeServer server =
        SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("storage")))) {
      for (String line : lines) {
        CommandRun run = CommandRun.of(arguments(line, server.uri().toString()));
        assertThat(run.exitCode()).as(line + "\n" + run.err()).isZero();
      }
    }
    assertThat(folder.resolve("generated/order_pb2.py")).exists();
    assertThat(folder.resolve("generated/common/types_pb2.py")).exists();
  }

  @Test
  void commands_inTheTable_areThere() throws IOException {
    Set<String> documented =
        section("## Commands").stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf(" |", 2)))
            .flatMap(cell -> CODE.matcher(cell).results().map(match -> match.group(1)))
            .collect(Collectors.toSet());
    assertThat(documented).contains("push", "pull", "compile", "lint");
    assertThat(SpokeCommand.newCommandLine().getSubcommands().keySet()).containsAll(documented);
  }

  @Test
  void options_ofDocumentedCommands_exist() throws IOException {
    Pattern call = Pattern.compile("`?spoke ([a-z-]+)((?: [^`#\\n]+)?)");
    Matcher calls = call.matcher(Files.readString(DOCUMENT));
    while (calls.find()) {
      CommandLine command = SpokeCommand.newCommandLine().getSubcommands().get(calls.group(1));
      if (command != null) {
        assertThat(options(calls.group(2)))
            .as(calls.group())
            .allSatisfy(
                option -> assertThat(command.getCommandSpec().findOption(option)).isNotNull());
      }
    }
  }

  private static List<String> options(String rest) {
    return Arrays.stream(rest.split(" ", -1))
        .filter(word -> word.matches("--?[a-z][a-z-]*"))
        .toList();
  }

  private static List<String> commandsOf(String heading) throws IOException {
    return section(heading).stream().filter(line -> line.startsWith("spoke ")).toList();
  }

  /** The lines below a heading, up to the next one. */
  private static List<String> section(String heading) throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    int start = lines.indexOf(heading) + 1;
    assertThat(start).as(heading).isPositive();
    return lines.subList(start, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## "))
        .toList();
  }

  /** The line's words; its folders lie in the test's, and its registry is the test's. */
  private String[] arguments(String line, String registry) {
    List<String> words = new ArrayList<>();
    for (String word : line.replaceAll("\\s+#.*", "").split("\\s+", -1)) {
      words.add(word.startsWith("./") ? folder.resolve(word).normalize().toString() : word);
    }
    words.removeFirst();
    if (!List.of("validate", "compile").contains(words.getFirst())) {
      words.addAll(List.of("-registry", registry));
    }
    return words.toArray(String[]::new);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
