package dev.aeon.sp;

import dev.aeon.sp.core.CoreContext;
import dev.aeon.sp.core.SocketCore;
import org.jspecify.annotations.Nullable;

/** A receive that completes a future. */
final class ReceiveOperation extends FutureOperation<Message> {
  ReceiveOperation(SocketCore core, @Nullable CoreContext context) {
    super(core, "receiveAsync", null, context);
  }

  @Override
  Message value() {
    return new Message(takePacket());
  }

  @Override
  void discard(@Nullable Message value) {
    if (value != null) {
      value.close();
    }
  }
}
