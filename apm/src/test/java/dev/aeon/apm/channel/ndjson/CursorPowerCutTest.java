package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.ndjson.CursorFile.Place;
import dev.aeon.apm.internal.files.DiskStep;
import dev.aeon.apm.internal.files.PowerCuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whenever power fails, a reader's place is the one that was forced last, or a later one. */
@Timeout(300)
class CursorPowerCutTest {
  private static final String PLACE = "place";

  @TempDir Path directory;
  private final RecordingDisk disk = new RecordingDisk();
  private final Random random = new Random(7);

  @Test
  void power_isCutAfterAnyStep_placeIsNotBeforeTheForcedOneNorMadeUp() throws IOException {
    Path recorded = Files.createDirectory(directory.resolve("recorded")).resolve("reader.cur");
    long position = 0;
    for (int life = 0; life < 3; life++) {
      try (CursorFile file = CursorFile.open(recorded, disk)) {
        assertThat(file.place().position()).isEqualTo(position);
        for (int count = 0; count < 20; count++) {
          position += 1 + random.nextInt(1000);
          write(file, position);
        }
      }
    }
    Path cut = Files.createDirectory(directory.resolve("cut"));
    assertThat(PowerCuts.check(disk.steps(), cut, (root, _) -> read(root)))
        .as("cuts that took a place that was not forced")
        .isPositive();
  }

  private void write(CursorFile file, long position) throws IOException {
    Place place = new Place(position, above(position));
    disk.note(new DiskStep.Intent(PLACE, place));
    file.write(place);
    if (random.nextInt(4) == 0) {
      file.force();
      disk.note(new DiskStep.Promise(PLACE));
    }
  }

  /** Up to three sectors of messages that were settled out of order. */
  private List<Long> above(long position) {
    return LongStream.range(0, random.nextInt(200)).map(at -> position + 10 * at).boxed().toList();
  }

  private static Map<String, Object> read(Path root) throws IOException {
    Path file = root.resolve("reader.cur");
    return Files.exists(file)
        ? CursorFile.place(file)
            .<Map<String, Object>>map(place -> Map.of(PLACE, place))
            .orElse(Map.of())
        : Map.of();
  }
}
