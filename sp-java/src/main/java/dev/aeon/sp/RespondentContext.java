package dev.aeon.sp;

/** One survey at a time, and its response, on a {@link RespondentSocket}. */
public final class RespondentContext extends SpContext implements Sender, Receiver {
  RespondentContext(RespondentSocket socket) {
    super(socket);
  }

  @Override
  void addOptions(OptionTable table) {
    addSendOptions(table);
    addReceiveOptions(table);
  }
}
