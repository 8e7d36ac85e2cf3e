package dev.aeon.checks.interop;

import dev.aeon.sp.Message;
import dev.aeon.sp.PubSocket;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SubSocket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** A socket of ours, as a {@link Peer}. */
final class AeonPeer implements Peer {
  private final Consumer<String> listen;
  private final Consumer<String> dial;
  private final Consumer<byte[]> send;
  private final Function<Duration, Message> receive;
  private final Runnable close;

  private AeonPeer(
      Consumer<String> listen,
      Consumer<String> dial,
      Consumer<byte[]> send,
      Function<Duration, Message> receive,
      Runnable close) {
    this.listen = listen;
    this.dial = dial;
    this.send = send;
    this.receive = receive;
    this.close = close;
  }

  static Peer open(Pattern pattern) {
    return switch (pattern) {
      case REQ -> {
        ReqSocket s = ReqSocket.open();
        s.set(SpOptions.SEND_TIMEOUT, Duration.ofMillis(TIMEOUT_MILLIS));
        yield new AeonPeer(s::listen, s::dial, s::send, s::receive, s::close);
      }
      case REP -> {
        RepSocket s = RepSocket.open();
        yield new AeonPeer(s::listen, s::dial, s::send, s::receive, s::close);
      }
      case PUSH -> {
        PushSocket s = PushSocket.open();
        s.set(SpOptions.SEND_TIMEOUT, Duration.ofMillis(TIMEOUT_MILLIS));
        yield new AeonPeer(s::listen, s::dial, s::send, AeonPeer::cannotReceive, s::close);
      }
      case PULL -> {
        PullSocket s = PullSocket.open();
        yield new AeonPeer(s::listen, s::dial, AeonPeer::cannotSend, s::receive, s::close);
      }
      case PUB -> {
        PubSocket s = PubSocket.open();
        yield new AeonPeer(s::listen, s::dial, s::send, AeonPeer::cannotReceive, s::close);
      }
      case SUB -> {
        SubSocket s = SubSocket.open();
        s.subscribe(new byte[0]);
        yield new AeonPeer(s::listen, s::dial, AeonPeer::cannotSend, s::receive, s::close);
      }
    };
  }

  private static Message cannotReceive(Duration timeout) {
    throw new UnsupportedOperationException("this protocol receives nothing");
  }

  private static void cannotSend(byte[] body) {
    throw new UnsupportedOperationException("this protocol sends nothing");
  }

  @Override
  public void listen(String url) {
    listen.accept(url);
  }

  @Override
  public void dial(String url) {
    dial.accept(url);
  }

  @Override
  public void send(byte[] body) {
    send.accept(body);
  }

  @Override
  public byte[] receive(int timeoutMillis) {
    try (Message message = receive.apply(Duration.ofMillis(timeoutMillis))) {
      return message.toByteArray();
    }
  }

  @Override
  public void close() {
    close.run();
  }
}
