package dev.aeon.apm;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Nack;
import dev.aeon.apm.schema.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message did not reach its recipient, or was refused by it. */
public final class DeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient @Nullable Nack nack;

  DeliveryException(ErrorCode code, String message) {
    super(code + " " + message);
    this.code = code;
    this.nack = null;
  }

  DeliveryException(ErrorCode code, String message, Throwable cause) {
    super(code + " " + message, cause);
    this.code = code;
    this.nack = null;
  }

  DeliveryException(Message message, Nack nack) {
    super("refused: sender=" + message.sender() + " reason=" + nack.reason());
    this.code = nack.errorCode().orElse(ErrorCode.E_ROUTING_003);
    this.nack = nack;
  }

  public ErrorCode code() {
    return code;
  }

  /** The recipient's refusal; empty where the message did not get that far. */
  public Optional<Nack> nack() {
    return Optional.ofNullable(nack);
  }
}
