package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the pages and the help show as typed can be typed, and answers as they show. */
@Timeout(300)
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of(System.getProperty("aeon.root"));
  private static final Pattern TYPED = Pattern.compile("^(?:\\$ )?apm (.*)$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir Path folder;

  static Stream<String> commands() throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(Files.readString(ROOT.resolve("README.md")));
    try (var pages = Files.newDirectoryStream(ROOT.resolve("docs/apm"), "*.md")) {
      for (Path page : pages) {
        texts.add(Files.readString(page));
      }
    }
    ApmCommand.newCommandLine()
        .getSubcommands()
        .values()
        .forEach(command -> texts.addAll(examples(command)));
    return texts.stream()
        .flatMap(text -> TYPED.matcher(text).results())
        .map(found -> found.group(1))
        .distinct();
  }

  /** Of the help: two lines where the first ends with a backslash. */
  private static List<String> examples(CommandLine command) {
    String footer = String.join("\n", command.getCommandSpec().usageMessage().footer());
    return List.of(footer.replace("\\\n", " ").indent(-2));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_asItIsShown_canBeTyped(String typed) {
    String[] words = words(typed);
    CommandLine.ParseResult parsed = ApmCommand.newCommandLine(words).parseArgs(words);
    assertThat(parsed.hasSubcommand()).isTrue();
  }

  @Test
  void pictureOfATrace_onThePage_isWhatTheCommandDraws() throws IOException {
    assertThat(shown("apm trace req_t1"))
        .isEqualTo(Scene.ofATask(folder).apm("trace", "req_t1").out().strip());
  }

  @Test
  void findings_onThePage_areWhatTheCommandFinds() throws IOException {
    Scene scene = Scene.ofATask(folder);
    Path file = folder.resolve("channels/manager_001_to_impl_001/messages.ndjson");
    Files.writeString(file, "x".repeat(214), StandardOpenOption.APPEND);
    String channels = folder.toRealPath().resolve("channels").toString();
    assertThat(shown("apm fsck -repair"))
        .isEqualTo(scene.apm("fsck", "-repair").out().replace(channels, "…").strip());
  }

  @Test
  void commandsThatLook_inTheirOrder_answer() throws IOException {
    Scene scene = Scene.ofATask(folder);
    scene.apm("init", "-agent", "impl_001:Implementation");
    scene.says(Samples.MANAGER, Samples.WORKER, "req_task_3_1", Samples.assignment("task_3_1"));
    for (String typed : commands().filter(DocumentedCommandsTest::isLook).toList()) {
      CommandRun run = scene.apm(words(typed));
      assertThat(run.exitCode()).as(typed + "\n" + run.err()).isIn(0, 1);
      assertThat(run.err()).as(typed).doesNotContain("Usage:");
    }
  }

  private static boolean isLook(String typed) {
    return Stream.of("tail", "trace", "stats", "agents", "fsck", "dlq -agent")
            .anyMatch(typed::startsWith)
        && Stream.of("-follow", "-bus", "agents add", "agents remove").noneMatch(typed::contains);
  }

  /** What the page shows below a command. */
  private static String shown(String command) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/apm/cli.md"));
    String after = page.substring(page.indexOf("$ " + command + "\n") + command.length() + 3);
    return after.substring(0, after.indexOf("```")).strip();
  }

  /** As a shell splits a line; what goes to other commands or files is left out. */
  private static String[] words(String typed) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(typed);
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      if (word.group(1) == null && Arrays.asList("|", ">", "#", "&").contains(text)) {
        break;
      }
      words.add(text);
    }
    return words.toArray(String[]::new);
  }
}
