package dev.aeon.apm.cli;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.MessageHandler;
import dev.aeon.apm.channel.ndjson.FileQuarantine;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.security.Signatures;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Becomes an agent of a directory for as long as a command takes. */
final class Guest {
  private Guest() {}

  /** Opens the bus of an agent that no other process is. */
  static AgentBus open(
      Path directory,
      Backend backend,
      AgentIdentity self,
      MessageHandler handler,
      Optional<Signatures> signatures,
      UnknownReceivers unknown) {
    Registry registry = Registry.open(directory, InstantSource.system());
    refuseRunning(registry, self);
    FileQuarantine quarantine =
        new FileQuarantine(directory, self.agentId(), InstantSource.system());
    BusOptions options =
        BusOptions.defaults()
            .withDirectory(directory)
            .withQuarantine(quarantine)
            .withUnknownReceivers(unknown)
            .withFailureReports(false);
    return AgentBus.open(
        self,
        registry,
        backend.channels(quarantine),
        handler,
        signatures.map(options::withSignatures).orElse(options));
  }

  /** Refuses to do anything in the name of an agent that another process is. */
  static void refuseRunning(Registry registry, AgentIdentity self) {
    refuseOther(registry, self);
    if (registry.runsElsewhere(self)) {
      throw CliException.unreachable(
          ErrorCode.E_SYSTEM_004, "runs in another process: agentId=" + self.agentId());
    }
  }

  /** Refuses an agent whose id is one of another type's. */
  static void refuseOther(Registry registry, AgentIdentity self) {
    registry
        .record(self.agentId())
        .filter(present -> !present.identity().equals(self))
        .ifPresent(present -> {
          throw CliException.refused(
              ErrorCode.E_VALIDATION_008, "agent id is taken: by=" + present.identity());
        });
  }
}
