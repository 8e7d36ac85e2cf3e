package dev.aeon.sp.core;

import dev.aeon.sp.protocol.Effects;
import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.protocol.Operation;
import dev.aeon.sp.protocol.PipeFault;
import dev.aeon.sp.protocol.PipeHandle;
import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/** What a machine asks for, passed to whom it concerns. Confined to its socket's strand. */
final class MachineEffects implements Effects {
  private final Completions completions;
  private final Counters counters;
  private final MachineAlarm alarm;

  MachineEffects(Completions completions, Counters counters, MachineAlarm alarm) {
    this.completions = completions;
    this.counters = counters;
    this.alarm = alarm;
  }

  @Override
  public void transmit(PipeHandle pipe, Packet packet) {
    ((CorePipe) pipe).transmit(packet);
  }

  @Override
  public boolean transmitAtOnce(PipeHandle pipe, Packet packet) {
    return ((CorePipe) pipe).transmitAtOnce(packet);
  }

  @Override
  public @Nullable Packet readAtOnce(PipeHandle pipe) {
    return ((CorePipe) pipe).readAtOnce();
  }

  @Override
  public @Nullable Packet takeAwaited(PipeHandle pipe) {
    return ((CorePipe) pipe).takeAwaited();
  }

  @Override
  public void receiveNext(PipeHandle pipe) {
    ((CorePipe) pipe).receiveNext();
  }

  @Override
  public void closePipe(PipeHandle pipe, PipeFault fault) {
    ((CorePipe) pipe).closeFor(fault);
  }

  @Override
  public void complete(Operation operation) {
    completions.add((CoreOperation) operation, null);
  }

  @Override
  public void fail(Operation operation, Failure failure) {
    completions.add((CoreOperation) operation, failure);
  }

  @Override
  public void wakeAt(long deadlineNanos) {
    alarm.wakeAt(deadlineNanos);
  }

  @Override
  public void dropped() {
    counters.dropped++;
  }

  @Override
  public void dropped(PipeHandle pipe) {
    counters.dropped++;
    ((CorePipe) pipe).dropped();
  }

  @Override
  public void queued(PipeHandle pipe, int count) {
    ((CorePipe) pipe).queued(count);
  }
}
