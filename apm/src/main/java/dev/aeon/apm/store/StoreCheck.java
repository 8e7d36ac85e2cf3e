package dev.aeon.apm.store;

import dev.aeon.apm.fsck.Examination;
import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.internal.files.Leftovers;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      for (Path path : Directories.list(apmDirectory.resolve(folder), "*")) {
        String name = path.getFileName().toString();
        if (!AgentId.isLegal(name) || !Files.isDirectory(path)) {
          examination.found(path, "not an agent's directory");
        } else if (!isRunning.test(new AgentId(name))) {
          check.examineOrTell(path);
        }
      }
    }
  }

  /** Files of one agent that cannot be examined do not hide the others'. */
  private void examineOrTell(Path directory) {
    try {
      examine(directory);
    } catch (IOException | StoreException e) {
      examination.found(directory, "cannot be examined: cause=" + e);
    }
  }

  private void examine(Path directory) throws IOException {
    Leftovers.examine(directory, examination);
    for (Path file : Directories.list(directory, "*.ndjson")) {
      examine(file, StoreCheck::isObject);
    }
    for (Path file : Directories.list(directory.resolve("processed"), "*.log")) {
      examine(file, line -> line.split(" ", -1).length == 4);
    }
  }

  private void examine(Path file, Predicate<String> isEntry) throws IOException {
    long torn = LineLog.tornByteSize(file);
    if (torn > 0) {
      examination.found(
          file, "torn end: byteSize=" + torn, () -> LineLog.cutTornTail(Storage.REAL, file));
    }
    LineLog.read(
        file,
        new LineLog.Reader() {
          private long number;

          @Override
          public void read(String line, long byteOffset) {
            number++;
            if (!isEntry.test(line)) {
              examination.found(file, "not an entry, left out: line=" + number);
            }
          }

          @Override
          public void tooLong(long byteOffset, long byteSize) {
            number++;
            examination.found(file, "too long, left out: line=" + number + " byteSize=" + byteSize);
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
}
