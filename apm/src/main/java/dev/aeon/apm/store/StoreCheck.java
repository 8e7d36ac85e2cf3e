package dev.aeon.apm.store;

import dev.aeon.apm.fsck.Examination;
import dev.aeon.apm.internal.files.Leftovers;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Examines what agents keep below {@code state} and {@code dlq}: half lines that a crash left, and
 * lines that are no entries. The files of agents that run are left to them.
 */
public final class StoreCheck {
  private final Examination examination;

  private StoreCheck(Examination examination) {
    this.examination = examination;
  }

  /**
   * Examines the files of all agents but those that run.
   *
   * @param isRunning whether somebody writes an agent's files
   */
  public static void run(Path apmDirectory, Predicate<AgentId> isRunning, Examination examination)
      throws IOException {
    StoreCheck check = new StoreCheck(examination);
    for (String folder : List.of("state", "dlq")) {
      for (Path path : list(apmDirectory.resolve(folder), "*")) {
        String name = path.getFileName().toString();
        if (!AgentId.isLegal(name) || !Files.isDirectory(path)) {
          examination.found(path, "not an agent's directory");
        } else if (!isRunning.test(new AgentId(name))) {
          check.examine(path);
        }
      }
    }
  }

  private void examine(Path directory) throws IOException {
    Leftovers.examine(directory, examination);
    for (Path file : list(directory, "*.ndjson")) {
      examine(file, StoreCheck::isObject);
    }
    for (Path file : list(directory.resolve("processed"), "*.log")) {
      examine(file, line -> line.split(" ", -1).length == 4);
    }
  }

  private void examine(Path file, Predicate<String> isEntry) throws IOException {
    long torn = LineLog.tornByteSize(file);
    if (torn > 0) {
      examination.found(file, "torn end: byteSize=" + torn, () -> LineLog.cutTornTail(file));
    }
    AtomicLong number = new AtomicLong();
    LineLog.read(
        file,
        line -> {
          long at = number.incrementAndGet();
          if (!isEntry.test(line)) {
            examination.found(file, "not an entry, left out: line=" + at);
          }
        });
  }

  private static boolean isObject(String line) {
    try {
      return JsonObject.parseBuilt(line.getBytes(StandardCharsets.UTF_8)).depth() > 0;
    } catch (InvalidMessageException _) {
      return false;
    }
  }

  private static List<Path> list(Path directory, String glob) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
      found.forEach(paths::add);
    } catch (NoSuchFileException _) {
      return List.of();
    }
    paths.sort(null);
    return paths;
  }
}
