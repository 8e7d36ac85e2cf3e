package dev.aeon.apm.cli;

import dev.aeon.apm.compatibility.CompatibilityReport;
import dev.aeon.apm.compatibility.Finding;
import dev.aeon.apm.compatibility.FleetCheck;
import dev.aeon.apm.compatibility.SchemaCheck;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.JsonSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says what stands in the way of another version.",
      "It looks at what the agents of a directory speak, or with -schemas at what changed between",
      "this version's JSON Schemas and those of a folder."
    },
    footer = {
      "",
      "Examples:",
      "  apm check 2.0.0",
      "  apm check -schemas next/schemas",
      "",
      "Exit codes: 0 nothing stands in the way, 100 something does."
    })
final class CheckCommand implements Callable<Integer> {
  private static final String SUFFIX = ".schema.json";
  private static final int MAX_SCHEMA_BYTE_SIZE = 1 << 24;

  @Mixin private DirectoryOption directory = new DirectoryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "the version to go to (default: the one that is spoken here)")
  private String version = ProtocolVersion.CURRENT.toString();

  @Option(
      names = {"-schemas", "--schemas"},
      paramLabel = "FOLDER",
      description = "JSON Schemas, NAME.schema.json each, as 'apm schema -out' writes them")
  private @Nullable Path schemas;

  @Override
  public Integer call() throws IOException {
    CompatibilityReport report = schemas == null ? checkFleet() : checkSchemas(schemas);
    output.print(toJson(report).build(), text(report));
    return report.isCompatible() ? 0 : Failures.FOUND;
  }

  private CompatibilityReport checkFleet() {
    ProtocolVersion target =
        ProtocolVersion.parse(version)
            .orElseThrow(() ->
                CliException.refused(
                    ErrorCode.E_VALIDATION_004, "not a version: version=" + version));
    return FleetCheck.check(target, directory.registry().records());
  }

  private static CompatibilityReport checkSchemas(Path folder) throws IOException {
    Map<String, String> before =
        JsonSchemas.names().stream()
            .collect(Collectors.toMap(name -> name, JsonSchemas::read, (a, _) -> a, TreeMap::new));
    Map<String, String> after = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        after.put(name.substring(0, name.length() - SUFFIX.length()), read(file));
      }
    }
    try {
      return SchemaCheck.compare(before, after);
    } catch (IllegalArgumentException e) {
      throw CliException.refused(ErrorCode.E_PROTOCOL_002, e.getMessage() + " folder=" + folder);
    }
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = in.readNBytes(MAX_SCHEMA_BYTE_SIZE + 1);
      if (text.length > MAX_SCHEMA_BYTE_SIZE) {
        throw CliException.refused(
            ErrorCode.E_VALIDATION_005,
            "no schema is that long: path=" + file + " limit=" + MAX_SCHEMA_BYTE_SIZE);
      }
      return new String(text, StandardCharsets.UTF_8);
    }
  }

  private JsonObjectBuilder toJson(CompatibilityReport report) {
    JsonObjectBuilder answer =
        JsonObject.builder()
            .put("compatible", report.isCompatible())
            .putObjects("findings", report.findings().stream().map(CheckCommand::toJson).toList());
    return schemas == null
        ? answer
        : answer.put("change", SchemaCheck.changeOf(report).name().toLowerCase(Locale.ROOT));
  }

  private static JsonObject toJson(Finding finding) {
    return JsonObject.builder()
        .put("level", finding.level().name().toLowerCase(Locale.ROOT))
        .put("subject", finding.subject())
        .put("detail", finding.detail())
        .build();
  }

  private String text(CompatibilityReport report) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : report.findings()) {
      String level = finding.level().name().toLowerCase(Locale.ROOT);
      Style style = finding.level() == Finding.Level.BLOCKER ? Style.fg_red : Style.bold;
      text.append(output.styled(level, style))
          .append(' ')
          .append(Terminal.printable(finding.subject() + ": " + finding.detail()))
          .append('\n');
    }
    String verdict = report.isCompatible() ? "nothing stands in the way" : "not yet";
    String change =
        schemas == null
            ? ""
            : ", change=" + SchemaCheck.changeOf(report).name().toLowerCase(Locale.ROOT);
    return text + verdict + change;
  }
}
