package dev.aeon.sp.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.Await;
import dev.aeon.sp.BusSocket;
import dev.aeon.sp.Message;
import dev.aeon.sp.Pair1Socket;
import dev.aeon.sp.PubSocket;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.RawSocket;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.RespondentSocket;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpProtocol;
import dev.aeon.sp.SpSocket;
import dev.aeon.sp.SpTimeoutException;
import dev.aeon.sp.SubSocket;
import dev.aeon.sp.SurveyorSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeviceTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.add(resource);
    return resource;
  }

  private static String freshUrl() {
    return "inproc://device-" + NAMES.incrementAndGet();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Message message) {
    try (message) {
      return new String(message.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  /** A device that listens on two URLs, given to whoever dials. */
  private record Hop(Device device, String front, String back) {}

  private Hop hop(SpProtocol front) {
    RawSocket first = RawSocket.open(front);
    RawSocket second = RawSocket.open(front.peer());
    String frontUrl = first.listen(freshUrl()).url();
    String backUrl = second.listen(freshUrl()).url();
    return new Hop(opened(Device.between(first, second)), frontUrl, backUrl);
  }

  @Test
  void request_overADevice_isAnswered() {
    Hop hop = hop(SpProtocol.REP);
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    req.dial(hop.front());
    rep.dial(hop.back());
    req.send(bytes("ask"));
    assertThat(text(rep.receive())).isEqualTo("ask");
    rep.send(bytes("answer"));
    assertThat(text(req.receive())).isEqualTo("answer");
    assertThat(hop.device().forwardedCount()).isEqualTo(2);
  }

  @Test
  void request_overAChainOfDevices_isAnsweredWithinTheHopLimit() {
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    String nearest = rep.listen(freshUrl()).url();
    for (int hops = 0; hops < 7; hops++) {
      nearest = chain(nearest);
    }
    req.dial(nearest);
    req.send(bytes("seven devices make eight words"));
    assertThat(text(rep.receive())).isEqualTo("seven devices make eight words");
    rep.send(bytes("answer"));
    assertThat(text(req.receive())).isEqualTo("answer");
  }

  @Test
  void request_overOneDeviceTooMany_isDropped() {
    ReqSocket req = opened(ReqSocket.open());
    RepSocket rep = opened(RepSocket.open());
    String nearest = rep.listen(freshUrl()).url();
    for (int hops = 0; hops < 8; hops++) {
      nearest = chain(nearest);
    }
    req.dial(nearest);
    req.send(bytes("too far"));
    Await.until(() -> rep.statistics().messagesDropped() == 1);
    assertThatThrownBy(() -> rep.receive(Duration.ZERO)).isInstanceOf(SpTimeoutException.class);
  }

  /** A device in front of {@code target}; the URL of its front. */
  private String chain(String target) {
    RawSocket front = RawSocket.open(SpProtocol.REP);
    RawSocket back = RawSocket.open(SpProtocol.REQ);
    String url = front.listen(freshUrl()).url();
    back.dial(target);
    opened(Device.between(front, back));
    return url;
  }

  @Test
  void survey_overADevice_isAnswered() {
    Hop hop = hop(SpProtocol.RESPONDENT);
    SurveyorSocket surveyor = opened(SurveyorSocket.open());
    surveyor.set(SpOptions.SURVEY_TIME, Duration.ofSeconds(60));
    RespondentSocket respondent = opened(RespondentSocket.open());
    surveyor.dial(hop.front());
    respondent.dial(hop.back());
    awaitPipes(surveyor, respondent);
    surveyor.send(bytes("who"));
    assertThat(text(respondent.receive())).isEqualTo("who");
    respondent.send(bytes("me"));
    assertThat(text(surveyor.receive())).isEqualTo("me");
  }

  private static void awaitPipes(SpSocket... sockets) {
    for (SpSocket each : sockets) {
      Await.until(() -> each.statistics().openPipes() == 1);
    }
  }

  @Test
  void pipelineAndPublications_overADevice_arrive() {
    Hop pipeline = hop(SpProtocol.PULL);
    PushSocket push = opened(PushSocket.open());
    PullSocket pull = opened(PullSocket.open());
    push.dial(pipeline.front());
    pull.dial(pipeline.back());
    push.send(bytes("work"));
    assertThat(text(pull.receive())).isEqualTo("work");

    Hop publications = hop(SpProtocol.SUB);
    PubSocket pub = opened(PubSocket.open());
    SubSocket sub = opened(SubSocket.open());
    sub.subscribe(new byte[0]);
    pub.dial(publications.front());
    sub.dial(publications.back());
    awaitPipes(pub, sub);
    pub.send(bytes("news"));
    assertThat(text(sub.receive())).isEqualTo("news");
  }

  @Test
  void pair1_overADevice_countsItsHops() {
    Hop hop = hop(SpProtocol.PAIR1);
    Pair1Socket one = opened(Pair1Socket.open());
    Pair1Socket other = opened(Pair1Socket.open());
    one.dial(hop.front());
    other.dial(hop.back());
    one.send(bytes("there"));
    assertThat(text(other.receive())).isEqualTo("there");
    other.send(bytes("back"));
    assertThat(text(one.receive())).isEqualTo("back");
  }

  @Test
  void busReflector_messagesGoToAllOthers() {
    RawSocket middle = RawSocket.open(SpProtocol.BUS);
    String url = middle.listen(freshUrl()).url();
    opened(Device.reflector(middle));
    List<BusSocket> neighbours = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      BusSocket bus = opened(BusSocket.open());
      bus.dial(url);
      neighbours.add(bus);
    }
    Await.until(() -> middle.statistics().openPipes() == 3);
    neighbours.get(0).send(bytes("hello"));
    assertThat(text(neighbours.get(1).receive())).isEqualTo("hello");
    assertThat(text(neighbours.get(2).receive())).isEqualTo("hello");
    assertThatThrownBy(() -> neighbours.get(0).receive(Duration.ZERO))
        .isInstanceOf(SpTimeoutException.class);
  }

  @Test
  void between_socketsThatAreNoCounterparts_isRefused() {
    RawSocket push = opened(RawSocket.open(SpProtocol.PUSH));
    RawSocket rep = opened(RawSocket.open(SpProtocol.REP));
    assertThatThrownBy(() -> Device.between(push, rep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first=PUSH second=REP");
    assertThatThrownBy(() -> Device.reflector(rep)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void close_endsDeviceAndItsSockets() throws InterruptedException {
    RawSocket front = RawSocket.open(SpProtocol.REP);
    RawSocket back = RawSocket.open(SpProtocol.REQ);
    Device device = Device.between(front, back);
    device.close();
    device.join();
    assertThatThrownBy(front::receive).isInstanceOf(SpClosedException.class);
    assertThatThrownBy(back::receive).isInstanceOf(SpClosedException.class);
  }
}
