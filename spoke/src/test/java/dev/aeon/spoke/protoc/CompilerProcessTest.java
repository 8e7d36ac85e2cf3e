package dev.aeon.spoke.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell that starts compilers tells of them. */
class CompilerProcessTest {
  private static final Limits LIMITS = new Limits(Duration.ofMinutes(1), 4L << 30, 1L << 30);

  @TempDir Path folder;
  private Path started;

  @BeforeEach
  void makePipe() throws Exception {
    started = folder.resolve("started");
    assertThat(new ProcessBuilder("mkfifo", started.toString()).start().waitFor()).isZero();
  }

  @Test
  void run_thatEnds_tellsItsStatus() throws IOException {
    try (CompilerProcess process = CompilerProcess.start(script("exit 7"), folder)) {
      assertThat(process.run(List.of(), LIMITS)).hasValue(new CompilerProcess.Run(7, ""));
    }
  }

  @Test
  void run_always_hasItsOwnLimits() throws IOException {
    Path compiler = script("ulimit -t; ulimit -v; ulimit -f; ulimit -c");
    try (CompilerProcess process = CompilerProcess.start(compiler, folder)) {
      assertThat(process.run(List.of(), new Limits(Duration.ofSeconds(7), 64L << 20, 1L << 20)))
          .hasValue(new CompilerProcess.Run(0, "7\n65536\n2048\n0\n"));
      assertThat(process.run(List.of(), LIMITS))
          .hasValue(new CompilerProcess.Run(0, "60\n4194304\n2097152\n0\n"));
    }
  }

  @Test
  void process_afterManyRuns_isNotUsedAgain() throws IOException {
    try (CompilerProcess process = CompilerProcess.start(Path.of("/bin/true"), folder)) {
      int count = 0;
      while (process.isUsable()) {
        assertThat(process.run(List.of(), LIMITS)).isPresent();
        count++;
      }
      assertThat(count).isEqualTo(1_000);
    }
  }

  /** Its children are ended after it and before its shell, which has the time to tell of it. */
  @Test
  void run_closedWhileItHasManyChildren_tellsNoStatusOfTheEndedCompiler() throws Exception {
    Path compiler =
        script("for child in $(seq 100); do sleep 600 & done; echo >" + started + "; wait");
    CompilerProcess process = CompilerProcess.start(compiler, folder);
    CompletableFuture<Optional<CompilerProcess.Run>> run =
        CompletableFuture.supplyAsync(() -> run(process));
    assertThat(Files.readString(started)).isNotEmpty();
    process.close();
    assertThat(run).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(Optional.empty());
  }

  private static Optional<CompilerProcess.Run> run(CompilerProcess process) {
    try {
      return process.run(List.of(), LIMITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path script(String text) throws IOException {
    Path script = folder.resolve("compiler");
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Platform.makeExecutable(script);
    return script;
  }
}
