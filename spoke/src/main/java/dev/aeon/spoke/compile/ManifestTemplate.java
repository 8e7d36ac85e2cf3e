package dev.aeon.spoke.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.RuntimeVersion;
import dev.aeon.spoke.model.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fills the manifests in {@code META-INF/spoke/packages}: {@code ${name}} is replaced, and a line
 * that begins with {@code ?grpc } is kept where there are stubs.
 */
final class ManifestTemplate {
  private static final String FOLDER = "META-INF/spoke/packages/";
  private static final String IF_STUBS = "?grpc ";

  private final Map<String, String> values;
  private final boolean hasStubs;

  ManifestTemplate(PackageIdentity identity, Collection<String> generated) {
    this.hasStubs = generated.stream().anyMatch(ManifestTemplate::isStub);
    this.values =
        Map.ofEntries(
            Map.entry("hyphenated", identity.hyphenated()),
            Map.entry("underscored", identity.underscored()),
            Map.entry("semver", identity.semanticVersion()),
            Map.entry("pep440", identity.pythonVersion()),
            Map.entry("rubyversion", identity.rubyVersion()),
            Map.entry("gomodule", GoPackages.module(identity.module())),
            Map.entry("protobuf", RuntimeVersion.OSS_MINOR + "." + RuntimeVersion.OSS_PATCH),
            Map.entry("pythonmodules", pythonModules(generated)),
            Map.entry("rustentry", rustEntry(generated)),
            Map.entry("grpcjava", Generators.version("grpc-java")),
            Map.entry("grpckotlin", Generators.version("grpc-kotlin")),
            Map.entry("ecmascript", Generators.version("protobuf-es")));
  }

  byte[] fill(Language language, String manifest) {
    String text =
        read(FOLDER + language.id() + "/" + manifest)
            .lines()
            .filter(line -> hasStubs || !line.startsWith(IF_STUBS))
            .map(line -> line.startsWith(IF_STUBS) ? line.substring(IF_STUBS.length()) : line)
            .collect(Collectors.joining("\n", "", "\n"));
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text.getBytes(UTF_8);
  }

  private static boolean isStub(String path) {
    return path.matches(".*([Gg]rpc|pbrpc|_services_pb\\.rb|Client\\.php).*");
  }

  private static String pythonModules(Collection<String> generated) {
    return generated.stream()
        .filter(path -> path.endsWith(".py") && path.indexOf('/') < 0)
        .map(path -> "\"" + path.substring(0, path.length() - ".py".length()) + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String rustEntry(Collection<String> generated) {
    return generated.stream()
        .filter(path -> path.endsWith(RustCrates.ENTRY_POINT))
        .findFirst()
        .orElse(RustCrates.ENTRY_POINT);
  }

  static String read(String resource) {
    try (InputStream in = ManifestTemplate.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not packaged, resource=" + resource);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
