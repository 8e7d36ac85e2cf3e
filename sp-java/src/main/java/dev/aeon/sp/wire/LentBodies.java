package dev.aeon.sp.wire;

/** Bodies that do not come with the stream's bytes: the peer put them where both can see them. */
public interface LentBodies {
  /**
   * Takes a body over, which goes back to the peer when the packet is released.
   *
   * @param reference where the peer says that it lies
   * @param byteSize its size, within the receive limit
   * @return a packet with one owner
   * @throws MalformedException if no such body can be there
   */
  Packet claim(long reference, long byteSize) throws MalformedException;
}
