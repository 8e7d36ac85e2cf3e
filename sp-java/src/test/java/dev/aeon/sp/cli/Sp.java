package dev.aeon.sp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;

/** What {@code sp} did: its exit code and what it wrote. */
record Sp(int exitCode, ByteArrayOutputStream written, String errors) {

  static Sp run(String... arguments) {
    return runWithInput("", arguments);
  }

  static Sp runWithInput(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            out,
            new PrintStream(err, true, UTF_8));
    int exitCode = SpCommand.execute(console, arguments);
    return new Sp(exitCode, out, err.toString(UTF_8));
  }

  /** Runs beside the caller. */
  static CompletableFuture<Sp> start(String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> run(arguments), task -> Thread.ofPlatform().daemon().start(task));
  }

  byte[] output() {
    return written.toByteArray();
  }

  String text() {
    return written.toString(UTF_8);
  }
}
