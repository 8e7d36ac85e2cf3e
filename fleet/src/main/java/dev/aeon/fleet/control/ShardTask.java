package dev.aeon.fleet.control;

import dev.aeon.apm.message.ExecutionType;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.schema.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * A piece of work on one shard, as a TASK_ASSIGNMENT says it.
 *
 * @param kind what to do
 * @param shard the shard's number
 * @param paths its files, relative to the folder
 * @param passages how many passages it holds, where that is known, else zero
 */
public record ShardTask(Kind kind, int shard, List<String> paths, long passages) {
  /** What can be done with a shard. */
  public enum Kind {
    /** Count passages and terms. */
    COUNT,
    /** Make vectors. */
    EMBED
  }

  /** The task's id: the same for the same work, whoever does it. */
  public String taskId() {
    return kind.name().toLowerCase(Locale.ROOT) + "_" + shard;
  }

  /** The payload that gives the task to an agent whose log lies at a path. */
  public TaskAssignment assignment(String logPath) {
    return TaskAssignment.builder()
        .taskId(taskId())
        .taskRef(kind + " shard " + shard)
        .taskDescription(
            kind == Kind.COUNT
                ? "Count the passages and terms of the related files."
                : "Embed the passages of the related files into a slab.")
        .memoryLogPath(logPath)
        .executionType(ExecutionType.SINGLE_STEP)
        .context(
            JsonObject.builder()
                .putStrings("relatedFiles", paths)
                .put("kind", kind.name())
                .put("shard", shard)
                .put("passages", passages)
                .build())
        .build();
  }

  /**
   * The task that an assignment says.
   *
   * @throws IllegalArgumentException where it is no task of a searching fleet
   */
  public static ShardTask of(TaskAssignment assignment) {
    JsonObject context = assignment.context();
    return new ShardTask(
        Kind.valueOf(context.findString("kind").orElse("none")),
        Math.toIntExact(context.findLong("shard").orElse(-1L)),
        context.strings("relatedFiles"),
        context.findLong("passages").orElse(0L));
  }
}
