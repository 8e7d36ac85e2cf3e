package dev.aeon.apm.security;

import dev.aeon.apm.message.AgentId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of one agent's. What it signs is that agent's, and nobody else's.
 *
 * @param keyId its name, unique in a keyring: 1 to 64 letters, digits, dots, hyphens, underscores
 * @param owner the agent that signs with it
 * @param material what it is made of
 * @param notBefore when it begins to count
 * @param notAfter when it ends to count; empty: never
 */
public record AgentKey(
    String keyId, AgentId owner, Material material, Instant notBefore, Optional<Instant> notAfter) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MIN_SECRET_BYTES = 32;
  private static final String MAC = "HmacSHA256";
  private static final String EDWARDS = "Ed25519";

  /** What a key is made of. */
  public sealed interface Material {
    SignatureAlgorithm algorithm();
  }

  /** A shared secret. */
  public record Secret(SecretKey key) implements Material {
    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.HMAC_SHA256;
    }

    @Override
    public String toString() {
      return "Secret[…]";
    }
  }

  /** A pair of keys; those who only verify have no private one. */
  public record Pair(PublicKey publicKey, Optional<PrivateKey> privateKey) implements Material {
    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.ED25519;
    }

    @Override
    public String toString() {
      return "Pair[…]";
    }
  }

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException where it is not of the form
   */
  public AgentKey {
    if (!ID.matcher(keyId).matches()) {
      throw new IllegalArgumentException("not a key id: keyId=" + keyId);
    }
  }

  /**
   * A shared secret that counts always.
   *
   * @throws IllegalArgumentException where it is shorter than 32 bytes
   */
  public static AgentKey ofSecret(String keyId, AgentId owner, byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "secret is too short: byteSize=" + secret.length + " min=" + MIN_SECRET_BYTES);
    }
    Secret material = new Secret(new SecretKeySpec(secret, MAC));
    return new AgentKey(keyId, owner, material, Instant.EPOCH, Optional.empty());
  }

  /** A pair that counts always. */
  public static AgentKey ofPair(
      String keyId, AgentId owner, PublicKey publicKey, Optional<PrivateKey> privateKey) {
    Pair material = new Pair(publicKey, privateKey);
    return new AgentKey(keyId, owner, material, Instant.EPOCH, Optional.empty());
  }

  /** The same key, which counts for a while only. */
  public AgentKey validFor(Instant from, Instant to) {
    return new AgentKey(keyId, owner, material, from, Optional.of(to));
  }

  boolean isValidAt(Instant time) {
    return !time.isBefore(notBefore) && notAfter.filter(end -> !time.isBefore(end)).isEmpty();
  }

  boolean canSign() {
    return !(material instanceof Pair pair) || pair.privateKey().isPresent();
  }

  byte[] sign(byte[] bytes) {
    try {
      return switch (material) {
        case Secret(SecretKey key) -> mac(key, bytes);
        case Pair pair -> sign(pair.privateKey().orElseThrow(), bytes);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign: keyId=" + keyId, e);
    }
  }

  boolean verifies(byte[] bytes, byte[] signature) {
    try {
      return switch (material) {
        case Secret(SecretKey key) -> MessageDigest.isEqual(mac(key, bytes), signature);
        case Pair pair -> verifies(pair.publicKey(), bytes, signature);
      };
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static byte[] mac(SecretKey key, byte[] bytes) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(MAC);
    mac.init(key);
    return mac.doFinal(bytes);
  }

  private static byte[] sign(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(EDWARDS);
    signer.initSign(key);
    signer.update(bytes);
    return signer.sign();
  }

  private static boolean verifies(PublicKey key, byte[] bytes, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(EDWARDS);
    verifier.initVerify(key);
    verifier.update(bytes);
    return verifier.verify(signature);
  }
}
