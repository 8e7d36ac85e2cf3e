package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sockets rely on in every transport. */
@Timeout(120)
abstract class TransportContract {
  private final IoWorker worker = new IoWorker("test-io", System::nanoTime);
  private TestHost listening;
  private TestHost dialing;

  abstract Transport transport();

  /** An address to listen on that no other test uses. */
  abstract String freshAddress();

  /** Sets what the transport needs. */
  void configure(CoreSettings settings) {}

  @BeforeEach
  void start() {
    worker.start();
    listening = host(ProtocolNumber.REP0);
    dialing = host(ProtocolNumber.REQ0);
  }

  private TestHost host(ProtocolNumber protocol) {
    TestHost host = new TestHost(worker, protocol);
    configure(host.coreSettings());
    return host;
  }

  @AfterEach
  void stop() {
    listening.close();
    dialing.close();
    worker.stop();
  }

  private TransportListener listen() {
    TransportListener listener =
        listening.call(() -> transport().listen(freshAddress(), listening));
    listening.closing(listener);
    return listener;
  }

  final TestHost dialingHost() {
    return dialing;
  }

  final TestHost listeningHost() {
    return listening;
  }

  /** Until the worker has dealt with all that is there by now. */
  final void awaitWorker() {
    CompletableFuture<Boolean> passed = new CompletableFuture<>();
    worker.schedule(Strand.NONE, 0, () -> passed.complete(true));
    passed.join();
  }

  final void connect() {
    String address = listen().address();
    dialing.run(() -> transport().connect(address, dialing));
    assertThat(dialing.next()).isEqualTo("opened");
    assertThat(listening.next()).isEqualTo("opened");
  }

  @Test
  void connect_bothSides_open() {
    connect();
  }

  @Test
  void connect_bothSides_nameEachOther() {
    connect();
    PeerProperties dialer = dialing.properties();
    PeerProperties listener = listening.properties();
    assertThat(dialer.localAddress()).startsWith(transport().scheme() + "://");
    assertThat(dialer.localAddress()).isEqualTo(listener.remoteAddress());
    assertThat(dialer.remoteAddress()).isEqualTo(listener.localAddress());
  }

  @Test
  void message_wanted_isDeliveredAndSenderTold() {
    connect();
    listening.receiveNext();
    dialing.transmit("hello");
    assertThat(listening.next()).isEqualTo("received hello");
    assertThat(dialing.next()).isEqualTo("transmitted");
  }

  @Test
  void messages_ofEverySize_arriveWhole() {
    connect();
    for (int byteSize : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 1 << 20, 5_000_000}) {
      String body = "x".repeat(byteSize);
      listening.receiveNext();
      dialing.transmit(body);
      assertThat(listening.next().length()).isEqualTo("received ".length() + byteSize);
      assertThat(dialing.next()).isEqualTo("transmitted");
    }
  }

  @Test
  void message_headerAndBody_arriveAsBody() {
    connect();
    listening.receiveNext();
    dialing.transmitWithHeader(0x41424344, "body");
    assertThat(listening.next()).isEqualTo("received ABCDbody");
  }

  @Test
  void message_notWanted_isNotDelivered() {
    connect();
    dialing.transmit("early");
    assertThat(listening.hasNext()).isFalse();
    listening.receiveNext();
    assertThat(listening.next()).isEqualTo("received early");
  }

  @Test
  void message_eachOnce_oncePerReceiveNext() {
    connect();
    listening.receiveNext();
    for (int number = 0; number < 100; number++) {
      dialing.transmit("m" + number);
      assertThat(listening.next()).isEqualTo("received m" + number);
      listening.receiveNext();
      assertThat(dialing.next()).isEqualTo("transmitted");
    }
  }

  /** Where a transport can: datagrams and others need a call for each. */
  @Test
  void messages_sentAtOnceAndNot_arriveInOrder() {
    connect();
    List<String> sent = new ArrayList<>();
    for (int number = 0; number < 100; number++) {
      String body = "m" + number;
      if (number % 10 == 9 || !dialing.transmitAtOnce(body)) {
        dialing.transmit(body);
        assertThat(dialing.next()).isEqualTo("transmitted");
      }
      sent.add("received " + body);
    }
    List<String> received = new ArrayList<>();
    while (received.size() < sent.size()) {
      listening.receiveNext();
      received.add(listening.next());
      for (String body = listening.readAtOnce(); body != null; body = listening.readAtOnce()) {
        received.add("received " + body);
      }
    }
    assertThat(received).isEqualTo(sent);
    assertThat(dialing.hasNext()).isFalse();
    assertThat(listening.hasNext()).isFalse();
  }

  @Test
  void readAtOnce_whileAMessageIsAskedFor_leavesItToThat() {
    connect();
    listening.receiveNext();
    dialing.transmit("asked for");
    assertThat(listening.readAtOnce()).isNull();
    assertThat(listening.next()).isEqualTo("received asked for");
  }

  @Test
  void messages_bothWays_doNotMix() {
    connect();
    dialing.receiveNext();
    listening.receiveNext();
    dialing.transmit("there");
    assertThat(listening.next()).isEqualTo("received there");
    assertThat(dialing.next()).isEqualTo("transmitted");
    listening.transmit("back");
    assertThat(dialing.next()).isEqualTo("received back");
    assertThat(listening.next()).isEqualTo("transmitted");
  }

  @Test
  void close_ofOneSide_isToldToTheOtherOnly() {
    connect();
    listening.receiveNext();
    dialing.closePipe();
    assertThat(listening.next()).isIn("inputEnded", "closed PEER_CLOSED");
    assertThat(dialing.hasNext()).isFalse();
  }

  @Test
  void messageBeforeClose_isStillDelivered() {
    connect();
    dialing.transmit("last");
    listening.receiveNext();
    assertThat(listening.next()).isEqualTo("received last");
    dialing.closePipe();
    listening.receiveNext();
    assertThat(listening.next()).isIn("inputEnded", "closed PEER_CLOSED");
  }

  @Test
  void peerOfAnotherProtocol_closesBothSides() {
    String address = listen().address();
    try (TestHost stranger = host(ProtocolNumber.PUSH0)) {
      stranger.run(() -> transport().connect(address, stranger));
      assertThat(stranger.next()).isEqualTo("closed WRONG_PROTOCOL");
      assertThat(listening.next()).isIn("closed WRONG_PROTOCOL", "closed PEER_CLOSED");
    }
  }

  @Test
  void connect_nobodyListens_fails() {
    TransportListener listener = listen();
    String address = listener.address();
    listening.run(listener::close);
    try {
      dialing.run(() -> transport().connect(address, dialing));
    } catch (TransportException e) {
      assertThat(e.kind()).isEqualTo(TransportException.Kind.REFUSED);
      return;
    }
    assertThat(dialing.next()).isEqualTo("closed CONNECT_FAILED");
  }

  @Test
  void listen_taken_isRefused() {
    String address = listen().address();
    assertThatThrownBy(() -> listening.call(() -> transport().listen(address, listening)))
        .isInstanceOfSatisfying(
            TransportException.class,
            e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.IN_USE));
  }
}
