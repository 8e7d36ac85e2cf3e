package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.security.AccessRules;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs on the pages are programs: each compiles with what its page takes for granted. */
class DocumentedSamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("aeon.root"));
  private static final Pattern SAMPLE = Pattern.compile("```(java|json)\n(.*?)```", Pattern.DOTALL);

  /** What a page's samples have around them, each in its turn; the last holds for the rest. */
  private static final Map<String, List<String>> GIVEN =
      Map.of(
          "README.md",
          List.of("Payload payload"),
          "lifecycle.md",
          List.of(
              "Database database, Message message", "AgentBus bus, Path file, Instant lastWeek"),
          "messages.md",
          List.of(
              "AgentIdentity manager, AgentIdentity worker",
              "",
              "SchemaSource source, com.google.protobuf.Message message, Message received"),
          "security.md",
          List.of("InstantSource clock, Map<AgentId, String> urls"),
          "tasks.md",
          List.of("TaskAssignment build, TaskAssignment test, AgentIdentity tester"),
          "telemetry.md",
          List.of("OpenTelemetry openTelemetry, MeterRegistry meterRegistry"));

  private static final String AROUND =
      """
      import com.google.protobuf.DynamicMessage;
      import dev.aeon.apm.*;
      import dev.aeon.apm.channel.*;
      import dev.aeon.apm.channel.ndjson.*;
      import dev.aeon.apm.channel.sp.*;
      import dev.aeon.apm.message.*;
      import dev.aeon.apm.protobuf.*;
      import dev.aeon.apm.registry.*;
      import dev.aeon.apm.route.*;
      import dev.aeon.apm.schema.*;
      import dev.aeon.apm.security.*;
      import dev.aeon.apm.store.*;
      import dev.aeon.apm.task.*;
      import dev.aeon.apm.track.*;
      import dev.aeon.sp.TlsConfig;
      import io.micrometer.core.instrument.MeterRegistry;
      import io.opentelemetry.api.OpenTelemetry;
      import java.nio.file.Path;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.CompletableFuture;

      abstract class NAME {
        interface Database {
          boolean hasKey(DeduplicationKey key);

          void insertKey(DeduplicationKey key);
        }

        abstract void handle(Message message, AgentBus bus);

        void sample(GIVEN) throws Exception {
      BODY
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void javaSamples_ofEveryPage_compile() throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Map.Entry<String, List<String>> page : samples("java").entrySet()) {
      List<String> bodies = bodies(page.getKey(), page.getValue());
      List<String> given = GIVEN.getOrDefault(page.getKey(), List.of(""));
      for (int index = 0; index < bodies.size(); index++) {
        String around = given.get(Math.min(index, given.size() - 1));
        sources.add(source(sources.size(), around, bodies.get(index)));
      }
    }
    assertThat(sources).hasSizeGreaterThan(8);
    assertThat(errors(sources)).isEmpty();
  }

  @Test
  void jsonSamples_ofThePageOnSecurity_areRead() throws IOException {
    List<String> samples = samples("json").get("security.md");
    assertThat(samples).hasSize(2);
    assertThat(
            JsonObject.parse(samples.getFirst().getBytes(StandardCharsets.UTF_8)).objects("keys"))
        .hasSize(2);
    Path rules = Files.writeString(folder.resolve("rules.json"), samples.getLast());
    assertThat(AccessRules.read(rules)).isNotNull();
  }

  /** The page on tasks is one program in parts. */
  private static List<String> bodies(String page, List<String> samples) {
    return page.equals("tasks.md") ? List.of(String.join("\n", samples)) : samples;
  }

  private static Map<String, List<String>> samples(String language) throws IOException {
    Map<String, List<String>> samples = new TreeMap<>();
    try (var pages = Files.newDirectoryStream(ROOT.resolve("docs/apm"), "*.md")) {
      for (Path page : pages) {
        Matcher found = SAMPLE.matcher(Files.readString(page));
        while (found.find()) {
          if (found.group(1).equals(language)) {
            samples
                .computeIfAbsent(page.getFileName().toString(), _ -> new ArrayList<>())
                .add(found.group(2));
          }
        }
      }
    }
    return samples;
  }

  private static JavaFileObject source(int number, String given, String body) {
    String type = "Sample" + number;
    String text = AROUND.replace("NAME", type).replace("GIVEN", given).replace("BODY", body);
    URI name = URI.create("string:///" + type + ".java");
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private List<String> errors(List<JavaFileObject> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-d",
              folder.toString(),
              "-classpath",
              System.getProperty("java.class.path"));
      boolean _ = compiler.getTask(null, files, found, options, null, sources).call();
    }
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }
}
