package dev.aeon.fleet.manager;

import dev.aeon.fleet.text.FileTally;
import dev.aeon.fleet.text.FolderScan;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a fleet has done.
 *
 * @param agents every agent there was, in the order in which they were started
 * @param files what became of the files
 * @param links how many links and special files were passed over
 * @param unlistedFolders how many folders could not be listed
 * @param messages messages sent and received by the manager
 * @param stageTimes how long each stage took
 */
public record FleetReport(
    List<AgentReport> agents,
    FileTally files,
    int links,
    int unlistedFolders,
    long messages,
    Map<Stage, Duration> stageTimes) {

  /**
   * What one agent holds.
   *
   * @param id the agent's id
   * @param processId its process
   * @param device the memory that its slabs come from
   * @param interpreter what ran its programs
   * @param isLost whether it died before its time
   * @param shards the number of shards it embedded
   * @param vectors their vectors
   * @param slabByteSize the bytes of slabs that it took for them
   */
  public record AgentReport(
      String id,
      long processId,
      String device,
      String interpreter,
      boolean isLost,
      int shards,
      long vectors,
      long slabByteSize) {}

  static FleetReport of(
      Crew crew,
      FolderScan.Listing listing,
      FolderStatistics statistics,
      Map<Stage, Duration> stageTimes) {
    return new FleetReport(
        crew.all().stream().map(AgentHandle::report).toList(),
        statistics.files(),
        listing.links(),
        listing.unreadable(),
        crew.messageCount(),
        stageTimes);
  }

  /** The vectors that the agents still there hold together. */
  public long vectors() {
    return agents.stream().filter(agent -> !agent.isLost()).mapToLong(AgentReport::vectors).sum();
  }
}
