package dev.aeon.checks.interop;

import dev.aeon.sp.BusSocket;
import dev.aeon.sp.Message;
import dev.aeon.sp.Pair1Socket;
import dev.aeon.sp.PairSocket;
import dev.aeon.sp.PubSocket;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.RespondentSocket;
import dev.aeon.sp.Sender;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpSocket;
import dev.aeon.sp.SubSocket;
import dev.aeon.sp.SurveyorSocket;
import dev.aeon.sp.TlsConfig;
import java.time.Duration;

/** A socket of ours, as a {@link Peer}. */
record AeonPeer(SpSocket socket) implements Peer {
  private static final Duration TIMEOUT = Duration.ofMillis(TIMEOUT_MILLIS);

  AeonPeer {
    socket.set(SpOptions.MAX_RECEIVE_SIZE, 0L);
    socket.set(SpOptions.TLS, tls());
    socket.set(SpOptions.RECONNECT_MAX, Duration.ofMillis(50));
    if (socket instanceof Sender) {
      socket.set(SpOptions.SEND_TIMEOUT, TIMEOUT);
    }
  }

  static AeonPeer open(Pattern pattern) {
    return new AeonPeer(
        switch (pattern) {
          case PAIR -> PairSocket.open();
          case PAIR1 -> Pair1Socket.open();
          case PUB -> PubSocket.open();
          case SUB -> everything(SubSocket.open());
          case REQ -> ReqSocket.open();
          case REP -> RepSocket.open();
          case PUSH -> PushSocket.open();
          case PULL -> PullSocket.open();
          case SURVEYOR -> patient(SurveyorSocket.open());
          case RESPONDENT -> RespondentSocket.open();
          case BUS -> BusSocket.open();
        });
  }

  private static TlsConfig tls() {
    TlsFiles files = TlsFiles.get();
    return TlsConfig.builder()
        .identity(files.identity(), files.identity())
        .trust(files.certificate())
        .build();
  }

  private static SpSocket everything(SubSocket socket) {
    socket.subscribe(new byte[0]);
    return socket;
  }

  private static SpSocket patient(SurveyorSocket socket) {
    socket.set(SpOptions.SURVEY_TIME, TIMEOUT);
    return socket;
  }

  @Override
  public void listen(String url) {
    socket.listen(url);
  }

  @Override
  public void dial(String url) {
    socket.dial(url);
  }

  @Override
  public void send(byte[] body) {
    ((Sender) socket).send(body);
  }

  @Override
  public byte[] receive(int timeoutMillis) {
    try (Message message = ((Receiver) socket).receive(Duration.ofMillis(timeoutMillis))) {
      return message.toByteArray();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
