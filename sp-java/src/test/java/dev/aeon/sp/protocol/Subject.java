package dev.aeon.sp.protocol;

import static dev.aeon.sp.protocol.Event.CONNECT;
import static dev.aeon.sp.protocol.Event.DISCONNECT;
import static dev.aeon.sp.protocol.Event.FLUSHED;
import static dev.aeon.sp.protocol.Event.PEER_ENDS;
import static dev.aeon.sp.protocol.Event.RECEIVE;
import static dev.aeon.sp.protocol.Event.RECEIVE_AGAIN;
import static dev.aeon.sp.protocol.Event.SEND;
import static dev.aeon.sp.protocol.Event.SEND_AGAIN;
import static dev.aeon.sp.protocol.Event.WITHDRAW_RECEIVE;
import static dev.aeon.sp.protocol.Event.WITHDRAW_SEND;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A machine as it is drawn: with one pipe, short queues, and one operation of a kind at a time. Of
 * patterns that go both ways each way is drawn alone, since neither knows of the other.
 *
 * @param flushesAtOnce whether the pipe takes what it is given at once
 */
record Subject(
    String name,
    Function<Effects, ? extends ProtocolMachine> maker,
    boolean flushesAtOnce,
    List<Event> events) {
  private static final long TIME_NANOS = 60;
  private static final int HOPS = 2;

  private static final Event MESSAGE = Event.arrive("message", 'm');
  private static final Event SHORT = Event.arrive("short message", 0, 0, 1);
  private static final Event TIME = Event.pass(TIME_NANOS);
  private static final Event PATIENCE = Event.pass(PausedPipes.PATIENCE_NANOS);

  private static final Event SECOND = Event.connect(2);
  private static final Event SECOND_GOES =
      new Event("disconnect 2", rig -> rig.pipe(2).isAttached(), rig -> rig.disconnect(2));
  private static final Event OTHER_SEND =
      new Event(
          "other sends",
          rig -> !rig.isPending("other send"),
          rig -> rig.send(rig.context(), "other send", rig.packet((byte) 'o')));
  private static final Event OTHER_RECEIVE =
      new Event(
          "other receives",
          rig -> !rig.isPending("other receive"),
          rig -> rig.receive(rig.context(), "other receive"));
  private static final Event OTHER_CLOSE =
      new Event("other closes", Rig::hasContext, Rig::closeContext);

  Rig rig() {
    return new Rig(maker, flushesAtOnce);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Those that docs/protocol-machines.md has. */
  static List<Subject> drawn() {
    List<Subject> all = new ArrayList<>();
    addPipeline(all);
    addPairs(all);
    addPubSub(all);
    addBus(all);
    addRequest(all);
    addSurvey(all);
    addRaw(all);
    return all;
  }

  /** Larger ones: two pipes, two conversations, pipes that take their time. */
  static List<Subject> undrawn() {
    return List.of(
        new Subject("push, two pipes", Subject::queueingPush, false, sending(SECOND, SECOND_GOES)),
        new Subject(
            "pub, two pipes",
            effects -> new Pub0Machine(effects, 1),
            false,
            sending(SECOND, SECOND_GOES)),
        new Subject(
            "req, two pipes that take their time",
            effects -> new Req0Machine(effects, 7, TIME_NANOS),
            false,
            plus(asking("reply", "reply to another"), FLUSHED, SECOND, SECOND_GOES)),
        new Subject(
            "rep, a peer that ends and takes its time",
            effects -> new Rep0Machine(effects, HOPS),
            false,
            plus(answering("request"), FLUSHED, PEER_ENDS)),
        new Subject(
            "rep, two conversations",
            effects -> new Rep0Machine(effects, HOPS),
            false,
            plus(answering("request"), FLUSHED, OTHER_SEND, OTHER_RECEIVE, OTHER_CLOSE)),
        new Subject(
            "req, two conversations",
            effects -> new Req0Machine(effects, 7, TIME_NANOS),
            true,
            plus(asking("reply", "reply to another"), OTHER_SEND, OTHER_RECEIVE, OTHER_CLOSE)),
        new Subject(
            "surveyor, two conversations",
            effects -> new Surveyor0Machine(effects, 7, TIME_NANOS, 1, 1),
            true,
            plus(asking("response", "response to another"), OTHER_SEND, OTHER_CLOSE)));
  }

  private static List<Event> sending(Event... more) {
    return plus(List.of(CONNECT, DISCONNECT, FLUSHED, SEND, WITHDRAW_SEND), more);
  }

  private static List<Event> receiving(Event... arrivals) {
    return plus(List.of(CONNECT, DISCONNECT, RECEIVE, WITHDRAW_RECEIVE), arrivals);
  }

  /** Reconnects only once all that arrived was received: nothing is lost, so it would pile up. */
  private static List<Event> keeping(Event... arrivals) {
    Event reconnect = CONNECT.when(rig -> rig.arrivedCount() == rig.deliveredCount());
    return plus(List.of(reconnect, DISCONNECT, RECEIVE, WITHDRAW_RECEIVE), arrivals);
  }

  private static List<Event> plus(List<Event> some, Event... more) {
    List<Event> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private static void addPipeline(List<Subject> all) {
    all.add(new Subject("push", Push0Machine::new, false, sending(MESSAGE)));
    all.add(new Subject("push-queueing", Subject::queueingPush, false, sending()));
    all.add(new Subject("pull", Pull0Machine::new, false, keeping(MESSAGE)));
  }

  private static Push0Machine queueingPush(Effects effects) {
    Push0Machine push = new Push0Machine(effects);
    push.setSendQueueCount(1);
    return push;
  }

  private static void addPairs(List<Subject> all) {
    Event second = Event.connect(2).when(rig -> rig.pipe(1).isAttached());
    Event message = Event.arrive("message", 0, 0, 0, 1, 'm');
    Event farMessage = Event.arrive("message from too far", 0, 0, 0, HOPS + 1, 'm');
    Event wildMessage = Event.arrive("hop count out of range", 0, 0, 1, 0, 'm');
    List<Event> arrivals = keeping(second, message, farMessage, wildMessage, SHORT);
    all.add(new Subject("pair0-sending", Pair0Machine::new, false, sending(second)));
    all.add(new Subject("pair0-receiving", Pair0Machine::new, false, keeping(second, MESSAGE)));
    for (boolean raw : new boolean[] {false, true}) {
      Function<Effects, Pair1Machine> pair = effects -> new Pair1Machine(effects, HOPS, raw);
      String name = raw ? "raw-pair1" : "pair1";
      all.add(new Subject(name + "-sending", pair, false, sending(second)));
      all.add(new Subject(name + "-receiving", pair, false, arrivals));
    }
    addPoly(all, keeping(message, farMessage, wildMessage, SHORT));
  }

  private static void addPoly(List<Subject> all, List<Event> arrivals) {
    Event sendToFirst = Event.send("send to pipe 1", rig -> named(rig.packet((byte) 'm'), 1));
    Event sendToNone = Event.send("send to pipe 9", rig -> named(rig.packet((byte) 'm'), 9));
    Function<Effects, ProtocolMachine> poly = effects -> new Pair1PolyMachine(effects, HOPS);
    all.add(new Subject("poly-sending", poly, false, sending(sendToFirst, sendToNone)));
    all.add(new Subject("poly-receiving", poly, false, arrivals));
  }

  private static Packet named(Packet packet, int pipe) {
    packet.setPipeId(pipe);
    return packet;
  }

  private static void addPubSub(List<Subject> all) {
    all.add(new Subject("pub", effects -> new Pub0Machine(effects, 1), false, sending(MESSAGE)));
    all.add(new Subject("pub-waiting", Subject::waitingPub, false, sending()));
    Event wanted = Event.arrive("message", 'a', 'b');
    Event other = Event.arrive("other message", 'b');
    all.add(new Subject("sub", Subject::sub, false, receiving(wanted, other, PATIENCE)));
  }

  private static Pub0Machine waitingPub(Effects effects) {
    Pub0Machine pub = new Pub0Machine(effects, 1);
    pub.setWaits(true);
    return pub;
  }

  private static Sub0Machine sub(Effects effects) {
    Sub0Machine sub = new Sub0Machine(effects, 1);
    sub.own().subscribe(new byte[] {'a'});
    return sub;
  }

  private static void addBus(List<Subject> all) {
    for (boolean raw : new boolean[] {false, true}) {
      Function<Effects, Bus0Machine> bus = effects -> new Bus0Machine(effects, raw, 1, 1);
      String name = raw ? "raw-bus" : "bus";
      Event sendBack = Event.send("send back", rig -> headed(rig.packet((byte) 'm'), 1));
      List<Event> sends = raw ? sending(sendBack) : sending();
      all.add(new Subject(name + "-sending", bus, false, sends));
      all.add(new Subject(name + "-receiving", bus, false, receiving(MESSAGE)));
    }
  }

  private static Packet headed(Packet packet, int word) {
    packet.prependWord(word);
    return packet;
  }

  private static void addRequest(List<Subject> all) {
    List<Event> asking = plus(asking("reply", "reply to another"), SEND_AGAIN, RECEIVE_AGAIN);
    all.add(new Subject("req", effects -> new Req0Machine(effects, 7, TIME_NANOS), true, asking));
    all.add(
        new Subject("req-without-resend", effects -> new Req0Machine(effects, 7, 0), true, asking));
    addAnswer(all, "rep", "request", effects -> new Rep0Machine(effects, HOPS));
  }

  private static List<Event> asking(String answer, String stray) {
    Event good = Event.arriveOf(answer, rig -> Event.answer(rig, 0));
    Event bad = Event.arriveOf(stray, rig -> Event.answer(rig, 64));
    return List.of(
        CONNECT,
        DISCONNECT,
        SEND,
        WITHDRAW_SEND,
        RECEIVE,
        WITHDRAW_RECEIVE,
        good,
        bad,
        SHORT,
        TIME);
  }

  private static List<Event> answering(String question) {
    return List.of(
        CONNECT,
        DISCONNECT,
        RECEIVE,
        RECEIVE_AGAIN,
        WITHDRAW_RECEIVE,
        SEND,
        Event.arrive(question, 0x80, 0, 0, 1, 'm'),
        Event.arrive(question + " from too far", 0, 0, 0, 1, 0, 0, 0, 2, 0x80, 0, 0, 1),
        Event.arrive(question + " without end", 0, 0, 0, 1, 'm'));
  }

  /** How it ends when the peer has ended its side is drawn apart. */
  private static void addAnswer(
      List<Subject> all,
      String name,
      String question,
      Function<Effects, ? extends ProtocolMachine> maker) {
    all.add(new Subject(name, maker, true, answering(question)));
    Event good = Event.arrive(question, 0x80, 0, 0, 1, 'm');
    List<Event> ending = List.of(CONNECT, good, RECEIVE, SEND, PEER_ENDS);
    all.add(new Subject(name + "-ending", maker, true, ending));
  }

  private static void addSurvey(List<Subject> all) {
    List<Event> asking = asking("response", "response to another");
    all.add(
        new Subject(
            "surveyor",
            effects -> new Surveyor0Machine(effects, 7, TIME_NANOS, 1, 1),
            true,
            asking));
    addAnswer(all, "respondent", "survey", effects -> new Respondent0Machine(effects, HOPS));
  }

  private static void addRaw(List<Subject> all) {
    Event headless = Event.send("send without header", rig -> rig.packet((byte) 'm'));
    Event request = Event.send("send", rig -> headed(rig.packet((byte) 'm'), 0x8000_0001));
    Event answer = Event.arrive("message", 0x80, 0, 0, 1, 'm');
    addRawAnswer(all, headless);
    all.add(
        new Subject(
            "raw-sub", effects -> new RawSubMachine(effects, 1), false, receiving(MESSAGE)));
    for (ProtocolNumber number : List.of(ProtocolNumber.REQ0, ProtocolNumber.SURVEYOR0)) {
      Function<Effects, RawAskMachine> ask = effects -> new RawAskMachine(effects, number, 1);
      String name = number == ProtocolNumber.REQ0 ? "raw-req" : "raw-surveyor";
      List<Event> sends = List.of(CONNECT, DISCONNECT, FLUSHED, request, headless, WITHDRAW_SEND);
      all.add(new Subject(name + "-sending", ask, false, sends));
      all.add(new Subject(name + "-receiving", ask, false, keeping(answer, SHORT)));
    }
  }

  private static void addRawAnswer(List<Subject> all, Event headless) {
    Event toFirst = Event.send("send to pipe 1", rig -> headed(rig.packet((byte) 'm'), 1));
    Event toNone = Event.send("send to pipe 9", rig -> headed(rig.packet((byte) 'm'), 9));
    List<Event> sends = List.of(CONNECT, DISCONNECT, FLUSHED, toFirst, toNone, headless);
    Event[] arrivals =
        answering("message").stream()
            .filter(each -> each.name().startsWith("message"))
            .toArray(Event[]::new);
    for (ProtocolNumber number : List.of(ProtocolNumber.REP0, ProtocolNumber.RESPONDENT0)) {
      Function<Effects, ProtocolMachine> answers =
          effects -> new RawAnswerMachine(effects, number, HOPS, 1);
      String name = number == ProtocolNumber.REP0 ? "raw-rep" : "raw-respondent";
      all.add(new Subject(name + "-sending", answers, false, sends));
      all.add(new Subject(name + "-receiving", answers, false, keeping(arrivals)));
    }
  }
}
