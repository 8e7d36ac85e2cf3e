package dev.aeon.sp.core;

import dev.aeon.sp.transport.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who watch one socket's pipes. They are told in the order of events, by a virtual thread
 * that lives while there is something to tell: what they do holds up no I/O and no other socket.
 * Methods are called with the strand held.
 */
final class PipeWatchers {
  private static final Logger LOG = LoggerFactory.getLogger(PipeWatchers.class);

  private final SocketCore core;
  private final SerialTasks tasks = new SerialTasks("aeon-sp-pipe-events");
  private List<PipeWatcher> watchers = List.of();

  PipeWatchers(SocketCore core) {
    this.core = core;
  }

  boolean areNone() {
    return watchers.isEmpty();
  }

  void add(PipeWatcher watcher) {
    List<PipeWatcher> longer = new ArrayList<>(watchers);
    longer.add(watcher);
    watchers = List.copyOf(longer);
  }

  void remove(PipeWatcher watcher) {
    watchers = watchers.stream().filter(each -> !each.equals(watcher)).toList();
  }

  /** Asks all whether a pipe may be added; the answer comes by {@link CorePipe#decided}. */
  void ask(CorePipe pipe) {
    List<PipeWatcher> asked = watchers;
    tasks.add(() -> answer(pipe, allAdmit(asked, pipe)));
  }

  private static boolean allAdmit(List<PipeWatcher> asked, CorePipe pipe) {
    for (PipeWatcher each : asked) {
      if (!admits(each, pipe)) {
        return false;
      }
    }
    return true;
  }

  private static boolean admits(PipeWatcher watcher, CorePipe pipe) {
    try {
      return watcher.admits(pipe);
    } catch (RuntimeException e) {
      LOG.error("pipe is refused, since its listener failed: pipe={}", pipe.id(), e);
      return false;
    }
  }

  private void answer(CorePipe pipe, boolean admitted) {
    core.locked(() -> {
      pipe.decided(admitted);
      return pipe;
    });
  }

  void added(CorePipe pipe) {
    tell(each -> each.added(pipe));
  }

  void removed(CorePipe pipe, CloseReason reason) {
    tell(each -> each.removed(pipe, reason));
  }

  void highWater(CorePipe pipe) {
    tell(each -> each.highWater(pipe));
  }

  void lowWater(CorePipe pipe) {
    tell(each -> each.lowWater(pipe));
  }

  private void tell(Consumer<PipeWatcher> event) {
    for (PipeWatcher each : watchers) {
      tasks.add(() -> guarded(each, event));
    }
  }

  private static void guarded(PipeWatcher watcher, Consumer<PipeWatcher> event) {
    try {
      event.accept(watcher);
    } catch (RuntimeException e) {
      LOG.error("pipe listener failed", e);
    }
  }
}
