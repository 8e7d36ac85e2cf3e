package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writer and a reader of one channel again and again, while the channel rotates and deletes
 * what is read, and a relay comes and goes beside it: nothing durable is lost, nothing comes twice
 * in one life of the reader, and no line comes torn.
 */
@Timeout(600)
class KilledAgentsTest {
  private static final long SECONDS = Long.getLong("aeon.kill.seconds", 60);

  private static final long SEED = Long.getLong("aeon.seed", System.nanoTime());
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path directory;
  private final Random random = new Random(SEED);
  private final Set<String> durable = new HashSet<>();
  private final Set<String> handled = new HashSet<>();
  private Set<String> handledInThisLife = new HashSet<>();
  private int writerKills;
  private int readerKills;
  private int repeated;

  @Test
  void kill_anyEndAtAnyMoment_losesAndTearsNothing() throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    ChildProcess writer = start(KilledWriter.class);
    ChildProcess reader = start(KilledReader.class);
    try {
      while (System.nanoTime() < endNanos || writerKills == 0 || readerKills == 0) {
        observe(writer, reader, 100 + random.nextInt(1200));
        if (random.nextBoolean()) {
          writer = replaceWriter(writer);
        } else {
          reader = replaceReader(reader);
        }
      }
      writer.kill();
      drain(writer, durable);
      awaitEverything(reader);
    } finally {
      writer.close();
      reader.close();
    }
    assertThat(complaints()).as("seed=" + SEED).isEmpty();
    System.out.printf(
        "killed %d writers and %d readers: %d durable, %d handled, %d again after a kill%n",
        writerKills, readerKills, durable.size(), handled.size(), repeated);
  }

  /** What the killed ones and their followers said on the way, less that nobody takes their log. */
  private List<String> complaints() throws IOException {
    return Files.readAllLines(directory.resolve("error")).stream()
        .filter(line -> !line.startsWith("SLF4J(W)"))
        .toList();
  }

  /** Lets both work until so many more messages are durable and as many more handled. */
  private void observe(ChildProcess writer, ChildProcess reader, int count) throws Exception {
    for (int index = 0; index < count; index++) {
      durable.add(next(writer));
      handle(next(reader));
    }
  }

  private String next(ChildProcess process) throws Exception {
    String line = process.next(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(line)
        .as("seed=%d error=%s", SEED, Files.readString(directory.resolve("error")))
        .isNotNull();
    return line;
  }

  private void handle(String id) {
    assertThat(id).as("seed=" + SEED).doesNotStartWith(KilledReader.TORN);
    assertThat(handledInThisLife.add(id)).as("twice in one life, seed=%d: %s", SEED, id).isTrue();
    if (!handled.add(id)) {
      repeated++;
    }
  }

  private ChildProcess replaceWriter(ChildProcess writer) throws Exception {
    writer.kill();
    drain(writer, durable);
    writerKills++;
    return start(KilledWriter.class);
  }

  private ChildProcess replaceReader(ChildProcess reader) throws Exception {
    reader.kill();
    for (String id = reader.next(0, TimeUnit.SECONDS);
        id != null;
        id = reader.next(0, TimeUnit.SECONDS)) {
      handle(id);
    }
    readerKills++;
    handledInThisLife = new HashSet<>();
    return start(KilledReader.class);
  }

  /** Each life with a relay or by files alone, as it comes. */
  private ChildProcess start(Class<?> main) throws IOException {
    String way = random.nextBoolean() ? KilledWriter.WITH_RELAY : "files";
    return new ChildProcess(main, directory, way);
  }

  private static void drain(ChildProcess process, Set<String> ids) throws InterruptedException {
    for (String id = process.next(0, TimeUnit.SECONDS);
        id != null;
        id = process.next(0, TimeUnit.SECONDS)) {
      ids.add(id);
    }
  }

  private void awaitEverything(ChildProcess reader) throws Exception {
    Set<String> missing = new HashSet<>(durable);
    missing.removeAll(handled);
    while (!missing.isEmpty()) {
      String id = reader.next(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(id).as("lost, seed=%d: %s", SEED, missing).isNotNull();
      handle(id);
      missing.remove(id);
    }
  }
}
