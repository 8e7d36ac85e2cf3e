package dev.aeon.sp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Listening sockets that a service manager opened before it started this process, as systemd does:
 * {@code LISTEN_FDS} descriptors from number 3 on, if {@code LISTEN_PID} names this process.
 */
public final class SocketActivation {
  private static final int FIRST_DESCRIPTOR = 3;
  private static final int MOST = 1024;

  private SocketActivation() {}

  /**
   * One listening socket.
   *
   * @param descriptor for {@link SpOptions#LISTEN_DESCRIPTOR}
   * @param name from {@code LISTEN_FDNAMES}; empty where it has none
   */
  public record Activated(int descriptor, String name) {}

  /**
   * The sockets that were handed over, in their order; none if there was no service manager.
   *
   * @throws IllegalArgumentException if the variables contradict themselves
   */
  public static List<Activated> sockets() {
    return sockets(System.getenv(), ProcessHandle.current().pid());
  }

  static List<Activated> sockets(Map<String, String> environment, long ownProcessId) {
    String process = environment.get("LISTEN_PID");
    if (process == null || number("LISTEN_PID", process) != ownProcessId) {
      return List.of();
    }
    long count = number("LISTEN_FDS", environment.getOrDefault("LISTEN_FDS", ""));
    if (count > MOST) {
      throw wrong("LISTEN_FDS", Long.toString(count));
    }
    String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
    List<Activated> found = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      String name = index < names.length ? names[index] : "";
      found.add(new Activated(FIRST_DESCRIPTOR + index, name));
    }
    return List.copyOf(found);
  }

  private static long number(String variable, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "environment variable is not a number: %s=%s".formatted(variable, value), e);
    }
    throw wrong(variable, value);
  }

  private static IllegalArgumentException wrong(String variable, String value) {
    return new IllegalArgumentException(
        "environment variable is out of range: %s=%s".formatted(variable, value));
  }
}
