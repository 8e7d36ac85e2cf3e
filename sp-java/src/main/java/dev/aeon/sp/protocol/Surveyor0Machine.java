package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * SURVEYOR: asks everyone at once and takes what comes back before the deadline. A new survey ends
 * the one before; responses to surveys that have ended are ignored.
 */
public final class Surveyor0Machine extends MachineBase implements ContextMachine {
  private static final int ID_BIT = 0x8000_0000;
  private static final int NO_SURVEY = 0;

  private final IntMap<Outbox> pipes = new IntMap<>();
  private final IntMap<Context> running = new IntMap<>();
  private final Schedule<Context> deadlines = new Schedule<>();
  private final Set<Context> contexts = new HashSet<>();
  private final Context own = new Context();
  private int lastId;
  private long surveyNanos;
  private int sendQueueCount;
  private int receiveQueueCount;

  /**
   * @param seed any number: where survey ids start
   * @param surveyNanos how long responses are taken, above 0
   * @param sendQueueCount surveys that wait for a busy pipe
   * @param receiveQueueCount responses that wait to be received
   */
  public Surveyor0Machine(
      Effects effects, int seed, long surveyNanos, int sendQueueCount, int receiveQueueCount) {
    super(effects);
    this.lastId = seed | ID_BIT;
    this.surveyNanos = surveyNanos;
    this.sendQueueCount = sendQueueCount;
    this.receiveQueueCount = receiveQueueCount;
    own.surveyNanos = surveyNanos;
    contexts.add(own);
  }

  /** Counts from the next survey on, of the machine's own and of contexts opened later. */
  public void setSurveyNanos(long nanos) {
    surveyNanos = nanos;
    own.surveyNanos = nanos;
  }

  public void setSendQueueCount(int count) {
    sendQueueCount = count;
  }

  public void setReceiveQueueCount(int count) {
    receiveQueueCount = count;
  }

  @Override
  public boolean keepsTime() {
    return true;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.SURVEYOR0;
  }

  @Override
  public Context openContext() {
    Context context = new Context();
    context.surveyNanos = surveyNanos;
    contexts.add(context);
    return context;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    pipes.put(pipe.id(), new Outbox(effects, pipe));
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    attached(pipes, pipe).clear();
    pipes.remove(pipe.id());
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    attached(pipes, pipe).advance();
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (!packet.hasWord()) {
      packet.release();
      effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
      return;
    }
    effects.receiveNext(pipe);
    Context asked = running.get(packet.moveWordToHeader());
    packet.clearHeader();
    if (asked != null && asked.isOpenAt(nowNanos)) {
      asked.inbox.offerDroppingNewest(packet, receiveQueueCount);
    } else {
      packet.release();
      effects.dropped(pipe);
    }
  }

  @Override
  public void expire(long nowNanos) {
    for (Context due = deadlines.pollDue(nowNanos);
        due != null;
        due = deadlines.pollDue(nowNanos)) {
      due.end(Failure.TIMED_OUT);
    }
    if (!deadlines.isEmpty()) {
      effects.wakeAt(deadlines.earliestNanos());
    }
  }

  private void offerToAll(Packet survey) {
    for (int slot = 0; slot < pipes.slotCount(); slot++) {
      Outbox each = pipes.valueAt(slot);
      if (each != null) {
        each.offerDroppingNewest(survey.retain(), sendQueueCount);
      }
    }
  }

  private int nextId() {
    do {
      lastId = (lastId + 1) | ID_BIT;
    } while (running.contains(lastId));
    return lastId;
  }

  @Override
  public boolean canSend() {
    return true;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    own.send(operation, nowNanos);
  }

  @Override
  public boolean canReceive() {
    return !own.inbox.isEmpty();
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    own.receive(operation, nowNanos);
  }

  @Override
  public boolean withdraw(Operation operation) {
    return own.withdraw(operation);
  }

  @Override
  public void close() {
    List.copyOf(contexts).forEach(Context::close);
    pipes.forEach(Outbox::clear);
    pipes.clear();
  }

  /** One survey and its responses. */
  public final class Context extends ContextNode implements MachineContext {
    private final Inbox inbox = new Inbox(effects);
    private long surveyNanos;
    private int id = NO_SURVEY;

    private Context() {}

    /** Counts from the next survey on. */
    public void setSurveyNanos(long nanos) {
      surveyNanos = nanos;
    }

    @Override
    public void send(Operation operation, long nowNanos) {
      end(Failure.CANCELLED);
      id = nextId();
      running.put(id, this);
      Packet survey = operation.takePacket();
      survey.prependWord(id);
      offerToAll(survey);
      survey.release();
      deadlines.put(this, nowNanos + surveyNanos);
      effects.complete(operation);
      effects.wakeAt(deadlines.earliestNanos());
    }

    private boolean isOpenAt(long nowNanos) {
      return id != NO_SURVEY && nowNanos - deadlineNanos < 0;
    }

    private void end(Failure failure) {
      running.remove(id);
      id = NO_SURVEY;
      deadlines.remove(this);
      inbox.clear(failure);
    }

    @Override
    public void receive(Operation operation, long nowNanos) {
      if (isOpenAt(nowNanos)) {
        inbox.receive(operation);
      } else {
        effects.fail(operation, Failure.WRONG_STATE);
      }
    }

    @Override
    public boolean withdraw(Operation operation) {
      return inbox.withdraw(operation);
    }

    @Override
    public void close() {
      end(Failure.CLOSED);
      contexts.remove(this);
    }
  }
}
