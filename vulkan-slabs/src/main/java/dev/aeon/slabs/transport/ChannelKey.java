package dev.aeon.slabs.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;

/**
 * What both ends of an encrypted connection know and nobody else: 256 bits. Never used to cipher
 * anything itself; each connection derives keys of its own from it. Immutable and thread-safe.
 */
public final class ChannelKey {
  /** Size in bytes. */
  public static final int BYTES = 32;

  private final byte[] secret;

  private ChannelKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * The key of 32 bytes that were chosen at random and passed to both ends in secret.
   *
   * @throws IllegalArgumentException for another length
   */
  public static ChannelKey of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("key is not of 32 bytes: byteSize=" + secret.length);
    }
    return new ChannelKey(secret.clone());
  }

  /** A new key. */
  public static ChannelKey generate() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new ChannelKey(secret);
  }

  /** The key of one channel, from which neither this one nor that of another channel follows. */
  public ChannelKey forChannel(String name) {
    return new ChannelKey(KeyDerivation.expand(secret, "psyne channel " + name));
  }

  /** A copy, to be passed on in secret. */
  public byte[] toByteArray() {
    return secret.clone();
  }

  /** What both directions of a connection begin with, given a random salt of either end. */
  byte[] connectionSecret(byte[] salts) {
    return KeyDerivation.extract(secret, salts, "psyne connection".getBytes(UTF_8));
  }

  /** Tells nothing of the key. */
  @Override
  public String toString() {
    return "ChannelKey[…]";
  }
}
