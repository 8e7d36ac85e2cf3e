package dev.aeon.sp;

/** One request at a time, and its reply, on a {@link RepSocket}. */
public final class RepContext extends SpContext implements Sender, Receiver {
  RepContext(RepSocket socket) {
    super(socket);
  }

  @Override
  void addOptions(OptionTable table) {
    addSendOptions(table);
    addReceiveOptions(table);
  }
}
