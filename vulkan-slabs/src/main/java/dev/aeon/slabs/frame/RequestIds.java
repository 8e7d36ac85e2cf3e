package dev.aeon.slabs.frame;

import java.security.SecureRandom;

/**
 * Names for requests: hashes of their number under a salt of this object's own, so that an id tells
 * neither how many requests there were nor whose they are. Not thread-safe.
 */
public final class RequestIds {
  private final SipHash hash;
  private long requestCount;

  public RequestIds() {
    SecureRandom random = new SecureRandom();
    this.hash = new SipHash(random.nextLong(), random.nextLong());
  }

  /** The next id, never 0. */
  public long next() {
    long id;
    do {
      id = hash.hash(requestCount++);
    } while (id == 0);
    return id;
  }
}
