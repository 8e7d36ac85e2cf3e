package dev.aeon.apm.track;

import dev.aeon.apm.internal.Causes;
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
  private final transient @Nullable Tally tally;

  public DeliveryException(ErrorCode code, String message) {
    super(code + " " + message);
    this.code = code;
    this.nack = null;
    this.tally = null;
  }

  public DeliveryException(ErrorCode code, String message, Throwable cause) {
    super(code + " " + message, cause);
    this.code = code;
    this.nack = null;
    this.tally = null;
  }

  /**
   * A broadcast that did not reach all of its recipients.
   *
   * @param cause what one of them failed by
   */
  public DeliveryException(Tally tally, Throwable cause) {
    super(ErrorCode.E_ROUTING_004 + " broadcast failed in part: " + tally, cause);
    this.code = ErrorCode.E_ROUTING_004;
    this.nack = null;
    this.tally = tally;
  }

  public DeliveryException(Message message, Nack nack) {
    super("refused: sender=" + message.sender() + " reason=" + nack.reason());
    this.code = nack.errorCode().orElse(ErrorCode.E_ROUTING_003);
    this.nack = nack;
    this.tally = null;
  }

  /** What {@code failure} is, or is caused by; any other failure as an unavailable channel. */
  public static DeliveryException of(Throwable failure) {
    Throwable cause = Causes.of(failure);
    return cause instanceof DeliveryException known
        ? known
        : new DeliveryException(
            ErrorCode.E_ROUTING_003, "channel unavailable: cause=" + cause, cause);
  }

  public ErrorCode code() {
    return code;
  }

  /** What became of all copies of a broadcast; empty of a single message. */
  public Optional<Tally> tally() {
    return Optional.ofNullable(tally);
  }

  /** The recipient's refusal; empty where the message did not get that far. */
  public Optional<Nack> nack() {
    return Optional.ofNullable(nack);
  }
}
