package dev.aeon.spoke.protoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job may not do to the machine it runs on. */
class LimitsTest {
  private static final Limits AMPLE = new Limits(Duration.ofMinutes(1), 4L << 30, 1L << 30);

  @TempDir Path folder;
  private Protoc protoc;

  @BeforeEach
  void open() throws IOException {
    protoc = Protoc.open();
    StringBuilder text = new StringBuilder("syntax = \"proto3\";\n");
    for (int i = 0; i < 5_000; i++) {
      text.append("message Message").append(i).append(" { string name = 1; }\n");
    }
    Files.writeString(folder.resolve("large.proto"), text);
  }

  @AfterEach
  void close() {
    protoc.close();
  }

  @Test
  void run_withinItsLimits_succeeds() {
    assertThat(run(AMPLE).succeeded()).isTrue();
    assertThat(folder.resolve("large_pb2.py")).exists();
  }

  @Test
  void run_beyondItsMemory_isEnded() {
    assertRefused(new Limits(Duration.ofMinutes(1), 24L << 20, 1L << 30));
  }

  @Test
  void run_beyondTheSizeOfAFile_isEnded() {
    assertRefused(new Limits(Duration.ofMinutes(1), 4L << 30, 4096));
  }

  @Test
  void run_beyondItsTime_isEnded() throws IOException {
    // Of other tests, which keep a compiler or a database for those after them.
    Set<ProcessHandle> before =
        ProcessHandle.current().descendants().collect(Collectors.toUnmodifiableSet());
    Path sleeper = folder.resolve("sleeper");
    Files.writeString(sleeper, "#!/bin/sh\nread -r nothing\nsleep 600\n");
    Platform.makeExecutable(sleeper);
    List<String> arguments =
        List.of(
            "--proto_path=" + folder,
            "--plugin=protoc-gen-slow=" + sleeper,
            "--slow_out=" + folder,
            "large.proto");
    assertThatThrownBy(
            () -> protoc.run(arguments, new Limits(Duration.ofSeconds(2), 4L << 30, 1L << 30)))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> assertThat(e.code()).isEqualTo(SpokeException.Code.LIMIT_EXCEEDED))
        .hasMessageContaining("PT2S");
    assertThat(ProcessHandle.current().descendants())
        .filteredOn(process -> !before.contains(process))
        .allSatisfy(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofMinutes(1)));
  }

  @Test
  void run_whileTheCompilerIsClosed_isToldThatItWasEnded() throws Exception {
    Path started = folder.resolve("started");
    assertThat(new ProcessBuilder("mkfifo", started.toString()).start().waitFor()).isZero();
    Path sleeper = folder.resolve("sleeper");
    Files.writeString(sleeper, "#!/bin/sh\necho >" + started + "\nread -r nothing\nsleep 600\n");
    Platform.makeExecutable(sleeper);
    List<String> arguments =
        List.of(
            "--proto_path=" + folder,
            "--plugin=protoc-gen-slow=" + sleeper,
            "--slow_out=" + folder,
            "large.proto");
    CompletableFuture<Protoc.Result> run =
        CompletableFuture.supplyAsync(() -> protoc.run(arguments, AMPLE));
    assertThat(Files.readString(started)).isNotEmpty();
    protoc.close();
    assertThat(run)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(SpokeException.class)
        .withMessageContaining("ended from outside");
  }

  @Test
  void runs_moreThanMayRunAtOnce_allEnd() {
    List<CompletableFuture<Protoc.Result>> runs =
        IntStream.range(0, 40)
            .mapToObj(number -> folder.resolve("out" + number))
            .map(output ->
                CompletableFuture.supplyAsync(() ->
                    protoc.run(
                        List.of(
                            "--proto_path=" + folder,
                            "--descriptor_set_out=" + output,
                            "large.proto"),
                        AMPLE)))
            .toList();
    assertThat(runs).allSatisfy(run -> assertThat(run.join().succeeded()).isTrue());
  }

  @Test
  void plugin_thatNamesAFileOutside_writesNothing() throws IOException {
    Path plugin = folder.resolve("escaper");
    // A response with one file, ../escape.txt.
    Files.writeString(
        plugin,
        "#!/bin/sh\ncat >/dev/null\nprintf '\\172\\022\\012\\015../escape.txt\\172\\001x'\n");
    Platform.makeExecutable(plugin);
    Path output = Files.createDirectories(folder.resolve("in/output"));
    Protoc.Result result =
        protoc.run(
            List.of(
                "--proto_path=" + folder,
                "--plugin=protoc-gen-escape=" + plugin,
                "--escape_out=" + output,
                "large.proto"),
            AMPLE);
    assertThat(result.succeeded()).isFalse();
    assertThat(folder.resolve("in/escape.txt")).doesNotExist();
    assertThat(result.messages()).contains("relative path");
  }

  @Test
  void environment_ofThisProcess_isNotThePluginsToSee() throws IOException {
    Path plugin = folder.resolve("teller");
    Files.writeString(plugin, "#!/bin/sh\ncat >/dev/null\n/usr/bin/env >&2\nexit 1\n");
    Platform.makeExecutable(plugin);
    Protoc.Result result =
        protoc.run(
            List.of(
                "--proto_path=" + folder,
                "--plugin=protoc-gen-tell=" + plugin,
                "--tell_out=" + folder,
                "large.proto"),
            AMPLE);
    assertThat(result.messages()).contains("PWD=").doesNotContain("HOME=", "PATH=");
  }

  private Protoc.Result run(Limits limits) {
    return protoc.run(
        List.of("--proto_path=" + folder, "--python_out=" + folder, "large.proto"), limits);
  }

  private void assertRefused(Limits limits) {
    assertThatThrownBy(() -> run(limits))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> assertThat(e.code()).isEqualTo(SpokeException.Code.LIMIT_EXCEEDED))
        .hasMessageContaining("limits");
  }
}
