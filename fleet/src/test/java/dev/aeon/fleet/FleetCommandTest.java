package dev.aeon.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetCommandTest {
  @TempDir Path folder;

  private static void assertOneSentence(Commands.Result result, String part) {
    assertThat(result.exitCode()).as(result.err()).isNotZero();
    assertThat(result.err().lines().filter(line -> !isProgress(line)))
        .singleElement()
        .asString()
        .startsWith("aeon: ")
        .contains(part);
    assertNoTrace(result);
  }

  private static boolean isProgress(String line) {
    return line.endsWith(" …") || line.endsWith(" s");
  }

  private static void assertNoTrace(Commands.Result result) {
    assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "--agents 0, --agents must be 1 to 64",
    "--agents many, many",
    "--top 0, --top must be",
    "--memory 0, --memory must be",
    "--nonsense, nonsense",
    "--device toaster, toaster",
    "--docs /does/not/exist, there is no folder /does/not/exist",
    "--docs /etc/hostname, /etc/hostname is no folder",
    "'--query ', the query is empty",
    "--query !!!, holds no word",
    "--query, --query",
  })
  void search_wrongUse_saysItInOneSentence(String arguments, String part) throws Exception {
    assertOneSentence(Commands.run(("search " + arguments).split(" ", -1)), part);
  }

  @Test
  void search_emptyFolder_saysSo() throws Exception {
    assertOneSentence(Commands.run("--docs", folder.toString()), "there are no files");
  }

  @Test
  void search_noTextInFolder_saysSo() throws Exception {
    Files.write(folder.resolve("image"), new byte[] {1, 0, 2});
    assertOneSentence(Commands.run("--docs", folder.toString(), "--device", "host"), "holds text");
  }

  @Test
  void search_noWritePermission_saysSo() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "text");
    Commands.Result result =
        Commands.run(List.of("-Djava.io.tmpdir=/proc/self"), Map.of(), "--docs", folder.toString());
    assertOneSentence(result, "no write permission");
  }

  @Test
  void search_noVulkanDriver_saysSoWhereItIsAskedForAndDoesWithoutElsewhere() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "some text about zebras");
    Map<String, String> noDriver =
        Map.of("VK_DRIVER_FILES", "/nonexistent.json", "VK_ICD_FILENAMES", "/nonexistent.json");
    String docs = folder.toString();
    assertOneSentence(
        Commands.run(
            List.of(), noDriver, "--docs", docs, "--query", "zebras", "--device", "vulkan"),
        "Vulkan");
    Commands.Result automatic =
        Commands.run(List.of(), noDriver, "--docs", docs, "--query", "zebras");
    assertThat(automatic.exitCode()).as(automatic.err()).isZero();
    assertThat(automatic.out()).contains("a.txt:1").containsIgnoringCase("host memory");
    assertNoTrace(automatic);
  }

  @Test
  void search_badFiles_skipsAndCountsThem() throws Exception {
    Files.writeString(folder.resolve("good.txt"), "zebra crossing\n");
    Files.write(folder.resolve("binary"), new byte[] {'z', 0});
    Files.write(folder.resolve("latin"), "Größe zebra".getBytes(StandardCharsets.ISO_8859_1));
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("huge").toFile(), "rw")) {
      huge.setLength(1L << 30);
    }
    Commands.Result result = Commands.run("--docs", folder.toString(), "--query", "zebra");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("1. good.txt:1")
        .contains("1 read")
        .contains("2 binary, 1 too large, 0 unreadable, 1 links");
    assertNoTrace(result);
  }

  @Test
  void search_unreadableFile_skipsAndCountsIt() throws Exception {
    Files.writeString(folder.resolve("good.txt"), "zebra crossing\n");
    Path secret = Files.writeString(folder.resolve("secret.txt"), "zebra\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(secret), "root may read everything");
    Commands.Result result = Commands.run("--docs", folder.toString(), "--query", "zebra");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("1 unreadable");
  }

  @Test
  void help_and_version_exitWithZero() throws Exception {
    Commands.Result help = Commands.run("search", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("--docs", "--agents", "--query", "--interactive");
    assertThat(Commands.run("--version").out()).startsWith("aeon ");
  }
}
