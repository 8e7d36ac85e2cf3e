package dev.aeon.sp.core;

import dev.aeon.sp.transport.CloseReason;

/** Who waits for a dialer's first attempt. Told once, with no strand held. */
public interface FirstAttempt {
  void connected(CorePipe pipe);

  void failed(CloseReason reason, String detail);
}
