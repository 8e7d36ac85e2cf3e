package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that say which test holds what name tests that there are. */
class ProofPageTest {
  private static final Path ROOT = Path.of(System.getProperty("aeon.root"));
  private static final Pattern NAME =
      Pattern.compile("`(?<type>[A-Z]\\w*(?:Test|Contract))?(?:\\.?(?<method>[a-z]\\w*_\\w+))?`");

  @Test
  void proof_everyTestItNames_isThere() throws IOException {
    Map<String, String> sources = sources();
    String all = String.join("\n", sources.values());
    for (String page : new String[] {"proof.md", "specification.md"}) {
      Matcher name = NAME.matcher(Files.readString(ROOT.resolve("docs/apm/" + page)));
      while (name.find()) {
        String type = name.group("type");
        String method = name.group("method");
        if (type != null) {
          assertThat(sources).as(page).containsKey(type);
        }
        if (method != null) {
          String where = type == null ? all : sources.get(type);
          assertThat(where.contains("void " + method + "(")).as(page + " " + name.group()).isTrue();
        }
      }
    }
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("apm/src/test/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.put(name, Files.readString(file));
      }
    }
    return sources;
  }
}
