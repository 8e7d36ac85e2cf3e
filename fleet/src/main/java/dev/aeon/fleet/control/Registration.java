package dev.aeon.fleet.control;

import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.schema.JsonObject;
import java.time.Instant;

/**
 * What an agent says of itself when it joins, as a STATE_SYNC.
 *
 * @param agentId its id
 * @param schemaDigest the digest of the schema that it speaks
 * @param device the memory that its slabs come from, for people
 * @param interpreter what runs its programs, for people
 */
public record Registration(String agentId, String schemaDigest, String device, String interpreter) {

  /** The payload that says so. */
  public StateSync toStateSync(Instant now) {
    return StateSync.builder()
        .entityType(EntityType.AGENT)
        .entityId(agentId)
        .operation(StateOperation.CREATE)
        .state(
            JsonObject.builder()
                .put("status", "idle")
                .put("schemaDigest", schemaDigest)
                .put("device", device)
                .put("interpreter", interpreter)
                .build())
        .syncTimestamp(now)
        .build();
  }

  /** What a payload says. */
  public static Registration of(StateSync sync) {
    JsonObject state = sync.state();
    return new Registration(
        sync.entityId(),
        state.findString("schemaDigest").orElse(""),
        state.findString("device").orElse("unknown"),
        state.findString("interpreter").orElse("unknown"));
  }
}
