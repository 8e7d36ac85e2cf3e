package dev.aeon.spoke.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store's processes have of their own, and what they leave each other. */
class WorkFolderTest {
  private static final int OPENERS = 4;
  private static final int ROUNDS = 100;

  @TempDir Path parent;

  @Test
  void open_whereALockIsGoneOnceItIsLookedAt_goesOn() throws IOException {
    Files.createSymbolicLink(parent.resolve("gone.lock"), parent.resolve("nothing"));
    try (WorkFolder work = WorkFolder.open(parent, (_, _) -> {})) {
      assertThat(work.folder()).isDirectory();
    }
  }

  @Test
  void open_whileOthersOpenAndClose_givesEachAFolderAndLeavesNone() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(OPENERS)) {
      List<Future<?>> openers = new ArrayList<>();
      for (int i = 0; i < OPENERS; i++) {
        openers.add(threads.submit(this::openAndCloseManyTimes));
      }
      for (Future<?> opener : openers) {
        opener.get();
      }
    }
    assertThat(parent).isEmptyDirectory();
  }

  private Void openAndCloseManyTimes() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      try (WorkFolder work = WorkFolder.open(parent, (_, _) -> {})) {
        assertThat(work.folder()).isEmptyDirectory();
      }
    }
    return null;
  }

  @Test
  void open_whereAFolderHasALockThatNobodyHolds_salvagesAndRemovesIt() throws IOException {
    Files.createFile(parent.resolve("dead.lock"));
    Files.writeString(Files.createDirectory(parent.resolve("dead")).resolve("left"), "text");
    try (WorkFolder work =
        WorkFolder.open(
            parent,
            (abandoned, folder) ->
                Files.move(abandoned.resolve("left"), folder.resolve("taken")))) {
      assertThat(work.folder().resolve("taken")).hasContent("text");
      assertThat(parent.resolve("dead")).doesNotExist();
      assertThat(parent.resolve("dead.lock")).doesNotExist();
    }
  }
}
