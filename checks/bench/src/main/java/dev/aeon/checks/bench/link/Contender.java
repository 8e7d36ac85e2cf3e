package dev.aeon.checks.bench.link;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured.
 *
 * @param name in the table
 * @param url where it listens
 * @param program to run, before the role
 * @param share an Nth of the messages: native programs need no warming up
 */
record Contender(String name, String url, List<String> program, int share) {
  private static final int JAVA_SHARE = 1;
  private static final int NNG_SHARE = 10;
  private static final int BARE_SHARE = 2;
  private static final String HOST = Namespaces.RIGHT_ADDRESS;

  static List<Contender> all(Path nngPeer, Path barePeer) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=deny",
            "-cp",
            System.getProperty("java.class.path"),
            LinkTrial.class.getName());
    List<String> alone = new ArrayList<>(java);
    alone.add(1, "-D" + LinkTrial.ALONE + "=true");
    return List.of(
        new Contender("aeon ip", "ip://" + HOST + ":7000", java, JAVA_SHARE),
        new Contender("aeon ip alone", "ip://" + HOST + ":7000", alone, JAVA_SHARE),
        new Contender("aeon udp+sp", "udp+sp://" + HOST + ":7000", java, JAVA_SHARE),
        new Contender("aeon tcp", "tcp://" + HOST + ":7000", java, JAVA_SHARE),
        new Contender("nng tcp", "tcp://" + HOST + ":7000", List.of(nngPeer.toString()), NNG_SHARE),
        bare("ip", barePeer),
        bare("udp", barePeer),
        bare("tcp", barePeer));
  }

  /** Two C programs, and nothing between them and the kernel. */
  private static Contender bare(String scheme, Path program) {
    String url = scheme + "://" + HOST + ":7000";
    return new Contender("bare C " + scheme, url, List.of(program.toString()), BARE_SHARE);
  }

  List<String> command(String role, int byteSize, int count) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(role, url, String.valueOf(byteSize), String.valueOf(count)));
    return command;
  }
}
