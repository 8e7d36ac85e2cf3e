package dev.aeon.apm.cli;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Prints a JSON Schema (2020-12) of the protocol; without a name, lists them.",
    footer = {"", "Examples:", "  apm schema message", "  apm schema -out schemas"})
final class SchemaCommand implements Callable<Integer> {
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "message, common, or a payload's type")
  private @Nullable String name;

  @Option(
      names = {"-out", "--out"},
      paramLabel = "FOLDER",
      description = "write all of them to this folder instead")
  private @Nullable Path folder;

  @Override
  public Integer call() throws IOException {
    if (folder != null) {
      write(folder);
    } else if (name != null) {
      output.out().print(read(name));
      output.out().flush();
    } else {
      print("schemas");
    }
    return 0;
  }

  private void write(Path target) throws IOException {
    Files.createDirectories(target);
    for (String each : JsonSchemas.names()) {
      Files.writeString(target.resolve(each + ".schema.json"), JsonSchemas.read(each));
    }
    print("written");
  }

  private void print(String what) {
    JsonObject answer = JsonObject.builder().putStrings(what, JsonSchemas.names()).build();
    output.print(answer, String.join("\n", JsonSchemas.names()));
  }

  private static String read(String schema) {
    String known = schema.toLowerCase(Locale.ROOT);
    if (!JsonSchemas.names().contains(known)) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_003,
          "no such schema: name=" + schema + " names=" + JsonSchemas.names());
    }
    return JsonSchemas.read(known);
  }
}
