package dev.aeon.fleet.agent;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.fleet.control.ControlBus;
import dev.aeon.fleet.control.Registration;
import dev.aeon.fleet.control.RunPaths;
import dev.aeon.fleet.control.ShardTask;
import dev.aeon.fleet.index.EmbeddedShard;
import dev.aeon.fleet.index.MemoryBudget;
import dev.aeon.fleet.index.ShardIndex;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.memory.SlabDeviceException;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The life of an agent: joins, works, and goes when its manager goes. All work on shards, tasks and
 * queries alike, is done by one thread in the order in which it comes.
 */
public final class AgentProcess {
  private final AgentSettings settings;
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

  private AgentProcess(AgentSettings settings) {
    this.settings = settings;
  }

  /**
   * Runs an agent until its manager closes the standard input, which ends the process.
   *
   * @throws AgentRefusal where it cannot or will not join
   */
  public static void run(AgentSettings settings) {
    ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(0));
    new AgentProcess(settings).run();
  }

  private void run() {
    String digest = SchemaCheck.pulledDigest(settings.registry()).value();
    try (SlabDevice device = openDevice();
        ShardIndex index = openIndex(device);
        ShardWorker worker = new ShardWorker(settings.folder(), index);
        DataService _ =
            new DataService(
                worker, work::add, RunPaths.dataUrl(settings.runFolder(), settings.id()));
        ControlBus bus =
            ControlBus.ofAgent(
                settings.id(),
                settings.runFolder(),
                (message, self) -> hear(message, worker, self))) {
      join(bus, new Registration(settings.id(), digest, device.description(), index.description()));
      work();
    }
  }

  private SlabDevice openDevice() {
    try {
      return SlabDevice.open(settings.device());
    } catch (SlabDeviceException none) {
      throw new AgentRefusal(String.valueOf(none.getMessage()), none);
    }
  }

  private ShardIndex openIndex(SlabDevice device) {
    try {
      return new ShardIndex(
          device, settings.interpreter(), new MemoryBudget(settings.slabByteSize()));
    } catch (IllegalArgumentException unfit) {
      throw new AgentRefusal(
          "programs cannot run on the Vulkan device: " + unfit.getMessage() + ".", unfit);
    }
  }

  private void join(ControlBus bus, Registration registration) {
    bus.send(
        ControlBus.MANAGER_ID, "join_" + settings.id(), registration.toStateSync(Instant.now()));
  }

  private void hear(Message message, ShardWorker worker, ControlBus bus) {
    if (message.payload() instanceof TaskAssignment assignment) {
      ShardTask task = ShardTask.of(assignment);
      work.add(() -> perform(task, worker, bus));
    }
  }

  private void work() {
    try {
      while (true) {
        work.take().run();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void perform(ShardTask task, ShardWorker worker, ControlBus bus) {
    TaskReporter reporter = new TaskReporter(bus, task);
    try {
      reporter.completed(
          switch (task.kind()) {
            case COUNT -> count(task, worker, reporter);
            case EMBED -> embed(task, worker, reporter);
          });
    } catch (RuntimeException | OutOfMemoryError failure) {
      reporter.failed(failure);
    }
  }

  private static JsonObject count(ShardTask task, ShardWorker worker, TaskReporter reporter) {
    worker.count(task, reporter::filesDone);
    return JsonObject.empty();
  }

  private static JsonObject embed(ShardTask task, ShardWorker worker, TaskReporter reporter) {
    EmbeddedShard shard = worker.embed(task, reporter::filesDone);
    return JsonObject.builder()
        .put("vectors", shard.vectors())
        .put("slabByteSize", shard.slabByteSize())
        .build();
  }
}
