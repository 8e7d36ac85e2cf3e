package dev.aeon.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.bindings.raw.Aeon;
import java.io.IOException;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed bindings say what the C compiler says. */
class AbiDriftTest {
  private static final Path ROOT = Path.of(System.getProperty("aeon.root"));
  private static final Path RAW = ROOT.resolve("bindings/src/main/java/dev/aeon/bindings/raw");

  @Test
  void constants_ofTheHeaders_areThoseOfTheBindings() throws Exception {
    List<String[]> constants = facts("constant");
    assertThat(constants).hasSizeGreaterThan(5);
    for (String[] fact : constants) {
      Object value = Aeon.class.getMethod(fact[1]).invoke(null);
      assertThat(value).as(fact[1]).isEqualTo(Integer.valueOf(fact[2]));
    }
  }

  @Test
  void structures_ofTheHeaders_haveTheSameSizesAndOffsets() throws Exception {
    List<String[]> structures = facts("struct");
    List<String[]> fields = facts("field");
    assertThat(structures).hasSizeGreaterThan(5);
    for (String[] fact : structures) {
      GroupLayout layout = layoutOf(fact[1]);
      assertThat(layout.byteSize()).as(fact[1]).isEqualTo(Long.parseLong(fact[2]));
      long known = fields.stream().filter(field -> field[1].equals(fact[1])).count();
      long declared = layout.memberLayouts().stream().filter(m -> m.name().isPresent()).count();
      assertThat(known).as("fields of " + fact[1]).isEqualTo(declared);
    }
    for (String[] fact : fields) {
      PathElement member = PathElement.groupElement(fact[2]);
      GroupLayout layout = layoutOf(fact[1]);
      assertThat(layout.byteOffset(member))
          .as(fact[1] + "." + fact[2])
          .isEqualTo(Long.parseLong(fact[3]));
      assertThat(layout.select(member).byteSize()).isEqualTo(Long.parseLong(fact[4]));
    }
  }

  @Test
  void functions_ofTheHeaders_areAllExportedAndBound() throws Exception {
    NativeLibrary.ensureLoaded();
    Pattern prototype = Pattern.compile("\\b(aeon_[a-z_]+)\\(");
    for (Path header : headers()) {
      Matcher matcher = prototype.matcher(Files.readString(header));
      while (matcher.find()) {
        Object address = Aeon.class.getMethod(matcher.group(1) + "$address").invoke(null);
        assertThat(address).as(matcher.group(1)).isNotNull();
      }
    }
  }

  @Test
  void provenance_always_namesTheHeadersAsTheyAre() throws Exception {
    String provenance = Files.readString(RAW.resolve("PROVENANCE"));
    for (Path header : headers()) {
      assertThat(provenance).contains(sha256(header) + "  " + ROOT.relativize(header));
    }
    assertThat(provenance).contains(sha256(ROOT.resolve("jextract/aeon.h")));
    assertThat(provenance).contains(sha256(ROOT.resolve("jextract/includes.txt")));
  }

  private static GroupLayout layoutOf(String structure) throws ReflectiveOperationException {
    Class<?> type = Class.forName("dev.aeon.bindings.raw." + structure);
    return (GroupLayout) type.getMethod("layout").invoke(null);
  }

  private static List<Path> headers() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("native/include/aeon"))) {
      return files.filter(file -> file.toString().endsWith(".h")).sorted().toList();
    }
  }

  private static List<String[]> facts(String kind) throws IOException, InterruptedException {
    Process dump =
        new ProcessBuilder(ROOT.resolve("native/target/cmake/abi_dump").toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(dump.waitFor()).isZero();
    return printed
        .lines()
        .map(line -> line.split(" "))
        .filter(fact -> fact[0].equals(kind))
        .toList();
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
