package dev.aeon.sp;

import dev.aeon.sp.core.CoreContext;
import dev.aeon.sp.core.SocketCore;
import org.jspecify.annotations.Nullable;

/** A send that completes a future; a failure gives the message back before the future tells. */
final class SendOperation extends FutureOperation<Void> {
  private final Message message;

  SendOperation(
      SocketCore core, @Nullable CoreContext context, Message message, boolean keepsHeader) {
    super(core, "sendAsync", message.take(keepsHeader), context);
    this.message = message;
  }

  @Override
  @Nullable Void value() {
    return null;
  }

  @Override
  void onFailure() {
    message.giveBack(takePacket());
  }
}
