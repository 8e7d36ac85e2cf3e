package dev.aeon.slabs.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes and a shader in each work on one slab at the same time. In each round each word is
 * read and written by one of the four, and by the next of them in the next round, so that a write
 * that one of them does not see spoils the word for good.
 */
@Tag("driver")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TwoProcessesAndShadersTest {
  private static final int WORDS = 1 << 16;
  private static final int PARTIES = 4;
  private static final int ROUNDS = 40;

  private final SlabDevice device = SlabDevice.open();

  @Test
  void oneSlab_workedOnByTwoProcessesAndTheirShaders_holdsEveryElement() throws Exception {
    try (device) {
      assumeTrue(device.kinds().contains(SlabKind.SHARED_VULKAN), "no host pages are imported");
      Slab slab = device.allocateShared("aeon-two-processes", WORDS * 4L);
      assertThat(slab.kind()).isEqualTo(SlabKind.SHARED_VULKAN);
      for (int at = 0; at < WORDS; at++) {
        slab.segment().setAtIndex(ValueLayout.JAVA_INT, at, at);
      }
      Process process = startPartner(slab.ticket());
      try (MixShader shader = new MixShader(device);
          BufferedReader answers = process.inputReader(UTF_8);
          Writer requests = process.outputWriter(UTF_8)) {
        assertThat(answers.readLine()).isEqualTo("SHARED_VULKAN");
        for (int round = 0; round < ROUNDS; round++) {
          ask(requests, step("host", 0, round), step("device", 1, round));
          MixShader.mix(slab.segment(), first(2, round), PARTIES, WORDS / PARTIES, round);
          shader.run(slab, 0, slab.byteSize(), first(3, round), PARTIES, WORDS / PARTIES, round);
          assertThat(answers.readLine()).isEqualTo("done");
          assertThat(answers.readLine()).isEqualTo("done");
        }
        ask(requests, "check %d %d".formatted(WORDS, ROUNDS));
        assertThat(answers.readLine()).as("as the partner sees it").isEmpty();
        MemorySegment words = slab.segment();
        assertThat(MixShader.difference(words, WORDS, ROUNDS)).as("as we see it").isEmpty();
        ask(requests, "end");
        assertThat(answers.readLine())
            .as("what the partner's validation layer said")
            .isEqualTo("[]");
        assertThat(process.waitFor()).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
    assertThat(device.vulkan().orElseThrow().validationMessages()).isEmpty();
  }

  private static String step(String who, int party, int round) {
    return "%s %d %d %d %d".formatted(who, first(party, round), PARTIES, WORDS / PARTIES, round);
  }

  private static int first(int party, int round) {
    return Math.floorMod(party - round, PARTIES);
  }

  private static void ask(Writer requests, String... lines) throws IOException {
    for (String line : lines) {
      requests.write(line + "\n");
    }
    requests.flush();
  }

  private static Process startPartner(SlabTicket ticket) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=deny",
            "-Daeon.vulkan.validation=true",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SlabPartner.class.getName(),
            ticket.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
