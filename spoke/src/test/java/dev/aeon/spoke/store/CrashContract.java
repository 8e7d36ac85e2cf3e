package dev.aeon.spoke.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Kills processes that publish, at random, and looks at what they leave. More lives by {@code
 * -Daeon.spoke.lives}, other moments by {@code -Daeon.spoke.seed}.
 */
abstract class CrashContract {
  private static final int LIVES = Integer.getInteger("aeon.spoke.lives", 3);
  private static final long SEED = Long.getLong("aeon.spoke.seed", System.nanoTime());

  private final Map<Dependency, String> acknowledged = new HashMap<>();

  /** Where the store is, as {@link CrashVictim#open} reads it. */
  abstract List<String> location();

  /** Checks that the medium holds so many versions, and no half ones. */
  abstract void checkMedium(String when, long versions) throws IOException;

  @Test
  void store_whoseWriterIsKilled_hasEverythingThatWasAcknowledged() throws Exception {
    Random random = new Random(SEED);
    for (int life = 1; life <= LIVES; life++) {
      liveAndDie(life, random.nextInt(1, 60));
      checkWhatIsLeft("seed=" + SEED + " life=" + life);
    }
  }

  private void liveAndDie(int life, int publications) throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(command(life)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = victim.inputReader();
    for (int i = 0; i < publications; i++) {
      acknowledge(out.readLine());
    }
    victim.destroyForcibly().waitFor();
  }

  private List<String> command(int life) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey")) {
      command.add("-D" + name + "=" + System.getProperty(name, ""));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrashVictim.class.getName(), Integer.toString(life)));
    command.addAll(location());
    return command;
  }

  private void acknowledge(String line) {
    assertThat(line).as("what the process says").isNotNull();
    int blank = line.indexOf(' ');
    acknowledged.put(Dependency.parse(line.substring(0, blank)), line.substring(blank + 1));
  }

  private void checkWhatIsLeft(String when) throws IOException {
    try (SchemaStore store = CrashVictim.open(location())) {
      acknowledged.forEach((version, digest) -> {
        ModuleVersion found = store.find(version.module(), version.version()).orElseThrow();
        assertThat(found.digest().value()).as(when).isEqualTo(digest);
      });
      List<Change> changes = store.changes(0, Integer.MAX_VALUE);
      assertThat(changes)
          .as(when)
          .extracting(Change::sequence)
          .isEqualTo(LongStream.rangeClosed(1, changes.size()).boxed().toList());
      assertThat(changes).as(when).allSatisfy(change -> isWhole(store, change));
      checkMedium(when, changes.size());
    }
  }

  private static void isWhole(SchemaStore store, Change change) {
    ModuleVersion version = store.find(change.module(), change.version()).orElseThrow();
    assertThat(version.digest()).isEqualTo(change.digest());
    assertThat(store.descriptors(change.module(), change.version())).isPresent();
  }
}
