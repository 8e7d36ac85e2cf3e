package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every pattern does over every transport. */
@Timeout(120)
abstract class SocketContract {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final List<AutoCloseable> open = new ArrayList<>();

  /** A URL to listen on that no other test uses. */
  abstract String freshUrl();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** Sets what the transport needs. */
  void configure(SpSocket socket) {}

  private <T extends SpSocket> T configured(T socket) {
    configure(socket);
    return socket;
  }

  private <T extends AutoCloseable> T opened(T socket) {
    if (socket instanceof SpSocket each) {
      configure(each);
    }
    open.add(socket);
    return socket;
  }

  private void connect(SpSocket listening, SpSocket dialing) {
    dialing.dial(listening.listen(freshUrl()).url());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Message message) {
    try (message) {
      return new String(message.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void message_usedAgain_carriesOneAfterAnother() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    connect(pull, push);
    Message sent = Message.empty();
    Message received = Message.empty();
    for (byte value = 0; value < 100; value++) {
      sent.refill(1);
      sent.body().set(ValueLayout.JAVA_BYTE, 0, value);
      push.send(sent);
      pull.receive(received);
      assertThat(received.toByteArray()).containsExactly(value);
      received.close();
    }
  }

  @Test
  void message_stillOwned_takesNoOther() {
    PullSocket pull = opened(PullSocket.open());
    try (Message owned = Message.copyOf(new byte[1])) {
      assertThatThrownBy(() -> pull.receive(owned)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> owned.refill(1)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void push_connectedPull_messagesArriveInOrder() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    connect(pull, push);
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(() -> {
          for (int number = 0; number < 1000; number++) {
            push.send(bytes("m" + number));
          }
        });
    for (int number = 0; number < 1000; number++) {
      assertThat(text(pull.receive())).isEqualTo("m" + number);
    }
    sender.join();
  }

  @Test
  void push_listeningSide_works() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    connect(push, pull);
    push.send(bytes("hello"));
    assertThat(text(pull.receive())).isEqualTo("hello");
  }

  @Test
  void push_noPull_sendTimesOutAndGivesMessageBack() {
    PushSocket push = opened(PushSocket.open());
    push.set(SpOptions.SEND_TIMEOUT, SHORT);
    Message message = Message.copyOf(bytes("kept"));
    assertThatThrownBy(() -> push.send(message)).isInstanceOf(SpTimeoutException.class);
    assertThat(text(message)).isEqualTo("kept");
  }

  @Test
  void push_twoPulls_eachGetsItsShare() {
    PushSocket push = opened(PushSocket.open());
    PullSocket first = opened(PullSocket.open());
    PullSocket second = opened(PullSocket.open());
    String url = push.listen(freshUrl()).url();
    first.dial(url);
    second.dial(url);
    Await.openPipes(push, 2);
    push.send(bytes("one"));
    push.send(bytes("two"));
    assertThat(List.of(text(first.receive()), text(second.receive())))
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void message_ofAnySize_arrivesWhole() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    connect(pull, push);
    for (int byteSize : new int[] {0, 1, 255, 65_536, (1 << 20) + 1, 5_000_000}) {
      byte[] body = new byte[byteSize];
      new java.util.Random(byteSize).nextBytes(body);
      CompletableFuture<Void> sent = push.sendAsync(Message.copyOf(body));
      try (Message received = pull.receive()) {
        assertThat(received.toByteArray()).isEqualTo(body);
      }
      sent.join();
    }
  }

  @Test
  void request_answered_replyArrives() {
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    connect(rep, req);
    for (int round = 0; round < 200; round++) {
      req.send(bytes("ask" + round));
      assertThat(text(rep.receive())).isEqualTo("ask" + round);
      rep.send(bytes("answer" + round));
      assertThat(text(req.receive())).isEqualTo("answer" + round);
    }
  }

  @Test
  void reply_ofTheReceivedMessage_carriesItsBody() {
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    connect(rep, req);
    req.send(bytes("echo"));
    rep.send(rep.receive());
    assertThat(text(req.receive())).isEqualTo("echo");
  }

  @Test
  void requests_fromManyClients_eachGetsItsOwnReply() {
    RepSocket rep = opened(RepSocket.open());
    String url = rep.listen(freshUrl()).url();
    List<ReqSocket> clients = new ArrayList<>();
    for (int index = 0; index < 5; index++) {
      ReqSocket req = opened(ReqSocket.open());
      req.dial(url);
      req.send(bytes("client" + index));
      clients.add(req);
    }
    for (int index = 0; index < 5; index++) {
      rep.send(rep.receive());
    }
    for (int index = 0; index < 5; index++) {
      assertThat(text(clients.get(index).receive())).isEqualTo("client" + index);
    }
  }

  @Test
  void request_peerLost_isSentAgainToTheNext() {
    ReqSocket req = opened(ReqSocket.open());
    String url;
    try (RepSocket first = configured(RepSocket.open())) {
      url = first.listen(freshUrl()).url();
      req.dial(url);
      req.send(bytes("work"));
      assertThat(text(first.receive())).isEqualTo("work");
    }
    RepSocket second = opened(RepSocket.open());
    second.listen(url);
    assertThat(text(second.receive())).isEqualTo("work");
    second.send(bytes("done"));
    assertThat(text(req.receive())).isEqualTo("done");
  }

  @Test
  void request_peerLostAndResendOff_receiveFails() {
    ReqSocket req = opened(ReqSocket.open());
    req.set(SpOptions.RESEND_TIME, Duration.ZERO);
    RepSocket rep = opened(RepSocket.open());
    connect(rep, req);
    req.send(bytes("work"));
    text(rep.receive());
    rep.close();
    assertThatThrownBy(req::receive).isInstanceOf(SpConnectionLostException.class);
  }

  @Test
  void receive_withoutRequest_isRefused() {
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    assertThatThrownBy(req::receive).isInstanceOf(SpStateException.class);
    assertThatThrownBy(() -> rep.send(bytes("x"))).isInstanceOf(SpStateException.class);
  }

  @Test
  void publish_matchingPrefix_isReceived() {
    PubSocket pub = opened(PubSocket.open());
    SubSocket sub = opened(SubSocket.open());
    sub.subscribe(bytes("a"));
    connect(pub, sub);
    Await.openPipes(pub, 1);
    pub.send(bytes("b-no"));
    pub.send(bytes("a-yes"));
    assertThat(text(sub.receive())).isEqualTo("a-yes");
    sub.unsubscribe(bytes("a"));
    assertThatThrownBy(() -> sub.unsubscribe(bytes("a"))).isInstanceOf(SpStateException.class);
  }

  @Test
  void publish_twoSubscribers_bothReceive() {
    PubSocket pub = opened(PubSocket.open());
    String url = pub.listen(freshUrl()).url();
    SubSocket first = opened(SubSocket.open());
    SubSocket second = opened(SubSocket.open());
    for (SubSocket each : List.of(first, second)) {
      each.subscribe(new byte[0]);
      each.dial(url);
    }
    Await.openPipes(pub, 2);
    pub.send(bytes("news"));
    assertThat(text(first.receive())).isEqualTo("news");
    assertThat(text(second.receive())).isEqualTo("news");
  }

  @Test
  void publish_nobodyThere_returns() {
    opened(PubSocket.open()).send(bytes("into the void"));
  }

  @Test
  void dial_beforeListen_connectsLater() {
    PullSocket pull = opened(PullSocket.open());
    String url;
    try (PullSocket probe = configured(PullSocket.open())) {
      url = probe.listen(freshUrl()).url();
    }
    PushSocket push = opened(PushSocket.open());
    push.dial(url);
    pull.listen(url);
    push.send(bytes("late"));
    assertThat(text(pull.receive())).isEqualTo("late");
  }

  @Test
  void dial_peerOfAnotherProtocol_neverOpens() {
    PushSocket push = opened(PushSocket.open());
    SubSocket sub = opened(SubSocket.open());
    connect(sub, push);
    Await.closed(push, "WRONG_PROTOCOL");
    assertThat(push.statistics().pipesOpened()).isZero();
  }

  @Test
  void receive_nothingThere_timesOut() {
    PullSocket pull = opened(PullSocket.open());
    assertThatThrownBy(() -> pull.receive(SHORT)).isInstanceOf(SpTimeoutException.class);
    assertThatThrownBy(() -> pull.receive(Duration.ZERO)).isInstanceOf(SpTimeoutException.class);
  }

  @Test
  void receive_socketClosedMeanwhile_throwsClosed() throws Exception {
    PullSocket pull = opened(PullSocket.open());
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread receiver = receiver(pull, thrown);
    awaitWaiting(receiver);
    pull.close();
    assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(SpClosedException.class);
  }

  @Test
  void receive_threadInterrupted_throwsAndKeepsStatus() throws Exception {
    PullSocket pull = opened(PullSocket.open());
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread receiver = receiver(pull, thrown);
    awaitWaiting(receiver);
    receiver.interrupt();
    assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(SpInterruptedException.class);
  }

  private static Thread receiver(PullSocket pull, CompletableFuture<Throwable> thrown) {
    return Thread.ofPlatform()
        .start(() -> {
          try (Message message = pull.receive()) {
            thrown.completeExceptionally(new AssertionError(message));
          } catch (SpException e) {
            thrown.complete(e);
          }
        });
  }

  @Test
  void receiveAsync_cancelled_takesNoMessage() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    CompletableFuture<Message> cancelled = pull.receiveAsync();
    assertThat(cancelled.cancel(true)).isTrue();
    connect(pull, push);
    push.send(bytes("for the next"));
    assertThat(text(pull.receive())).isEqualTo("for the next");
  }

  @Test
  void receiveAsync_futureTimesOut_takesNoMessage() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    CompletableFuture<Message> late = pull.receiveAsync().orTimeout(10, TimeUnit.MILLISECONDS);
    assertThatThrownBy(late::join).hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);
    connect(pull, push);
    push.send(bytes("for the next"));
    assertThat(text(pull.receive())).isEqualTo("for the next");
  }

  @Test
  void receiveAsync_receiveTimeout_failsFuture() {
    PullSocket pull = opened(PullSocket.open());
    pull.set(SpOptions.RECEIVE_TIMEOUT, SHORT);
    CompletableFuture<Message> late = pull.receiveAsync();
    assertThatThrownBy(late::join).hasCauseInstanceOf(SpTimeoutException.class);
  }

  @Test
  void sendAsync_cancelled_givesMessageBack() {
    PushSocket push = opened(PushSocket.open());
    Message message = Message.copyOf(bytes("mine"));
    CompletableFuture<Void> sending = push.sendAsync(message);
    assertThatThrownBy(message::body).isInstanceOf(IllegalStateException.class);
    assertThat(sending.cancel(true)).isTrue();
    assertThat(text(message)).isEqualTo("mine");
  }

  @Test
  void message_afterSend_isNoLongerUsable() {
    PubSocket pub = opened(PubSocket.open());
    Message message = Message.copyOf(bytes("gone"));
    pub.send(message);
    assertThatThrownBy(message::body).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pub.send(message)).isInstanceOf(IllegalStateException.class);
    message.close();
  }

  @Test
  void listen_addressTaken_isRefused() {
    PullSocket first = opened(PullSocket.open());
    PullSocket second = opened(PullSocket.open());
    String url = first.listen(freshUrl()).url();
    assertThatThrownBy(() -> second.listen(url))
        .isInstanceOf(SpAddressException.class)
        .hasMessageContaining(url);
  }

  @Test
  void listenerClosed_addressIsFreeAgain() {
    PullSocket first = opened(PullSocket.open());
    Listener listener = first.listen(freshUrl());
    listener.close();
    PullSocket second = opened(PullSocket.open());
    assertThat(second.listen(listener.url()).url()).isEqualTo(listener.url());
  }

  @Test
  void receivers_cancelledWhileMessagesArrive_loseNone() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    connect(pull, push);
    int count = 500;
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(() -> {
          for (int number = 0; number < count; number++) {
            push.send(bytes(Integer.toString(number)));
          }
        });
    for (int next = 0; next < count; ) {
      CompletableFuture<Message> receiving = pull.receiveAsync();
      if (!receiving.cancel(true)) {
        assertThat(text(receiving.join())).isEqualTo(Integer.toString(next));
        next++;
      }
    }
    sender.join();
  }

  @Test
  void senders_concurrent_everyMessageArrivesOnce() {
    PullSocket pull = opened(PullSocket.open());
    String url = pull.listen(freshUrl()).url();
    int senderCount = 4;
    int each = 250;
    for (int index = 0; index < senderCount; index++) {
      PushSocket push = opened(PushSocket.open());
      push.dial(url);
      int sender = index;
      Thread.startVirtualThread(() -> {
        for (int number = 0; number < each; number++) {
          push.send(bytes(sender + ":" + number));
        }
      });
    }
    java.util.Set<String> received = new java.util.HashSet<>();
    for (int number = 0; number < senderCount * each; number++) {
      received.add(text(pull.receive()));
    }
    assertThat(received).hasSize(senderCount * each);
  }

  @Test
  void dialerClosed_peerLosesItsPipe() {
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    Dialer dialer = push.dial(pull.listen(freshUrl()).url());
    Await.openPipes(pull, 1);
    dialer.close();
    Await.openPipes(pull, 0);
    assertThat(push.statistics().openPipes()).isZero();
  }

  @Test
  void operations_onClosedSocket_throwClosed() {
    PushSocket push = configured(PushSocket.open());
    push.close();
    push.close();
    assertThatThrownBy(() -> push.send(bytes("x"))).isInstanceOf(SpClosedException.class);
    assertThatThrownBy(() -> push.listen(freshUrl())).isInstanceOf(SpClosedException.class);
  }

  @Test
  void messages_sentBeforeClose_stillArrive() {
    PullSocket pull = opened(PullSocket.open());
    String url = pull.listen(freshUrl()).url();
    try (PushSocket push = configured(PushSocket.open())) {
      push.dial(url);
      push.send(bytes("last words"));
      Await.until(() -> pull.statistics().messagesReceived() > 0);
    }
    assertThat(text(pull.receive())).isEqualTo("last words");
  }

  private static void awaitWaiting(Thread thread) {
    Await.until(() ->
        thread.getState() == Thread.State.WAITING
            || thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void pair_bothWays_messagesArrive() {
    PairSocket one = opened(PairSocket.open());
    PairSocket other = opened(PairSocket.open());
    connect(one, other);
    one.send(bytes("there"));
    other.send(bytes("back"));
    assertThat(text(other.receive())).isEqualTo("there");
    assertThat(text(one.receive())).isEqualTo("back");
  }

  @Test
  void pair_thirdComesTooMany_isRefusedAndTheFirstTwoGoOn() {
    PairSocket one = opened(PairSocket.open());
    PairSocket other = opened(PairSocket.open());
    PairSocket third = opened(PairSocket.open());
    String url = one.listen(freshUrl()).url();
    other.dial(url);
    Await.openPipes(one, 1);
    third.dial(url);
    Await.closed(one, "REFUSED");
    other.send(bytes("still here"));
    assertThat(text(one.receive())).isEqualTo("still here");
  }

  @Test
  void pair1_bothWays_messagesArrive() {
    Pair1Socket one = opened(Pair1Socket.open());
    Pair1Socket other = opened(Pair1Socket.open());
    connect(one, other);
    one.send(bytes("there"));
    other.send(bytes("back"));
    assertThat(text(other.receive())).isEqualTo("there");
    assertThat(text(one.receive())).isEqualTo("back");
  }

  @Test
  void polyPair_answer_goesToWhoAsked() {
    PolyPairSocket hub = opened(PolyPairSocket.open());
    String url = hub.listen(freshUrl()).url();
    Pair1Socket first = opened(Pair1Socket.open());
    Pair1Socket second = opened(Pair1Socket.open());
    first.dial(url);
    second.dial(url);
    Await.openPipes(hub, 2);
    second.send(bytes("second"));
    Message fromSecond = hub.receive();
    hub.send(fromSecond);
    assertThat(text(second.receive())).isEqualTo("second");
    first.send(bytes("first"));
    hub.send(hub.receive());
    assertThat(text(first.receive())).isEqualTo("first");
  }

  @Test
  void bus_everyNeighbourHears() {
    BusSocket hub = opened(BusSocket.open());
    String url = hub.listen(freshUrl()).url();
    BusSocket first = opened(BusSocket.open());
    BusSocket second = opened(BusSocket.open());
    first.dial(url);
    second.dial(url);
    Await.openPipes(hub, 2);
    hub.send(bytes("all"));
    assertThat(text(first.receive())).isEqualTo("all");
    assertThat(text(second.receive())).isEqualTo("all");
    first.send(bytes("to the hub alone"));
    assertThat(text(hub.receive())).isEqualTo("to the hub alone");
    assertThatThrownBy(() -> second.receive(SHORT)).isInstanceOf(SpTimeoutException.class);
  }

  @Test
  void survey_allAnswer_eachAnswerComesOnce() {
    SurveyorSocket surveyor = opened(SurveyorSocket.open());
    surveyor.set(SpOptions.SURVEY_TIME, Duration.ofHours(1));
    String url = surveyor.listen(freshUrl()).url();
    List<RespondentSocket> respondents = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      RespondentSocket respondent = opened(RespondentSocket.open());
      respondent.dial(url);
      respondents.add(respondent);
    }
    Await.openPipes(surveyor, 3);
    surveyor.send(bytes("who"));
    for (int index = 0; index < 3; index++) {
      assertThat(text(respondents.get(index).receive())).isEqualTo("who");
      respondents.get(index).send(bytes("r" + index));
    }
    assertThat(
            List.of(text(surveyor.receive()), text(surveyor.receive()), text(surveyor.receive())))
        .containsExactlyInAnyOrder("r0", "r1", "r2");
    assertThatThrownBy(() -> surveyor.receive(SHORT)).isInstanceOf(SpTimeoutException.class);
  }

  @Test
  void survey_timeIsUp_endsIt() {
    SurveyorSocket surveyor = opened(SurveyorSocket.open());
    surveyor.set(SpOptions.SURVEY_TIME, SHORT);
    RespondentSocket respondent = opened(RespondentSocket.open());
    connect(surveyor, respondent);
    surveyor.send(bytes("who"));
    // Where the time is up before the first receives, that finds no survey either.
    assertThatThrownBy(surveyor::receive)
        .isInstanceOfAny(SpTimeoutException.class, SpStateException.class);
    assertThatThrownBy(surveyor::receive).isInstanceOf(SpStateException.class);
  }

  @Test
  void contexts_manyRequestsOut_eachGetsItsOwnReply() {
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    connect(rep, req);
    List<ReqContext> asking = new ArrayList<>();
    List<CompletableFuture<Message>> replies = new ArrayList<>();
    List<CompletableFuture<Void>> sends = new ArrayList<>();
    for (int index = 0; index < 50; index++) {
      ReqContext context = opened(req.openContext());
      sends.add(context.sendAsync(Message.copyOf(bytes("q" + index))));
      replies.add(context.receiveAsync());
      asking.add(context);
    }
    List<RepContext> answering = new ArrayList<>();
    for (int index = 0; index < 50; index++) {
      RepContext context = opened(rep.openContext());
      Message request = context.receive();
      sends.add(context.sendAsync(request));
      answering.add(context);
    }
    for (int index = 0; index < 50; index++) {
      assertThat(text(replies.get(index).join())).isEqualTo("q" + index);
    }
    sends.forEach(CompletableFuture::join);
    assertThat(asking).hasSameSizeAs(answering);
  }

  @Test
  void context_closed_wakesItsOwnReceiverAlone() {
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    connect(rep, req);
    ReqContext context = req.openContext();
    context.send(bytes("never answered"));
    CompletableFuture<Message> waiting = context.receiveAsync();
    context.close();
    assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SpClosedException.class);
    assertThatThrownBy(() -> context.send(bytes("x"))).isInstanceOf(SpClosedException.class);
    text(rep.receive());
    req.send(bytes("goes on"));
    assertThat(text(rep.receive())).isEqualTo("goes on");
  }

  @Test
  void subContexts_filterForThemselves() {
    PubSocket pub = opened(PubSocket.open());
    SubSocket sub = opened(SubSocket.open());
    SubContext a = opened(sub.openContext());
    SubContext b = opened(sub.openContext());
    a.subscribe(bytes("a"));
    b.subscribe(bytes("b"));
    connect(pub, sub);
    Await.openPipes(pub, 1);
    pub.send(bytes("b1"));
    pub.send(bytes("a1"));
    assertThat(text(a.receive())).isEqualTo("a1");
    assertThat(text(b.receive())).isEqualTo("b1");
  }

  @Test
  void pub_toldToWait_dropsNothing() {
    PubSocket pub = opened(PubSocket.open());
    pub.set(SpOptions.WAIT_FOR_SUBSCRIBERS, true);
    SubSocket sub = opened(SubSocket.open());
    sub.set(SpOptions.RECEIVE_QUEUE, 5_000);
    sub.subscribe(new byte[0]);
    connect(pub, sub);
    Await.openPipes(pub, 1);
    for (int number = 0; number < 2_000; number++) {
      pub.send(bytes("m" + number));
    }
    for (int number = 0; number < 2_000; number++) {
      assertThat(text(sub.receive())).isEqualTo("m" + number);
    }
    assertThat(pub.statistics().messagesDropped()).isZero();
  }

  @Test
  void failWithoutPeer_sendFailsAtOnce() {
    PushSocket push = opened(PushSocket.open());
    ReqSocket req = opened(ReqSocket.open());
    PairSocket pair = opened(PairSocket.open());
    push.set(SpOptions.FAIL_WITHOUT_PEER, true);
    req.set(SpOptions.FAIL_WITHOUT_PEER, true);
    pair.set(SpOptions.FAIL_WITHOUT_PEER, true);
    for (Sender each : List.of(push, req, pair)) {
      assertThatThrownBy(() -> each.send(bytes("x"))).isInstanceOf(SpNoPeerException.class);
    }
  }

  @Test
  void raw_requestAndReply_byHand() {
    RawSocket req = opened(RawSocket.open(SpProtocol.REQ));
    RawSocket rep = opened(RawSocket.open(SpProtocol.REP));
    connect(rep, req);
    Message ask = Message.copyOf(bytes("ask"));
    ask.prependHeaderWord(0x8000_0007);
    req.send(ask);
    Message request = rep.receive();
    assertThat(request.headerWordCount()).isEqualTo(2);
    assertThat(request.headerWord(0)).isEqualTo(request.pipeId());
    assertThat(request.headerWord(1)).isEqualTo(0x8000_0007);
    rep.send(request);
    try (Message reply = req.receive()) {
      assertThat(reply.headerWord(0)).isEqualTo(0x8000_0007);
      assertThat(reply.toByteArray()).isEqualTo(bytes("ask"));
    }
  }
}
