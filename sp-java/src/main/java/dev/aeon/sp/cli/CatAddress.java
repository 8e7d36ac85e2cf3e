package dev.aeon.sp.cli;

import dev.aeon.sp.Endpoint;
import dev.aeon.sp.SpAddressException;
import dev.aeon.sp.SpSocket;

/** An address to connect to or to be bound to, in the order of the command line. */
record CatAddress(boolean listens, String url) {
  static CatAddress dial(String url) {
    return new CatAddress(false, url);
  }

  static CatAddress listen(String url) {
    return new CatAddress(true, url);
  }

  static String ofPort(String port) {
    return "tcp://127.0.0.1:" + CatNumbers.parse(port, 65_536);
  }

  static String ofPath(String path) {
    return "ipc:///" + path;
  }

  /** An endpoint of a socket at this address, not started. */
  Endpoint create(SpSocket socket) {
    try {
      return listens ? socket.listener(url) : socket.dialer(url);
    } catch (SpAddressException e) {
      throw new FatalException(
          "Unable to create %s for %s: %s"
              .formatted(listens ? "listener" : "dialer", url, NngTexts.ofUrl(e, url)));
    }
  }
}
