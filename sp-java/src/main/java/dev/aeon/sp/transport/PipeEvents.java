package dev.aeon.sp.transport;

import dev.aeon.sp.wire.Packet;

/** Where a pipe reports. Called with the strand held; may call the pipe back only later. */
public interface PipeEvents {
  /** Both sides have greeted; the pipe carries messages now. At most once. */
  void opened();

  /** One message, whose ownership passes. Once per {@link TransportPipe#receiveNext}. */
  void received(Packet packet);

  /** The packet given last is on its way; the pipe takes another. */
  void transmitted();

  /** The peer sends nothing more, but may still read. */
  void inputEnded();

  /** The pipe has closed itself; the last event. */
  void closed(CloseReason reason, String detail);
}
