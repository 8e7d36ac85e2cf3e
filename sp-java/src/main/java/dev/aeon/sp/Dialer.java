package dev.aeon.sp;

import dev.aeon.sp.core.CoreDialer;

/** Keeps a socket connected to a URL: in the background, and again after each loss. Thread-safe. */
public final class Dialer implements AutoCloseable {
  private final CoreDialer core;
  private final String url;

  Dialer(CoreDialer core, String url) {
    this.core = core;
    this.url = url;
  }

  public String url() {
    return url;
  }

  /** Closes the connection and connects no more. Idempotent. */
  @Override
  public void close() {
    core.close();
  }
}
