package dev.aeon.apm.security;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signs messages, and believes none that is not signed by its sender. A signature lies in {@code
 * metadata.signature}, an object of algorithm, keyId and, in base 64, value; it covers the whole
 * message but itself, how often it was sent, and its place in its channel. Thread-safe.
 */
public final class Signatures {
  /** How far a sender's clock may be ahead of ours. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  private static final String SIGNATURE = "signature";

  private final Keyring keyring;
  private final InstantSource clock;

  /** The latest life in which each sender was believed: an earlier one is a recording. */
  private final Map<AgentId, Long> epochs = new ConcurrentHashMap<>();

  public Signatures(Keyring keyring, InstantSource clock) {
    this.keyring = keyring;
    this.clock = clock;
  }

  /**
   * The message with its sender's signature, in place of one that it has.
   *
   * @throws InvalidMessageException E_SECURITY_002 where the sender has no key to sign with
   */
  public Message sign(Message message) {
    AgentKey key =
        keyring
            .signingKey(message.sender().agentId(), clock.instant())
            .orElseThrow(() ->
                refused(
                    ErrorCode.E_SECURITY_002, "no key to sign with: sender=" + message.sender()));
    JsonObject unsigned =
        JsonObject.builder()
            .put("algorithm", key.material().algorithm())
            .put("keyId", key.keyId())
            .build();
    byte[] value = key.sign(signedBytes(with(message, unsigned)));
    String text = Base64.getEncoder().encodeToString(value);
    return with(message, unsigned.toBuilder().put("value", text).build());
  }

  /**
   * Its bytes are written in one way alone: spare bits, which the decoder ignores, must be zero.
   */
  private static byte[] value(String text) {
    byte[] value = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(value).equals(text)) {
      throw new IllegalArgumentException("not as base 64 writes it");
    }
    return value;
  }

  private static Message with(Message message, JsonObject signature) {
    Metadata metadata = message.envelope().metadata().toBuilder().put(SIGNATURE, signature).build();
    return message.toBuilder().metadata(metadata).build();
  }

  /** Why a message is not believed; empty where it is. */
  public Optional<Violation> verify(Message message) {
    Optional<JsonObject> signature = message.envelope().metadata().fields().findObject(SIGNATURE);
    if (signature.isEmpty()) {
      return violation(ErrorCode.E_SECURITY_001, "not signed: sender=" + message.sender());
    }
    String keyId = signature.get().findString("keyId").orElse("");
    Optional<AgentKey> key =
        keyring.find(keyId).filter(each -> each.owner().equals(message.sender().agentId()));
    if (key.isEmpty() || !key.get().isValidAt(message.envelope().timestamp())) {
      return violation(
          ErrorCode.E_SECURITY_002,
          "no key of the sender's then: keyId=" + shortened(keyId) + " sender=" + message.sender());
    }
    return verify(message, signature.get(), key.get()).or(() -> verifyTime(message));
  }

  private static Optional<Violation> verify(Message message, JsonObject signature, AgentKey key) {
    try {
      boolean right =
          signature.says("algorithm", key.material().algorithm().wireName())
              && key.verifies(
                  signedBytes(message), value(signature.findString("value").orElse("")));
      return right
          ? Optional.empty()
          : violation(ErrorCode.E_SECURITY_001, "wrong signature: keyId=" + key.keyId());
    } catch (IllegalArgumentException | InvalidMessageException e) {
      return violation(
          ErrorCode.E_SECURITY_001,
          "unreadable signature: keyId=" + key.keyId() + " cause=" + e.getMessage());
    }
  }

  private Optional<Violation> verifyTime(Message message) {
    Instant latest = clock.instant().plus(MAX_SKEW);
    if (message.envelope().timestamp().isAfter(latest)) {
      return violation(
          ErrorCode.E_SECURITY_004,
          "sender's clock is ahead: timestamp=" + message.envelope().timestamp());
    }
    long epoch = message.envelope().metadata().epoch();
    long newest = epochs.merge(message.sender().agentId(), epoch, Math::max);
    return epoch < newest
        ? violation(
            ErrorCode.E_SECURITY_003,
            "from an earlier life of its sender: epoch=" + epoch + " newest=" + newest)
        : Optional.empty();
  }

  /** What is signed: everything but the signature's value and what changes on the way. */
  private static byte[] signedBytes(Message message) {
    JsonObject fields = message.toJson();
    JsonObject metadata = fields.findObject("metadata").orElse(JsonObject.empty());
    JsonObjectBuilder signed = metadata.toBuilder().remove("retryCount").remove("seq");
    metadata
        .findObject(SIGNATURE)
        .ifPresent(signature -> signed.put(SIGNATURE, signature.without("value")));
    return CanonicalJson.of(fields.toBuilder().put("metadata", signed.build()).build());
  }

  private static Optional<Violation> violation(ErrorCode code, String detail) {
    return Optional.of(new Violation("metadata.signature", code, detail));
  }

  private static InvalidMessageException refused(ErrorCode code, String detail) {
    return new InvalidMessageException(new Violation("metadata.signature", code, detail));
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }
}
