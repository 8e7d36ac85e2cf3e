package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;

/**
 * What both sides say of themselves, in HELLO and WELCOME (raw-ip-mapping 4); a cookie of {@link
 * Cookies#BYTE_SIZE} may follow in HELLO.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     Session of the Sender                     |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     Credit: Position Limit                    |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     Credit: Message Limit                     |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param session never 0
 * @param positionLimit how far the other side may send
 * @param messageLimit how many messages the other side may begin
 */
record Greeting(long session, long positionLimit, long messageLimit) {
  static final int BYTE_SIZE = 24;

  private static final int POSITION_LIMIT = 8;
  private static final int MESSAGE_LIMIT = 16;

  static Greeting of(long session, ReceiveQueue queue) {
    return new Greeting(session, queue.grantPositionLimit(), queue.grantMessageLimit());
  }

  void write(MemorySegment memory, long byteOffset) {
    memory.set(PacketLayout.LONG, byteOffset, session);
    memory.set(PacketLayout.LONG, byteOffset + POSITION_LIMIT, positionLimit);
    memory.set(PacketLayout.LONG, byteOffset + MESSAGE_LIMIT, messageLimit);
  }

  /** Reads {@link #BYTE_SIZE} bytes. */
  static Greeting read(MemorySegment memory, long byteOffset) {
    return new Greeting(
        memory.get(PacketLayout.LONG, byteOffset),
        memory.get(PacketLayout.LONG, byteOffset + POSITION_LIMIT),
        memory.get(PacketLayout.LONG, byteOffset + MESSAGE_LIMIT));
  }

  boolean isSound() {
    return session != PacketLayout.NO_SESSION && positionLimit >= 0 && messageLimit >= 0;
  }
}
