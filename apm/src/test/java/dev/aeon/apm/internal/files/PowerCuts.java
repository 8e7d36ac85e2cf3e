package dev.aeon.apm.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Loses power after every step of a record, with sectors of 512 bytes and names lost where nothing
 * forced them, and looks at what is left: each thing is what it was promised to be, or something
 * that it was intended to be after that.
 */
public final class PowerCuts {
  /** Stands for what is not there. */
  public static final Object NOTHING = "nothing";

  private static final int CUTS_PER_STEP = Integer.getInteger("aeon.powercuts", 2);
  private static final long SEED = Long.getLong("aeon.seed", 20_251_112);

  /** Opens what is left and says what each thing is. */
  @FunctionalInterface
  public interface Reader {
    /** What {@code things} are below {@code root}; those that are not there may be left out. */
    Map<String, Object> read(Path root, Set<String> things) throws IOException;
  }

  private PowerCuts() {}

  /** How many cuts left something other than what was intended last: the harness does lose. */
  public static int check(List<DiskStep> steps, Path scratch, Reader reader) throws IOException {
    Random random = new Random(SEED);
    int losses = 0;
    for (int count = 0; count <= steps.size(); count++) {
      List<DiskStep> done = steps.subList(0, count);
      Map<String, Set<Object>> allowed = new HashMap<>();
      Map<String, Object> intended = new HashMap<>();
      done.forEach(step -> follow(step, allowed, intended));
      for (int cut = 0; cut < CUTS_PER_STEP; cut++) {
        Path root = Files.createDirectory(scratch.resolve(count + "-" + cut));
        new PowerCut(done, random).leaveIn(root);
        Map<String, Object> left = reader.read(root, allowed.keySet());
        allowed.forEach((what, values) ->
            assertThat(values)
                .as("seed=%d steps=%d what=%s", SEED, done.size(), what)
                .contains(left.getOrDefault(what, NOTHING)));
        losses +=
            intended.entrySet().stream()
                    .allMatch(e -> e.getValue().equals(left.getOrDefault(e.getKey(), NOTHING)))
                ? 0
                : 1;
      }
    }
    return losses;
  }

  private static void follow(
      DiskStep step, Map<String, Set<Object>> allowed, Map<String, Object> intended) {
    switch (step) {
      case DiskStep.Intent(String what, Object value) -> {
        allowed.computeIfAbsent(what, _ -> new HashSet<>(Set.of(NOTHING))).add(value);
        intended.put(what, value);
      }
      case DiskStep.Promise(String what) ->
          allowed.put(what, new HashSet<>(Set.of(intended.get(what))));
      default -> {}
    }
  }
}
