package dev.aeon.apm.security;

import dev.aeon.apm.schema.WireNamed;

/** How messages are signed. */
public enum SignatureAlgorithm implements WireNamed {
  /** One secret, which signs and verifies. */
  HMAC_SHA256("HMAC-SHA256"),
  /** A private key that signs, and a public one that verifies. */
  ED25519("Ed25519");

  private final String wireName;

  SignatureAlgorithm(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
