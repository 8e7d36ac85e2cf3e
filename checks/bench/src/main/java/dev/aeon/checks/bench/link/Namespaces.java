package dev.aeon.checks.bench.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two network namespaces, joined; gone with {@link #close}. */
final class Namespaces implements AutoCloseable {
  static final String RIGHT_ADDRESS = "10.78.0.2";

  private static final String LEFT_ADDRESS = "10.78.0.1";

  private final String left = "aeon-bench-" + ProcessHandle.current().pid() + "l";
  private final String right = "aeon-bench-" + ProcessHandle.current().pid() + "r";

  Namespaces(int mtu) throws IOException {
    run("ip netns add " + left);
    run("ip netns add " + right);
    run("ip link add link0 netns " + left + " type veth peer name link0 netns " + right);
    setUp(left, LEFT_ADDRESS, mtu);
    setUp(right, RIGHT_ADDRESS, mtu);
  }

  private static void setUp(String namespace, String address, int mtu) throws IOException {
    String in = "ip -n " + namespace;
    run(in + " link set lo up");
    run(in + " link set link0 mtu " + mtu);
    run(in + " addr add " + address + "/24 dev link0");
    run(in + " link set link0 up");
  }

  Process startLeft(List<String> command) throws IOException {
    return start(left, command);
  }

  Process startRight(List<String> command) throws IOException {
    return start(right, command);
  }

  private static Process start(String namespace, List<String> command) throws IOException {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(command);
    return new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void run(String command) throws IOException {
    int exitCode =
        new ProcessBuilder(command.split(" ")).inheritIO().start().onExit().join().exitValue();
    if (exitCode != 0) {
      throw new IOException(
          "network namespaces want root and iproute2: exitCode=%d command=%s"
              .formatted(exitCode, command));
    }
  }

  @Override
  public void close() throws IOException {
    run("ip netns del " + left);
    run("ip netns del " + right);
  }
}
