package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that may happen to a machine.
 *
 * @param condition whether it can, as things are
 */
record Event(String name, Predicate<Rig> condition, Consumer<Rig> action) {
  static final Event CONNECT = connect(1);
  static final Event DISCONNECT =
      new Event("disconnect", rig -> rig.pipe(1).isAttached(), rig -> rig.disconnect(1));
  static final Event FLUSHED =
      new Event("flushed", rig -> rig.pipe(1).isBusy(), rig -> rig.flush(1));
  static final Event PEER_ENDS =
      new Event("peer ends", rig -> rig.pipe(1).mayEnd(), rig -> rig.end(1));
  static final Event SEND = send("send", rig -> rig.packet((byte) 'm'));
  static final Event SEND_AGAIN =
      new Event(
          "send again",
          rig -> rig.isPending("send"),
          rig -> rig.send("send", rig.packet((byte) 'm')));
  static final Event WITHDRAW_SEND = withdraw("send");
  static final Event RECEIVE =
      new Event("receive", rig -> !rig.isPending("receive"), rig -> rig.receive("receive"));
  static final Event RECEIVE_AGAIN =
      new Event("receive again", rig -> rig.isPending("receive"), rig -> rig.receive("another"));
  static final Event WITHDRAW_RECEIVE = withdraw("receive");

  static Event connect(int pipe) {
    return new Event(
        pipe == 1 ? "connect" : "connect " + pipe,
        rig -> !rig.pipe(pipe).isAttached(),
        rig -> rig.connect(pipe));
  }

  static Event send(String name, Function<Rig, Packet> packet) {
    return new Event(
        name, rig -> !rig.isPending("send"), rig -> rig.send("send", packet.apply(rig)));
  }

  static Event withdraw(String operation) {
    return new Event(
        "withdraw " + operation, rig -> rig.isPending(operation), rig -> rig.withdraw(operation));
  }

  static Event arrive(String name, int... bytes) {
    return arriveOf(name, rig -> narrow(bytes));
  }

  static Event arriveOf(String name, Function<Rig, byte[]> bytes) {
    return new Event(name, rig -> rig.pipe(1).mayReceive(), rig -> rig.arrive(1, bytes.apply(rig)));
  }

  static Event pass(long nanos) {
    return new Event("time", rig -> true, rig -> rig.pass(nanos));
  }

  /** This event, where {@code also} holds too. */
  Event when(Predicate<Rig> also) {
    return new Event(name, condition.and(also), action);
  }

  static byte[] narrow(int... bytes) {
    byte[] narrow = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      narrow[index] = (byte) bytes[index];
    }
    return narrow;
  }

  /** The id of what was last sent on the pipe, changed by {@code difference}, and a body. */
  static byte[] answer(Rig rig, int difference) {
    byte[] answer = Arrays.copyOf(rig.pipe(1).lastSent(), 5);
    answer[3] += (byte) difference;
    answer[0] |= (byte) 0x80;
    return answer;
  }

  @Override
  public String toString() {
    return name;
  }
}
