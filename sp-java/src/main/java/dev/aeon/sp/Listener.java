package dev.aeon.sp;

import dev.aeon.sp.core.CoreListener;

/** An address that a socket is bound to. Thread-safe. */
public final class Listener implements AutoCloseable {
  private final CoreListener core;
  private final String url;

  Listener(CoreListener core, String scheme) {
    this.core = core;
    this.url = scheme + "://" + core.address();
  }

  /** The URL as bound: where port 0 was asked for, with the port that the system chose. */
  public String url() {
    return url;
  }

  /** Unbinds and closes the connections accepted here. Idempotent. */
  @Override
  public void close() {
    core.close();
  }
}
