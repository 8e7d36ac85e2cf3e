package dev.aeon.sp.cli;

import dev.aeon.sp.Dialer;
import dev.aeon.sp.Endpoint;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpSocket;

/** Brings a socket to the addresses of the command line, as nngcat does. */
record CatAttachment(SpSocket socket, CatOptions options, Console console) {

  void attachAll() {
    options.addresses.forEach(this::attach);
  }

  private void attach(CatAddress address) {
    Endpoint endpoint = address.create(socket);
    try {
      start(endpoint);
    } catch (SpException e) {
      throw new FatalException(
          "Unable to %s on %s: %s"
              .formatted(address.listens() ? "listen" : "dial", address.url(), NngTexts.of(e)));
    }
    if (options.verbose) {
      console
          .text()
          .println((address.listens() ? "Listening at: " : "Connected to: ") + endpoint.url());
    }
  }

  private void start(Endpoint endpoint) {
    if (endpoint instanceof Dialer dialer && !options.async && !options.compatible) {
      dialer.connect(SpOptions.FOREVER);
    } else {
      endpoint.start();
    }
  }
}
