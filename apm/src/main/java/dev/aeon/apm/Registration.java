package dev.aeon.apm;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Versions;
import dev.aeon.apm.schema.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an agent says of itself where it registers by a message (section 5.3, resolution 39). */
final class Registration {
  private Registration() {}

  static StateSync of(AgentIdentity self, long epoch, List<String> capabilities, Instant now) {
    List<String> all = new ArrayList<>(capabilities);
    all.add(AgentRecord.ACKNOWLEDGES_ALL);
    JsonObject state =
        JsonObject.builder()
            .put("protocolVersion", ProtocolVersion.CURRENT.toString())
            .putStrings(
                "supportedVersions", Versions.OURS.stream().map(ProtocolVersion::toString).toList())
            .putStrings("capabilities", all)
            .put("pid", ProcessHandle.current().pid())
            .put("epoch", epoch)
            .build();
    return StateSync.builder()
        .entityType(EntityType.AGENT)
        .entityId(self.agentId().value())
        .operation(StateOperation.CREATE)
        .state(state)
        .syncTimestamp(now)
        .build();
  }
}
