package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.TlsProperties;
import dev.aeon.sp.wire.LentBodies;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Unix-domain connection whose greeting carries a descriptor. By it two sockets of this
 * implementation know each other; every other implementation ignores it (sp-wire, "Rules for ours
 * where peers differ"). The descriptor is told by the name the kernel gives it. It is the memory
 * that its sender will write to, followed by the button of its doorbell, or a mere mark from a side
 * that shares none; where both sides share memory, everything after the greetings goes through it.
 */
public final class ExtendedGreeting implements ByteStream {
  private static final String MARK = "aeon-sp-1";
  private static final String RING = "aeon-sp-ring-3";
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Connection connection;
  private final PipeContext context;
  private final long sharedByteSize;
  private final boolean sharingIsRequired;
  private ByteStream current;
  private boolean sent;
  private boolean peerExtended;
  private @Nullable SharedOffer mine;
  private final PeerOffer theirs = new PeerOffer();

  private ExtendedGreeting(
      Connection connection, PipeContext context, long sharedByteSize, boolean sharingIsRequired) {
    this.connection = connection;
    this.context = context;
    this.sharedByteSize = sharedByteSize;
    this.sharingIsRequired = sharingIsRequired;
    this.current = connection;
  }

  /**
   * Adds to what a plain connection does.
   *
   * @param sharedByteSize how much memory to share each way; 0 to share none
   * @param sharingIsRequired whether a peer that shares none is refused
   */
  public static ByteStream over(
      ByteStream connection, PipeContext context, long sharedByteSize, boolean sharingIsRequired) {
    return connection instanceof Connection plain
        ? new ExtendedGreeting(plain, context, sharedByteSize, sharingIsRequired)
        : connection;
  }

  @Override
  public long sendGreeting(MemorySegment buffer, long byteOffset, long byteCount)
      throws StreamException {
    if (sent) {
      return send(buffer, byteOffset, byteCount);
    }
    MemorySegment bytes = buffer.asSlice(byteOffset, byteCount);
    try {
      long count = sharedByteSize > 0 ? sendWithRing(bytes) : sendWithMark(bytes);
      sent = true;
      return count;
    } catch (NativeCallException e) {
      return -e.errno();
    }
  }

  private long sendWithMark(MemorySegment bytes) {
    try (SharedMemory mark = SharedMemory.create(MARK, 1)) {
      return UnixSocket.sendDescriptors(connection.descriptor(), bytes, mark.descriptor().fd());
    }
  }

  private long sendWithRing(MemorySegment bytes) {
    SharedOffer offer = mine == null ? SharedOffer.make(RING, sharedByteSize) : mine;
    mine = offer;
    return offer.pass(connection.descriptor(), bytes);
  }

  @Override
  public long receiveGreeting(MemorySegment buffer, long byteOffset, long byteCount) {
    try {
      UnixSocket.Received received =
          UnixSocket.receiveDescriptors(
              connection.descriptor(), buffer.asSlice(byteOffset, byteCount));
      received.descriptors().forEach(this::take);
      return received.byteCount();
    } catch (NativeCallException e) {
      return -e.errno();
    }
  }

  private void take(Descriptor received) {
    boolean isRing = isNamed(received, RING);
    peerExtended |= isRing || isNamed(received, MARK);
    if (sharedByteSize > 0) {
      theirs.take(received, isRing);
    } else {
      received.close();
    }
  }

  private static boolean isNamed(Descriptor descriptor, String name) {
    try {
      Path link = DESCRIPTORS.resolve(Integer.toString(descriptor.fd()));
      return Files.readSymbolicLink(link).toString().equals("/memfd:" + name + " (deleted)");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void greeted() throws StreamException {
    SharedOffer offer = mine;
    if (offer != null && theirs.isThere()) {
      Doorbells doorbells = new Doorbells(offer.doorbell(), theirs.adoptButton());
      current =
          new SharedStream(connection, context, offer.ring(), theirs.map(doorbells), doorbells);
      mine = null;
    } else if (sharingIsRequired) {
      throw new StreamException(CloseReason.REFUSED, "peer shares no memory");
    } else {
      closeOffers();
    }
  }

  private void closeOffers() {
    if (mine != null) {
      mine.close();
      mine = null;
    }
    theirs.close();
  }

  @Override
  public boolean isPeerExtended() {
    return peerExtended;
  }

  @Override
  public void watch(int event, boolean wanted) {
    current.watch(event, wanted);
  }

  @Override
  public void unwatch() {
    current.unwatch();
  }

  @Override
  public int ready(int events) {
    return current.ready(events);
  }

  @Override
  public long receive(MemorySegment buffer, long byteOffset, long byteCount)
      throws StreamException {
    return current.receive(buffer, byteOffset, byteCount);
  }

  @Override
  public long send(MemorySegment buffer, long byteOffset, long byteCount) throws StreamException {
    return current.send(buffer, byteOffset, byteCount);
  }

  @Override
  public long place(MemorySegment buffer, long byteOffset, long byteCount) {
    return current.place(buffer, byteOffset, byteCount);
  }

  @Override
  public @Nullable LentBodies lentBodies() {
    return current.lentBodies();
  }

  @Override
  public long flush() throws StreamException {
    return current.flush();
  }

  @Override
  public boolean isMoreBuffered() {
    return current.isMoreBuffered();
  }

  @Override
  public @Nullable TlsProperties tls() {
    return current.tls();
  }

  @Override
  public void close() {
    current.close();
    closeOffers();
  }
}
