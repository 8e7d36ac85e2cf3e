package dev.aeon.spoke.feed;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.ChangeList;
import dev.aeon.spoke.model.Change;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A publication as subscribers get it: the module's name, {@code @}, a version, a line feed, and
 * the entry that {@code GET /changes} has of it. So a subscription to {@code order@} is to one
 * module, to {@code acme/} to all of an owner, to nothing to all.
 */
final class ChangeMessage {
  private ChangeMessage() {}

  static byte[] of(Change change) {
    String topic = change.module() + "@" + change.version() + "\n";
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(topic.getBytes(StandardCharsets.UTF_8));
    message.writeBytes(ApiJson.write(ChangeList.Entry.of(change)));
    return message.toByteArray();
  }
}
