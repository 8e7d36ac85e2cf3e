package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.stream.StreamException;
import dev.aeon.sp.transport.stream.StreamReader;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import dev.aeon.sp.wire.WebSocketDecoder;
import dev.aeon.sp.wire.WebSocketHeader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** SP messages as WebSocket messages. */
final class WebSocketMessages implements MessageStream, WebSocketDecoder.Control {
  private static final int STATUS_BYTE_SIZE = 2;
  private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8}; // 1000

  private final ByteStream connection;
  private final PipeContext context;
  private final FrameWriter writer;
  private @Nullable Opening opening;
  private @Nullable StreamReader reader;
  private boolean peerClosed;

  WebSocketMessages(ByteStream connection, PipeContext context, WebSocketAddress address) {
    this.connection = connection;
    this.context = context;
    this.writer = new FrameWriter(connection, context.isDialer() ? new MaskKeys() : null);
    ProtocolNumber own = context.host().protocol();
    this.opening =
        context.isDialer()
            ? new ClientOpening(connection, address, SubprotocolNames.of(own.peer()))
            : new ServerOpening(connection, address, SubprotocolNames.of(own));
  }

  @Override
  public Progress open() throws StreamException {
    Opening underway = Objects.requireNonNull(opening);
    Progress progress = underway.advance();
    if (progress == Progress.COMPLETE) {
      long limit = context.host().settings().maxReceiveByteSize();
      reader = new StreamReader(connection, new WebSocketDecoder(!context.isDialer(), limit, this));
      MemorySegment rest = underway.rest();
      reader.begin(rest, 0, rest.byteSize());
      endOpening();
    }
    return progress;
  }

  private void endOpening() {
    if (opening != null) {
      opening.close();
      opening = null;
    }
  }

  @Override
  public @Nullable Packet next() throws StreamException {
    try {
      Packet packet = reader().next();
      sendControl();
      return packet;
    } catch (MalformedException e) {
      throw StreamException.of(e);
    }
  }

  /** Answers go out at once, where the connection takes them. */
  private void sendControl() throws StreamException {
    if (writer.isBusy()) {
      var _ = writer.flush();
    }
  }

  @Override
  public void ping(byte[] payload) {
    writer.control(WebSocketHeader.PONG, payload);
  }

  @Override
  public void closed(byte[] payload) {
    peerClosed = true;
    writer.control(WebSocketHeader.CLOSE, Arrays.copyOf(payload, closeByteSize(payload)));
  }

  /** The status that the peer gave, without its reason. */
  private static int closeByteSize(byte[] payload) {
    return payload.length >= STATUS_BYTE_SIZE ? STATUS_BYTE_SIZE : 0;
  }

  @Override
  public long receive() throws StreamException {
    return peerClosed ? 0 : reader().receive();
  }

  @Override
  public boolean isMoreLikely() {
    return peerClosed || reader().isMoreLikely();
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
    return Objects.requireNonNull(reader, "upgrade is not complete");
  }

  /** As far as the connection takes it now. */
  private void sayGoodbye() {
    try {
      if (reader != null && !peerClosed && !writer.isBusy()) {
        writer.control(WebSocketHeader.CLOSE, NORMAL_CLOSURE);
        var _ = writer.flush();
      }
    } catch (StreamException e) {
      peerClosed = true;
    }
  }

  @Override
  public void close() {
    endOpening();
    sayGoodbye();
    writer.close();
    if (reader != null) {
      reader.close();
    }
    connection.close();
  }
}
