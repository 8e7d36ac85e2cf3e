package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aeon.sp.cli.SpCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a command did.
 *
 * @param output a character for each byte
 */
record CatRun(int exitCode, String output, String errors) {

  static CatRun ofNngcat(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("nngcat"));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      String output = text(process.getInputStream());
      return new CatRun(process.waitFor(), output, errors.join());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static CatRun ofOurs(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("cat"));
    command.addAll(arguments);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        SpCommand.run(
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, UTF_8),
            command.toArray(String[]::new));
    return new CatRun(exitCode, out.toString(ISO_8859_1), err.toString(UTF_8));
  }

  private static String text(InputStream in) {
    try {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
