package dev.aeon.checks.bench.messaging;

import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.SpSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A socket of sp-java; bodies are copied in and out, as the peers' interfaces do it. */
final class AeonEndpoint implements Endpoint {
  private final SpSocket socket;
  private final Consumer<Message> sender;
  private final Supplier<Message> receiver;
  private final MemorySegment buffer = Arena.ofAuto().allocate(MAX_BODY_BYTE_SIZE);

  private AeonEndpoint(SpSocket socket, Consumer<Message> sender, Supplier<Message> receiver) {
    this.socket = socket;
    this.sender = sender;
    this.receiver = receiver;
  }

  static AeonEndpoint open(Role role) {
    return switch (role) {
      case REQ -> of(ReqSocket.open());
      case REP -> of(RepSocket.open());
      case PUSH -> of(PushSocket.open());
      case PULL -> of(PullSocket.open());
    };
  }

  private static AeonEndpoint of(ReqSocket socket) {
    return new AeonEndpoint(socket, socket::send, socket::receive);
  }

  private static AeonEndpoint of(RepSocket socket) {
    return new AeonEndpoint(socket, socket::send, socket::receive);
  }

  private static AeonEndpoint of(PushSocket socket) {
    return new AeonEndpoint(socket, socket::send, AeonEndpoint::cannot);
  }

  private static AeonEndpoint of(PullSocket socket) {
    return new AeonEndpoint(socket, message -> cannot(), socket::receive);
  }

  private static Message cannot() {
    throw new UnsupportedOperationException("the pattern has no such direction");
  }

  @Override
  public void listen(String url) {
    var _ = socket.listen(url);
  }

  @Override
  public void dial(String url) {
    var _ = socket.dial(url);
  }

  @Override
  public void send(int byteSize) {
    sender.accept(Message.copyOf(buffer.asSlice(0, byteSize)));
  }

  @Override
  public int receive() {
    try (Message message = receiver.get()) {
      int byteSize = (int) message.byteSize();
      MemorySegment.copy(message.body(), 0, buffer, 0, byteSize);
      return byteSize;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
