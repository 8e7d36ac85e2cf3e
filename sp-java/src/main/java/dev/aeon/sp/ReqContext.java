package dev.aeon.sp;

import dev.aeon.sp.protocol.Req0Machine;
import java.time.Duration;

/** One request at a time, and its reply, on a {@link ReqSocket}. */
public final class ReqContext extends SpContext implements Sender, Receiver {
  private final Duration resendTime;

  ReqContext(ReqSocket socket) {
    super(socket);
    this.resendTime = socket.get(SpOptions.RESEND_TIME);
  }

  @Override
  void addOptions(OptionTable table) {
    addSendOptions(table);
    addReceiveOptions(table);
    Req0Machine.Context machine = context.machine(Req0Machine.Context.class);
    table.add(
        SpOptions.RESEND_TIME,
        resendTime,
        value -> machine.setResendNanos(Durations.toNanos(value)));
  }
}
