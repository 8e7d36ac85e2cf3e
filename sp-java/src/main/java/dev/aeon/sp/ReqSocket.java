package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Req0Machine;
import java.util.concurrent.ThreadLocalRandom;

/**
 * REQ: sends a request, then receives its reply. A new request abandons the one before, whose
 * receivers get {@link SpCancelledException}; a request whose peer is lost is sent to another, or,
 * where resending is off, ends with {@link SpConnectionLostException}. A receive without a request
 * is an {@link SpStateException}.
 */
public final class ReqSocket extends SpSocket implements Sender, Receiver {
  private ReqSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Req0Machine machine = core.machine(Req0Machine.class);
    option(SpOptions.RESEND_TIME, value -> machine.setResendNanos(nanos(value)));
    option(SpOptions.RESEND_TICK, value -> machine.setResendTickNanos(nanos(value)));
    option(SpOptions.FAIL_WITHOUT_PEER, machine::setFailsWithoutPeer);
  }

  public static ReqSocket open() {
    return new ReqSocket(
        new SocketCore(effects ->
            new Req0Machine(
                effects,
                ThreadLocalRandom.current().nextInt(),
                nanos(SpOptions.RESEND_TIME.defaultValue()))));
  }

  /** Opens one more conversation: a request and its reply at a time. */
  public ReqContext openContext() {
    return new ReqContext(this);
  }
}
