package dev.aeon.slabs.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF with SHA-256 (RFC 5869), 256 bits at a time. */
final class KeyDerivation {
  private KeyDerivation() {}

  /** A key from a secret and a salt. */
  static byte[] extract(byte[] secret, byte[] salt, byte[] info) {
    return derive(
        HKDFParameterSpec.ofExtract()
            .addIKM(secret)
            .addSalt(salt)
            .thenExpand(info, ChannelKey.BYTES));
  }

  /** A key from a secret that is as good as random already, for one purpose. */
  static byte[] expand(byte[] secret, String purpose) {
    return extract(secret, new byte[0], purpose.getBytes(UTF_8));
  }

  private static byte[] derive(HKDFParameterSpec parameters) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the JDK has no HKDF-SHA256", missing);
    }
  }
}
