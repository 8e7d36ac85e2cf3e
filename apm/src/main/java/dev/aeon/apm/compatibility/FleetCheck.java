package dev.aeon.apm.compatibility;

import dev.aeon.apm.compatibility.Finding.Level;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Versions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a fleet can go on to another version of the protocol (section 5.5): who would be cut off
 * once only the new major is spoken, who is left behind within it, which agents cannot speak with
 * each other even now. Stateless.
 */
public final class FleetCheck {
  private FleetCheck() {}

  /** Checks what each agent of {@code fleet} says that it speaks against {@code target}. */
  public static CompatibilityReport check(ProtocolVersion target, Collection<AgentRecord> fleet) {
    List<Finding> findings = new ArrayList<>();
    fleet.forEach(agent -> checkAgent(target, agent, findings));
    checkPairs(List.copyOf(fleet), findings);
    checkBroadcasts(fleet, findings);
    return new CompatibilityReport(findings);
  }

  private static void checkAgent(
      ProtocolVersion target, AgentRecord agent, List<Finding> findings) {
    List<ProtocolVersion> spoken = spokenBy(agent);
    String subject = nameOf(agent);
    if (agent.versions().isEmpty()) {
      findings.add(
          new Finding(Level.NOTE, subject, "lists no versions: taken to speak " + Versions.OURS));
    }
    if (spoken.stream().noneMatch(version -> version.major() == target.major())) {
      findings.add(
          new Finding(
              Level.BLOCKER,
              subject,
              "speaks no version " + target.major() + ".x, to be upgraded: speaks " + spoken));
    } else if (!spoken.contains(target)) {
      findings.add(
          new Finding(Level.WARNING, subject, "does not speak " + target + ": speaks " + spoken));
    }
    if (spoken.stream().anyMatch(version -> version.major() < target.major())) {
      findings.add(
          new Finding(
              Level.NOTE,
              subject,
              "still speaks an older major version, to be dropped at its end of life"));
    }
  }

  private static void checkPairs(List<AgentRecord> fleet, List<Finding> findings) {
    for (int index = 0; index < fleet.size(); index++) {
      AgentRecord agent = fleet.get(index);
      for (AgentRecord other : fleet.subList(index + 1, fleet.size())) {
        if (common(List.of(agent, other)).isEmpty()) {
          findings.add(
              new Finding(
                  Level.BLOCKER,
                  nameOf(agent) + ", " + nameOf(other),
                  "have no version in common: " + spokenBy(agent) + " and " + spokenBy(other)));
        }
      }
    }
  }

  private static void checkBroadcasts(Collection<AgentRecord> fleet, List<Finding> findings) {
    if (fleet.size() < 2) {
      return;
    }
    Optional<ProtocolVersion> common = common(fleet);
    findings.add(
        common
            .map(version -> new Finding(Level.NOTE, "broadcasts", "all agents speak " + version))
            .orElseGet(() ->
                new Finding(Level.WARNING, "broadcasts", "no version that all agents speak")));
  }

  /** The highest version that all of {@code agents} speak. */
  private static Optional<ProtocolVersion> common(Collection<AgentRecord> agents) {
    return Versions.highestCommon(agents.stream().map(AgentRecord::versions).toList());
  }

  private static List<ProtocolVersion> spokenBy(AgentRecord agent) {
    return agent.versions().isEmpty() ? Versions.OURS : agent.versions();
  }

  private static String nameOf(AgentRecord agent) {
    return agent.identity().agentId().value();
  }
}
