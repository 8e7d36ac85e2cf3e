package dev.aeon.spoke.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code scripts/lib/make-generators} puts into the distribution. */
class GeneratorsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("aeon.root"), "target/dist/generators");

  static Stream<String> programs() {
    Stream<String> plugins =
        Stream.of(Plugin.values())
            .filter(plugin -> plugin.origin() == Plugin.Origin.PROGRAM)
            .map(Plugin::fileName);
    return Stream.concat(plugins, Stream.of("node"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void program_ofTheDistribution_isTakenBeforeTheSystems(String program) {
    assertThat(Platform.find(program)).contains(FOLDER.resolve(program));
  }

  @Test
  void program_thatIsNowhere_isNotFound() {
    assertThat(Platform.find("no-such-generator")).isEmpty();
  }
}
