package dev.aeon.checks.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who talks with whom, how. */
record Cell(Pattern ours, PeerLibrary library, Addresses transport, boolean weListen) {

  /** All that the libraries can do. */
  static Stream<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    for (Addresses transport : Addresses.values()) {
      for (Pattern ours : Pattern.values()) {
        for (PeerLibrary library : PeerLibrary.values()) {
          if (library.knows(ours, transport)) {
            cells.add(new Cell(ours, library, transport, true));
            cells.add(new Cell(ours, library, transport, false));
          }
        }
      }
    }
    return cells.stream();
  }

  /** Lets the one whose part it is listen, and the other dial. */
  void connect(Peer ourEnd, Peer theirEnd, String url) {
    (weListen ? ourEnd : theirEnd).listen(url);
    (weListen ? theirEnd : ourEnd).dial(url);
  }

  @Override
  public String toString() {
    return "%s, we are %s | %s %s"
        .formatted(transport, ours, library.title, weListen ? "dials" : "listens");
  }
}
