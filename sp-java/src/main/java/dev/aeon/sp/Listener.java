package dev.aeon.sp;

import dev.aeon.sp.core.CoreListener;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.transport.TransportException;

/** An address that a socket is bound to, or can be. Thread-safe. */
public final class Listener extends Endpoint {
  private final CoreListener listener;
  private final String scheme;

  Listener(SocketCore core, CoreListener listener, String scheme, OptionTable socketOptions) {
    super(core, listener, socketOptions);
    this.listener = listener;
    this.scheme = scheme;
  }

  /** The URL as bound: where port 0 was asked for, with the port that the system chose. */
  @Override
  public String url() {
    return core.locked(() -> scheme + "://" + listener.address());
  }

  /**
   * Binds; bound when this returns. If it fails the listener is closed.
   *
   * @throws SpAddressException if the address cannot be bound
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public void start() {
    try {
      core.locked(() -> {
        core.start(listener);
        return listener;
      });
    } catch (TransportException e) {
      close();
      throw Urls.failure(scheme + "://" + listener.address(), e);
    }
  }
}
