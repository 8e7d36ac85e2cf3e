package dev.aeon.apm.track;

import dev.aeon.apm.message.Nack;
import dev.aeon.apm.schema.ErrorCode;

/** What a NACK means for the message that it refuses (resolutions 15 and 16). */
final class Refusals {
  private Refusals() {}

  /** Whether the same message may succeed later. */
  static boolean isTransient(Nack nack) {
    return nack.canRetry() && nack.errorCode().filter(Refusals::isTransient).isPresent();
  }

  private static boolean isTransient(ErrorCode code) {
    return switch (code) {
      case E_ROUTING_003, E_PROTOCOL_004, E_SYSTEM_001, E_SYSTEM_004, E_TASK_004 -> true;
      default -> false;
    };
  }

  /** Why the message failed: {@code needs_fix} where a corrected one may succeed. */
  static String reason(Nack nack) {
    return nack.canRetry() && !isTransient(nack) && !isOutOfRoom(nack) ? "needs_fix" : "refused";
  }

  /** No change to the message would help. */
  private static boolean isOutOfRoom(Nack nack) {
    return nack.errorCode().filter(ErrorCode.E_SYSTEM_003::equals).isPresent();
  }
}
