package dev.aeon.spoke.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @Test
  void versions_sorted_putPreReleasesBeforeTheirRelease() {
    List<String> ordered =
        List.of(
            "v1.0.0-alpha",
            "v1.0.0-alpha.1",
            "v1.0.0-alpha.beta",
            "v1.0.0-beta.2",
            "v1.0.0-beta.11",
            "v1.0.0-rc.1",
            "v1.0.0",
            "v1.2.0",
            "v1.10.0",
            "v2.0.0");
    assertThat(Stream.of(ordered.reversed().toArray(String[]::new)).map(Version::parse).sorted())
        .map(Version::toString)
        .isEqualTo(ordered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "v1.0.0.0",
        "01.0.0",
        "1.0.0-",
        "1.0.0/..",
        "../1.0.0",
        "1.0.0 ",
        "latest"
      })
  void parse_ofNoSemanticVersion_isRefused(String text) {
    assertThatThrownBy(() -> Version.parse(text))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("semantic version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.proto",
        "/a.proto",
        "a/../b.proto",
        "a//b.proto",
        "a.txt",
        ".hidden.proto",
        "a\\b.proto",
        "a\0.proto",
        "./a.proto",
        ".proto",
        "nul.proto",
        "a/COM1.x.proto",
        "a./b.proto"
      })
  void path_thatCouldLeadOutOrHide_isRefused(String path) {
    assertThatThrownBy(() -> new ProtoPath(path))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("stays in its module");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        ".spoke",
        "a..b",
        "-a",
        "a-",
        "a b",
        "a/",
        "/a",
        "a//b",
        "a/b/c/d/e",
        "versions",
        "a/versions",
        "con",
        "a/NUL",
        "aux.x"
      })
  void moduleName_thatIsNoFolderName_isRefused(String name) {
    assertThatThrownBy(() -> new ModuleName(name)).isInstanceOf(SpokeException.class);
  }
}
