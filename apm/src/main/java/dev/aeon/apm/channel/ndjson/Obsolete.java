package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.schema.InvalidMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which lines of a file say nothing any more: the states of an entity of which the file has a newer
 * one, by the time at which it changed.
 */
final class Obsolete {
  private static final byte[] MARK = "STATE_SYNC".getBytes(StandardCharsets.US_ASCII);

  private record Entity(String type, String id) {}

  private record State(long byteOffset, Instant changedAt) {}

  private final Map<Entity, State> newest = new HashMap<>();
  private final Set<Long> obsolete = new HashSet<>();

  private Obsolete() {}

  static Obsolete in(Path file) throws IOException {
    Obsolete found = new Obsolete();
    Lines.forEach(
        file,
        (line, byteOffset) -> {
          found.note(line, byteOffset);
          return true;
        });
    return found;
  }

  boolean isObsolete(long byteOffset) {
    return obsolete.contains(byteOffset);
  }

  private void note(byte[] line, long byteOffset) {
    if (line.length <= JsonCodec.MAX_BYTE_SIZE && hasMark(line)) {
      try {
        byte[] text = Arrays.copyOf(line, line.length - 1);
        if (Message.of(JsonCodec.decode(text).fields()).payload() instanceof StateSync sync) {
          note(sync, byteOffset);
        }
      } catch (InvalidMessageException _) {
        // Kept as it is: what is no message of ours is not ours to judge.
      }
    }
  }

  private void note(StateSync sync, long byteOffset) {
    Entity entity = new Entity(sync.entityType().name(), sync.entityId());
    State state = new State(byteOffset, sync.syncTimestamp());
    State other = newest.putIfAbsent(entity, state);
    if (other == null) {
      return;
    }
    boolean isNewer = !state.changedAt().isBefore(other.changedAt());
    obsolete.add((isNewer ? other : state).byteOffset());
    if (isNewer) {
      newest.put(entity, state);
    }
  }

  private static boolean hasMark(byte[] line) {
    for (int index = 0; index + MARK.length <= line.length; index++) {
      if (Arrays.equals(line, index, index + MARK.length, MARK, 0, MARK.length)) {
        return true;
      }
    }
    return false;
  }
}
