package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Bus0Machine;
import dev.aeon.sp.protocol.Effects;
import dev.aeon.sp.protocol.Pair0Machine;
import dev.aeon.sp.protocol.Pair1Machine;
import dev.aeon.sp.protocol.ProtocolMachine;
import dev.aeon.sp.protocol.Pub0Machine;
import dev.aeon.sp.protocol.Pull0Machine;
import dev.aeon.sp.protocol.Push0Machine;
import dev.aeon.sp.protocol.RawAnswerMachine;
import dev.aeon.sp.protocol.RawAskMachine;
import dev.aeon.sp.protocol.RawSubMachine;

/**
 * One end of a pattern without its state, for devices and for protocols of one's own: messages come
 * and go with their header words. An end that cannot send or receive throws {@link
 * UnsupportedOperationException}.
 *
 * <p>Headers, as words: REP and RESPONDENT have the pipe that a message came by, or is to go by,
 * before its backtrace; REQ and SURVEYOR give the first word of the backtrace and want all of it;
 * BUS has the pipe a message came by, to which it does not go back; PAIR1 has the hops made. The
 * others have none.
 */
public final class RawSocket extends SpSocket implements Sender, Receiver {
  private static final int ANSWER_QUEUE_COUNT = 64;
  private static final int SURVEY_QUEUE_COUNT = 8;

  private final SpProtocol protocol;

  private RawSocket(SpProtocol protocol) {
    super(new SocketCore(effects -> machineOf(protocol, effects)), true);
    this.protocol = protocol;
    addSendOptions();
    addReceiveOptions();
    addQueueOptions(core.machine(ProtocolMachine.class));
  }

  public static RawSocket open(SpProtocol protocol) {
    return new RawSocket(protocol);
  }

  /** Which end this is. */
  public SpProtocol protocol() {
    return protocol;
  }

  private static ProtocolMachine machineOf(SpProtocol protocol, Effects effects) {
    int hops = SpOptions.MAX_HOPS.defaultValue();
    return switch (protocol) {
      case PAIR -> new Pair0Machine(effects);
      case PAIR1 -> new Pair1Machine(effects, hops, true);
      case PUB -> new Pub0Machine(effects, SpOptions.SEND_QUEUE.defaultValue());
      case SUB -> new RawSubMachine(effects, SpOptions.RECEIVE_QUEUE.defaultValue());
      case PUSH -> new Push0Machine(effects);
      case PULL -> new Pull0Machine(effects);
      case BUS -> new Bus0Machine(effects, true, BusSocket.QUEUE_COUNT, BusSocket.QUEUE_COUNT);
      case REQ, SURVEYOR -> new RawAskMachine(effects, protocol.wire(), SURVEY_QUEUE_COUNT);
      case REP, RESPONDENT ->
          new RawAnswerMachine(effects, protocol.wire(), hops, ANSWER_QUEUE_COUNT);
    };
  }

  private void addQueueOptions(ProtocolMachine machine) {
    switch (machine) {
      case RawAnswerMachine answers -> {
        option(SpOptions.MAX_HOPS, answers::setMaxHopCount);
        option(SpOptions.SEND_QUEUE, ANSWER_QUEUE_COUNT, answers::setSendQueueCount);
        option(SpOptions.RECEIVE_QUEUE, 0, answers::setReceiveQueueCount);
      }
      case RawAskMachine asks -> {
        option(SpOptions.SEND_QUEUE, SURVEY_QUEUE_COUNT, asks::setSendQueueCount);
        option(SpOptions.RECEIVE_QUEUE, 0, asks::setReceiveQueueCount);
      }
      case Pair1Machine pair -> option(SpOptions.MAX_HOPS, pair::setMaxHopCount);
      case RawSubMachine sub -> option(SpOptions.RECEIVE_QUEUE, sub::setReceiveQueueCount);
      default -> {}
    }
  }
}
