package dev.aeon.apm.internal;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;

/** Notes where the messages lie that are read. Confined to one thread. */
public final class FoundPositions implements InboxListener {
  private final NewestPositions positions;

  public FoundPositions(NewestPositions positions) {
    this.positions = positions;
  }

  @Override
  public void onLine(Delivery delivery) {
    try {
      Message message = Message.of(JsonObject.parse(delivery.line()));
      positions.put(message.messageId(), delivery.source().position());
    } catch (InvalidMessageException _) {
      // Nobody sends it again.
    }
  }

  @Override
  public void onMalformed(BadInput input) {}
}
