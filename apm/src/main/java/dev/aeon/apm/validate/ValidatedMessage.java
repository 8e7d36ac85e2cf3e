package dev.aeon.apm.validate;

import dev.aeon.apm.message.Message;

/** A message that passed every rule; made by {@link Validator} alone. */
public final class ValidatedMessage {
  private final Message message;

  ValidatedMessage(Message message) {
    this.message = message;
  }

  public Message message() {
    return message;
  }
}
