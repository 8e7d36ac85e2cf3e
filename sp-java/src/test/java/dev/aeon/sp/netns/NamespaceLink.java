package dev.aeon.sp.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two network namespaces and a link between them; gone with {@link #close}. */
final class NamespaceLink implements AutoCloseable {
  static final String LEFT = "10.77.0.1";
  static final String RIGHT = "10.77.0.2";
  static final String LEFT6 = "fd77::1";
  static final String RIGHT6 = "fd77::2";

  private static final Path ROOT = Path.of(System.getProperty("aeon.root"));
  private static final Path EMULATOR = ROOT.resolve("native/target/cmake/link_emulator");
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long LIMIT_SECONDS = 20;

  private final String left;
  private final String right;
  private final List<Process> processes = new ArrayList<>();
  private Process emulator;

  private NamespaceLink() {
    String name = "aeon-%d-%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
    left = name + "l";
    right = name + "r";
    assumePossible();
    run("ip", "netns", "add", right);
  }

  private void assumePossible() {
    assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "there is no /dev/net/tun to write to");
    assumeTrue(
        exitCode("ip", "netns", "add", left) == 0,
        "network namespaces cannot be made here: 'ip netns add' wants root and iproute2");
  }

  /** A pair of virtual Ethernet devices, which lose nothing. */
  static NamespaceLink clean(int mtu) {
    NamespaceLink link = new NamespaceLink();
    run(
        ("ip link add link0 netns " + link.left + " type veth peer name link0 netns " + link.right)
            .split(" "));
    link.setUp(mtu);
    return link;
  }

  /**
   * A link that does as {@code native/test/rig/link_emulator.c} says.
   *
   * @param faults such as {@code loss=0.05}
   */
  static NamespaceLink faulty(int mtu, String... faults) {
    NamespaceLink link = new NamespaceLink();
    List<String> command = new ArrayList<>(List.of(EMULATOR.toString(), link.left, link.right));
    command.addAll(List.of(faults));
    try {
      link.emulator =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String first = link.emulator.inputReader().readLine();
      assumeTrue("ready".equals(first), "the link emulator cannot make its devices");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    link.setUp(mtu);
    return link;
  }

  private void setUp(int mtu) {
    setUp(left, LEFT, LEFT6, mtu);
    setUp(right, RIGHT, RIGHT6, mtu);
  }

  private static void setUp(String namespace, String address, String address6, int mtu) {
    String in = "ip -n " + namespace;
    run((in + " link set lo up").split(" "));
    run((in + " link set link0 mtu " + mtu).split(" "));
    run((in + " addr add " + address + "/24 dev link0").split(" "));
    run((in + " addr add " + address6 + "/64 dev link0 nodad").split(" "));
    run((in + " link set link0 up").split(" "));
  }

  /** Takes the link down, or up again: while it is down packets vanish without a word. */
  void setDown(boolean isDown) {
    try {
      var commands = emulator.outputWriter(StandardCharsets.US_ASCII);
      commands.write(isDown ? "down\n" : "up\n");
      commands.flush();
      String answer = emulator.inputReader().readLine();
      assertThat(answer).isEqualTo(isDown ? "dark" : "lit");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process startLeft(Class<?> program, String... arguments) {
    return start(left, program, arguments);
  }

  Process startRight(Class<?> program, String... arguments) {
    return start(right, program, arguments);
  }

  private Process start(String namespace, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) {
    int exitCode = exitCode(command);
    if (exitCode != 0) {
      throw new IllegalStateException(
          "command failed, exitCode=%d command=%s".formatted(exitCode, List.of(command)));
    }
  }

  private static int exitCode(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    if (emulator != null) {
      processes.add(emulator);
      emulator.destroy();
    }
    processes.forEach(NamespaceLink::await);
    run("ip", "netns", "del", left);
    run("ip", "netns", "del", right);
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
