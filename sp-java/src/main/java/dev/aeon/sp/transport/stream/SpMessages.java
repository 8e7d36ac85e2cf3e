package dev.aeon.sp.transport.stream;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.wire.FrameDecoder;
import dev.aeon.sp.wire.Framing;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** SP's own mapping (sp-wire A1): greetings of eight bytes, then frames with a length. */
public final class SpMessages implements MessageStream {
  private static final int ALONE_MIN_BYTE_SIZE = 256;
  private static final int ALONE_MAX_BYTE_SIZE = 4 << 10;

  private final ByteStream connection;
  private final PipeHost host;
  private final Framing framing;
  private final StreamWriter writer;
  private @Nullable Handshake handshake;
  private @Nullable StreamReader reader;

  /** Largest body to accept; 0 for no limit. Known once the greetings are complete. */
  private long limit;

  /** Room for a message that may come alone: grows with those that come. */
  private int aloneByteSize = ALONE_MIN_BYTE_SIZE;

  public SpMessages(ByteStream connection, PipeHost host, Framing framing) {
    this.connection = connection;
    this.host = host;
    this.framing = framing;
    this.handshake = new Handshake(connection, host.protocol().value());
    this.writer = new StreamWriter(connection, framing);
  }

  @Override
  public Progress open() throws StreamException {
    Handshake underway = Objects.requireNonNull(handshake);
    Progress progress = underway.advance();
    if (progress == Progress.COMPLETE) {
      checkPeer(underway);
      endHandshake();
      connection.greeted();
      limit = host.settings().maxReceiveByteSize();
      reader =
          new StreamReader(connection, new FrameDecoder(framing, limit, connection.lentBodies()));
    }
    return progress;
  }

  private void checkPeer(Handshake complete) throws StreamException {
    try {
      int peer = complete.peerProtocol();
      if (peer != host.protocol().peer().value()) {
        throw new StreamException(
            CloseReason.WRONG_PROTOCOL, "peer protocol does not match: peer=0x%x".formatted(peer));
      }
    } catch (MalformedException e) {
      throw StreamException.of(e);
    }
  }

  private void endHandshake() {
    if (handshake != null) {
      handshake.close();
      handshake = null;
    }
  }

  @Override
  public @Nullable Packet next() throws StreamException {
    try {
      return reader().next();
    } catch (MalformedException e) {
      throw StreamException.of(e);
    }
  }

  @Override
  public long receive() throws StreamException {
    return reader().receive();
  }

  @Override
  public @Nullable Packet receiveNext() throws StreamException {
    return isMidMessage() ? MessageStream.super.receiveNext() : receiveAlone();
  }

  /** A message that comes alone is received in its own memory, and what else comes copied on. */
  private @Nullable Packet receiveAlone() throws StreamException {
    Packet packet = Packet.allocate(aloneByteSize);
    MemorySegment memory = packet.memory();
    long frameStart = packet.start() - framing.prefixByteSize();
    long room = packet.end() - frameStart;
    long count = connection.receive(memory, frameStart, room);
    if (framing.isWhole(memory, frameStart, count, limit)) {
      packet.chopBody(room - count);
      return packet;
    }
    if (count > 0) {
      reader().begin(memory, frameStart, count);
    }
    packet.release();
    if (count == room) {
      aloneByteSize = Math.min(2 * aloneByteSize, ALONE_MAX_BYTE_SIZE);
    }
    return next();
  }

  @Override
  public boolean isMoreLikely() {
    return reader().isMoreLikely();
  }

  @Override
  public boolean isMidMessage() {
    return reader().isMidMessage();
  }

  @Override
  public long arrivedByteCount() {
    return reader().arrivedByteCount();
  }

  @Override
  public void begin(Packet packet) {
    writer.begin(packet);
  }

  @Override
  public boolean hold(Packet packet) {
    return writer.hold(packet);
  }

  @Override
  public long heldByteCount() {
    return writer.heldByteCount();
  }

  @Override
  public long flush() throws StreamException {
    return writer.flush();
  }

  @Override
  public boolean isBusy() {
    return writer.isBusy();
  }

  @Override
  public ByteStream bytes() {
    return connection;
  }

  private StreamReader reader() {
    return Objects.requireNonNull(reader, "greetings are not complete");
  }

  @Override
  public void close() {
    endHandshake();
    writer.close();
    if (reader != null) {
      reader.close();
    }
    connection.close();
  }
}
