package dev.aeon.apm.schema;

import static dev.aeon.apm.schema.Severity.CRITICAL;
import static dev.aeon.apm.schema.Severity.HIGH;
import static dev.aeon.apm.schema.Severity.LOW;
import static dev.aeon.apm.schema.Severity.MEDIUM;

import java.util.Optional;

/**
 * The error catalog (section 9). Declared in the order in which a message's violations are
 * reported: the first of them gives the code of the whole message.
 */
public enum ErrorCode {
  E_PROTOCOL_002("Malformed JSON or UTF-8", CRITICAL, false),
  E_VALIDATION_005("Message size exceeds the limit", HIGH, false),
  E_PROTOCOL_001("Unsupported protocol version", HIGH, false),
  E_PROTOCOL_006("Unsupported message type", MEDIUM, false),
  E_VALIDATION_001("Missing required field", MEDIUM, true),
  E_VALIDATION_002("Invalid field type", MEDIUM, true),
  E_VALIDATION_003("Invalid enum value", MEDIUM, true),
  E_VALIDATION_004("Schema validation failed", MEDIUM, true),
  E_VALIDATION_006("Invalid message id", MEDIUM, true),
  E_VALIDATION_007("Invalid timestamp", MEDIUM, true),
  E_VALIDATION_008("Invalid agent id", MEDIUM, true),
  E_PROTOCOL_003("Invalid correlation id", MEDIUM, true),
  E_VALIDATION_009("Semantic contradiction", MEDIUM, true),
  E_ROUTING_002("Invalid receiver specification", MEDIUM, true),
  E_ROUTING_001("Agent not found", MEDIUM, false),
  E_ROUTING_003("Channel unavailable", HIGH, true),
  E_ROUTING_004("Broadcast failed in part", MEDIUM, true),
  E_PROTOCOL_004("Message timeout", MEDIUM, true),
  E_PROTOCOL_005("Handshake refused", HIGH, false),
  E_TASK_001("Task not found", MEDIUM, false),
  E_TASK_002("Task already assigned", LOW, false),
  E_TASK_003("Task execution failed", HIGH, true),
  E_TASK_004("Task dependency missing", HIGH, true),
  E_SYSTEM_001("Transient input or output failure", HIGH, true),
  E_SYSTEM_002("Storage full", CRITICAL, false),
  E_SYSTEM_003("Resource limit reached", HIGH, true),
  E_SYSTEM_004("Channel owned by another process", HIGH, true),
  E_SECURITY_001("Bad signature", CRITICAL, false),
  E_SECURITY_002("Unknown key", CRITICAL, false),
  E_SECURITY_003("Replayed message", CRITICAL, false),
  E_SECURITY_004("Clock skew", HIGH, true),
  E_SECURITY_005("Not allowed", HIGH, false);

  private final String description;
  private final Severity severity;
  private final boolean recoverable;

  ErrorCode(String description, Severity severity, boolean recoverable) {
    this.description = description;
    this.severity = severity;
    this.recoverable = recoverable;
  }

  /** The code that {@code text} names; {@code E_VERSION_001} is read as {@link #E_PROTOCOL_001}. */
  public static Optional<ErrorCode> parse(String text) {
    if (text.equals("E_VERSION_001")) {
      return Optional.of(E_PROTOCOL_001);
    }
    for (ErrorCode code : values()) {
      if (code.name().equals(text)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  public String description() {
    return description;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether the sender can succeed by waiting or by mending the message. */
  public boolean isRecoverable() {
    return recoverable;
  }
}
