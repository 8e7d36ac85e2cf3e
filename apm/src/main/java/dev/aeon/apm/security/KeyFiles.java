package dev.aeon.apm.security;

import dev.aeon.apm.internal.files.WholeFiles;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Timestamps;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Reads keyrings from files: an object with an array {@code keys}, whose elements have keyId,
 * agentId, algorithm ({@code HMAC-SHA256} or {@code Ed25519}), perhaps notBefore and notAfter, and
 * in base 64 either {@code secret} or {@code publicKey} (X.509) and perhaps {@code privateKey}
 * (PKCS #8).
 */
public final class KeyFiles {
  private static final Set<PosixFilePermission> FOREIGN =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private static final int MAX_BYTE_SIZE = 16 << 20;
  private static final Schema FORM =
      Schema.empty().required("keys", FieldRules.list(FieldRules.object()));

  private KeyFiles() {}

  /**
   * Reads a keyring.
   *
   * @throws IOException where the file cannot be read, others than its owner may read or write it,
   *     it is longer than 16 MiB, or it holds anything but keys; the message says which
   */
  public static Keyring read(Path file) throws IOException {
    for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
      if (FOREIGN.contains(permission)) {
        throw new FileSystemException(
            file.toString(), null, "keys are open to others: permission=" + permission);
      }
    }
    byte[] text = WholeFiles.read(file, MAX_BYTE_SIZE);
    try {
      Keyring keyring = new Keyring();
      JsonObject document = JsonObject.parse(text);
      Form.require(FORM, document);
      for (JsonObject key : document.objects("keys")) {
        keyring.add(key(key));
      }
      return keyring;
    } catch (RuntimeException | GeneralSecurityException e) {
      throw new IOException("not a keyring: path=" + file + " cause=" + e.getMessage(), e);
    }
  }

  private static AgentKey key(JsonObject fields) throws GeneralSecurityException {
    AgentKey key =
        fields.says("algorithm", SignatureAlgorithm.ED25519.wireName())
            ? pair(fields)
            : secret(fields);
    return new AgentKey(
        key.keyId(),
        key.owner(),
        key.material(),
        time(fields, "notBefore").orElse(Instant.EPOCH),
        time(fields, "notAfter"));
  }

  private static AgentKey secret(JsonObject fields) {
    if (!fields.says("algorithm", SignatureAlgorithm.HMAC_SHA256.wireName())) {
      throw new IllegalArgumentException(
          "unknown algorithm: algorithm=" + fields.string("algorithm"));
    }
    return AgentKey.ofSecret(fields.string("keyId"), owner(fields), bytes(fields, "secret"));
  }

  private static AgentKey pair(JsonObject fields) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("Ed25519");
    PublicKey publicKey =
        factory.generatePublic(new X509EncodedKeySpec(bytes(fields, "publicKey")));
    Optional<PrivateKey> privateKey =
        fields.has("privateKey")
            ? Optional.of(
                factory.generatePrivate(new PKCS8EncodedKeySpec(bytes(fields, "privateKey"))))
            : Optional.empty();
    return AgentKey.ofPair(fields.string("keyId"), owner(fields), publicKey, privateKey);
  }

  private static AgentId owner(JsonObject fields) {
    return new AgentId(fields.string("agentId"));
  }

  private static byte[] bytes(JsonObject fields, String name) {
    return Base64.getDecoder().decode(fields.string(name));
  }

  private static Optional<Instant> time(JsonObject fields, String name) {
    return fields
        .findString(name)
        .map(text ->
            Timestamps.parse(text)
                .orElseThrow(
                    () -> new IllegalArgumentException("not a time: " + name + "=" + text)));
  }
}
