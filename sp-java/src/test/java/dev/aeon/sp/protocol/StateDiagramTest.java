package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/protocol-machines.md draws what the machines do. */
class StateDiagramTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("aeon.root"), "docs", "protocol-machines.md");
  private static final int LOOK_AHEAD = 2;

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Subject#drawn")
  void machine_everyEventInEveryState_isAsDrawn(Subject subject) throws IOException {
    Diagram drawn = DrawnDiagrams.read(DOCUMENT).get(subject.name());
    assertThat(drawn).as("drawing of %s", subject).isNotNull();
    Diagram learnt = new Learner(subject, LOOK_AHEAD).learn().namedAs(drawn);
    assertThat(learnt.initial()).isEqualTo(drawn.initial());
    assertThat(Set.copyOf(drawn.edges()))
        .as("of %s, which is%n%s", subject, learnt)
        .isEqualTo(Set.copyOf(learnt.edges()));
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Subject#undrawn")
  void largerMachine_everyEventInEveryState_keepsTheContract(Subject subject) {
    Diagram learnt = new Learner(subject, LOOK_AHEAD).learn();
    // Some have no send that ever waits, and so none to withdraw.
    assertThat(learnt.edges())
        .extracting(Diagram.Edge::event)
        .containsAll(
            subject.events().stream()
                .map(Event::name)
                .filter(name -> !name.equals("withdraw send"))
                .toList());
  }

  @Test
  void drawings_areOfMachinesThatExist() throws IOException {
    Set<String> names = Subject.drawn().stream().map(Subject::name).collect(Collectors.toSet());
    assertThat(DrawnDiagrams.read(DOCUMENT).keySet()).isEqualTo(names);
  }

  @Test
  void machines_allAreDrawn() throws IOException, URISyntaxException {
    Set<Class<?>> drawn =
        Subject.drawn().stream()
            .map(each -> each.rig().machine(ProtocolMachine.class).getClass())
            .collect(Collectors.toSet());
    assertThat(machineClasses()).isNotEmpty().allMatch(drawn::contains);
  }

  private static List<Class<?>> machineClasses() throws IOException, URISyntaxException {
    URL main = ProtocolMachine.class.getResource("ProtocolMachine.class");
    try (Stream<Path> files = Files.list(Path.of(main.toURI()).getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Machine.class"))
          .<Class<?>>map(name -> load(name.replace(".class", "")))
          .filter(type -> ProtocolMachine.class.isAssignableFrom(type))
          .filter(type -> !Modifier.isAbstract(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(ProtocolMachine.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** The diagrams of a Markdown page, by the machines that they name. */
  private static final class DrawnDiagrams {
    private static final Pattern BEGIN = Pattern.compile("```mermaid\nstateDiagram-v2\n");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final String NAMES = "%% machines: ";

    static Map<String, Diagram> read(Path document) throws IOException {
      String text = Files.readString(document);
      return BEGIN
          .splitAsStream(text)
          .skip(1)
          .map(block -> block.substring(0, block.indexOf("```")).lines().toList())
          .flatMap(lines -> names(lines).map(name -> Map.entry(name, Diagram.parse(lines))))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<String> names(List<String> lines) {
      return lines.stream()
          .filter(line -> line.contains(NAMES))
          .flatMap(
              line -> SPACE.splitAsStream(line.substring(line.indexOf(NAMES) + NAMES.length())));
    }
  }
}
