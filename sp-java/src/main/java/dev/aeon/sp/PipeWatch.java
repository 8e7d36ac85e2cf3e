package dev.aeon.sp;

import dev.aeon.sp.core.CorePipe;
import dev.aeon.sp.core.PipeWatcher;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.transport.CloseReason;

/** Passes a socket's events on to a listener. */
record PipeWatch(SocketCore core, PipeListener listener) implements PipeWatcher {
  private Pipe pipe(CorePipe pipe) {
    return core.locked(() -> new Pipe(core, pipe));
  }

  @Override
  public boolean admits(CorePipe pipe) {
    return listener.admits(pipe(pipe));
  }

  @Override
  public void added(CorePipe pipe) {
    listener.added(pipe(pipe));
  }

  @Override
  public void removed(CorePipe pipe, CloseReason reason) {
    listener.removed(pipe(pipe), reason.name());
  }

  @Override
  public void highWater(CorePipe pipe) {
    listener.highWater(pipe(pipe));
  }

  @Override
  public void lowWater(CorePipe pipe) {
    listener.lowWater(pipe(pipe));
  }
}
