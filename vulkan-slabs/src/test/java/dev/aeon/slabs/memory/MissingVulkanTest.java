package dev.aeon.slabs.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Machines without Vulkan, or with a broken one: each is a process started that way. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MissingVulkanTest {
  private static final List<String> NO_LOADER =
      List.of("-Dorg.lwjgl.vulkan.libname=libvulkan-is-not-here.so");

  @Test
  void noLoader_auto_fallsBackToHostMemoryAndSaysWhy() throws Exception {
    assertThat(describe("AUTO", NO_LOADER, Map.of()))
        .isEqualTo(
            "HOST: host memory (no Vulkan loader was found; install libvulkan1 and"
                + " mesa-vulkan-drivers)");
  }

  @Test
  void noLoader_vulkanWanted_isRefusedInOneSentence() throws Exception {
    assertThat(describe("VULKAN", NO_LOADER, Map.of()))
        .isEqualTo(
            "refused: no Vulkan loader was found; install libvulkan1 and mesa-vulkan-drivers");
  }

  @Test
  void noDriver_auto_fallsBackToHostMemoryAndSaysWhy(@TempDir Path folder) throws Exception {
    assertThat(describe("AUTO", List.of(), drivers(folder.resolve("none.json"))))
        .startsWith("HOST: host memory (")
        .containsAnyOf("found no driver", "no Vulkan loader");
  }

  @Test
  void brokenDriver_auto_fallsBackToHostMemory(@TempDir Path folder) throws Exception {
    Path library = Files.writeString(folder.resolve("broken.so"), "this is no library");
    Path manifest =
        Files.writeString(
            folder.resolve("broken.json"),
            "{\"file_format_version\":\"1.0.0\",\"ICD\":{\"library_path\":\"%s\",\"api_version\":\"1.3.0\"}}"
                .formatted(library));

    assertThat(describe("AUTO", List.of(), drivers(manifest))).startsWith("HOST: host memory (");
  }

  @Test
  void host_wanted_looksForNoVulkan() throws Exception {
    assertThat(describe("HOST", NO_LOADER, Map.of())).isEqualTo("HOST: host memory");
  }

  private static Map<String, String> drivers(Path manifest) {
    return Map.of("VK_DRIVER_FILES", manifest.toString(), "VK_ICD_FILENAMES", manifest.toString());
  }

  /** Standard output and error together: a stack trace or a warning anywhere would show. */
  private static String describe(
      String preference, List<String> flags, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command(preference, flags));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static List<String> command(String preference, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=deny");
    command.addAll(flags);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(DescribeDevice.class.getName());
    command.add(preference);
    return command;
  }
}
