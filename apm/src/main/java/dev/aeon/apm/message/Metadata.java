package dev.aeon.apm.message;

import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Violations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What travels beside the payload (section 1.2); fields we do not know are kept. */
public record Metadata(JsonObject fields) {
  static final Schema SCHEMA =
      Schema.empty()
          .optional("retryCount", FieldRules.integer(0, Integer.MAX_VALUE))
          .optional("ttl", FieldRules.integer(1, Integer.MAX_VALUE))
          .optional("tags", FieldRules.list(FieldRules.string()))
          .optional("ackRequired", FieldRules.bool())
          .optional("epoch", FieldRules.integer(0, Long.MAX_VALUE))
          .optional("seq", FieldRules.integer(1, Long.MAX_VALUE))
          .optional("broadcastId", FieldRules.text())
          .optional("respondsTo", FieldRules.text())
          .optional("originalReceiver", FieldRules.object());

  /** Nothing but defaults. */
  public static final Metadata EMPTY = new Metadata(JsonObject.empty());

  private static final long DEFAULT_TTL_SECONDS = 3600;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where a known field is wrong
   */
  public Metadata {
    Violations violations = new Violations(false);
    violations.enter("metadata");
    fields.check(SCHEMA, violations);
    violations.throwIfAny();
  }

  public static Builder builder() {
    return new Builder(JsonObject.builder());
  }

  public Builder toBuilder() {
    return new Builder(fields.toBuilder());
  }

  public int retryCount() {
    return fields.findLong("retryCount").orElse(0L).intValue();
  }

  /** How long after its timestamp the message is of use. */
  public Duration ttl() {
    return Duration.ofSeconds(fields.findLong("ttl").orElse(DEFAULT_TTL_SECONDS));
  }

  /** Whether the sender insists on an ACK, or does without; empty where it does not say. */
  public Optional<Boolean> ackRequired() {
    return fields.findBoolean("ackRequired");
  }

  /** Which life of the sender the message comes from; zero where it does not say. */
  public long epoch() {
    return fields.findLong("epoch").orElse(0L);
  }

  /**
   * The message's number in its channel, counted from 1; zero where the channel does not number.
   */
  public long sequence() {
    return fields.findLong("seq").orElse(0L);
  }

  /** The correlation of the request that the message responds to, where it has another. */
  public Optional<String> respondsTo() {
    return fields.findString("respondsTo");
  }

  public List<String> tags() {
    return fields.strings("tags");
  }

  /** Builds metadata. */
  public static final class Builder {
    private final JsonObjectBuilder fields;

    private Builder(JsonObjectBuilder fields) {
      this.fields = fields;
    }

    public Builder retryCount(int retryCount) {
      fields.put("retryCount", retryCount);
      return this;
    }

    /** Sets the time to live, which is rounded down to seconds and at least one. */
    public Builder ttl(Duration ttl) {
      fields.put("ttl", ttl.toSeconds());
      return this;
    }

    public Builder tags(List<String> tags) {
      fields.putStrings("tags", tags);
      return this;
    }

    public Builder ackRequired(boolean ackRequired) {
      fields.put("ackRequired", ackRequired);
      return this;
    }

    public Builder epoch(long epoch) {
      fields.put("epoch", epoch);
      return this;
    }

    public Builder respondsTo(String correlationId) {
      fields.put("respondsTo", correlationId);
      return this;
    }

    /** Sets a field of the application's own. */
    public Builder put(String name, String value) {
      fields.put(name, value);
      return this;
    }

    public Builder put(String name, JsonObject value) {
      fields.put(name, value);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException where a known field is wrong
     */
    public Metadata build() {
      return new Metadata(fields.build());
    }
  }
}
