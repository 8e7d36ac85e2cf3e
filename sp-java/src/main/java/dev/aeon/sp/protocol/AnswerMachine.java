package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What REP and RESPONDENT have in common: a context takes a request, remembers the way it came, and
 * sends at most one answer back along it. A pipe gives its next request only after the one before
 * was taken, so that pipes take turns and a slow application holds its peers back.
 */
abstract class AnswerMachine extends MachineBase implements ContextMachine {
  private final IntMap<Requester> requesters = new IntMap<>();
  private final ArrayDeque<Requester> holders = new ArrayDeque<>();
  private final ContextQueue<Context> waiting = new ContextQueue<>();
  private final Set<Context> contexts = new HashSet<>();
  private final Context own = new Context();

  /** The only one there is. */
  private @Nullable Requester only;

  private int maxHopCount;

  AnswerMachine(Effects effects, int maxHopCount) {
    super(effects);
    this.maxHopCount = maxHopCount;
    contexts.add(own);
  }

  /** Longest backtrace to accept, in words: 1 to 15. */
  public final void setMaxHopCount(int count) {
    maxHopCount = count;
  }

  @Override
  public final MachineContext openContext() {
    Context context = new Context();
    contexts.add(context);
    return context;
  }

  @Override
  public final void attach(PipeHandle pipe, long nowNanos) {
    Requester requester = new Requester(pipe);
    only = requesters.isEmpty() ? requester : null;
    requesters.put(pipe.id(), requester);
    effects.receiveNext(pipe);
  }

  @Override
  public final void detach(PipeHandle pipe, long nowNanos) {
    Requester gone = attached(requesters, pipe);
    requesters.remove(pipe.id());
    only = requesters.size() == 1 ? firstOf(requesters) : null;
    holders.remove(gone);
    gone.leave();
  }

  private static @Nullable Requester firstOf(IntMap<Requester> requesters) {
    for (int slot = 0; slot < requesters.slotCount(); slot++) {
      Requester each = requesters.valueAt(slot);
      if (each != null) {
        return each;
      }
    }
    return null;
  }

  @Override
  public final void received(PipeHandle pipe, Packet packet, long nowNanos) {
    Backtrace.Reading reading = Backtrace.read(packet, maxHopCount);
    if (reading == Backtrace.Reading.COMPLETE) {
      attached(requesters, pipe).hold(packet);
      return;
    }
    refuse(pipe, packet, reading);
    if (reading == Backtrace.Reading.TOO_LONG) {
      effects.receiveNext(pipe);
    }
  }

  private void refuse(PipeHandle pipe, Packet request, Backtrace.Reading reading) {
    request.release();
    if (reading == Backtrace.Reading.TOO_LONG) {
      effects.dropped(pipe);
    } else {
      effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
    }
  }

  /** Gives requests that are held to contexts that wait. */
  private void match() {
    while (!holders.isEmpty() && !waiting.isEmpty()) {
      Context next = waiting.poll();
      if (next != null) {
        next.take(holders.remove());
      }
    }
  }

  @Override
  public final void transmitted(PipeHandle pipe, long nowNanos) {
    attached(requesters, pipe).advance();
  }

  @Override
  public final void inputEnded(PipeHandle pipe) {
    Requester requester = attached(requesters, pipe);
    requester.inputEnded = true;
    requester.closeIfNothingOwed();
  }

  @Override
  public final boolean canSend() {
    return own.canSend();
  }

  @Override
  public final boolean trySend(Packet packet) {
    return own.trySend(packet);
  }

  @Override
  public final void send(Operation operation, long nowNanos) {
    own.send(operation, nowNanos);
  }

  @Override
  public final boolean canReceive() {
    return !holders.isEmpty();
  }

  @Override
  public final void receive(Operation operation, long nowNanos) {
    own.receive(operation, nowNanos);
  }

  @Override
  public final boolean isLikelyReceivable() {
    return !holders.isEmpty();
  }

  @Override
  public final boolean awaitsArrival() {
    return only != null && own.receiver == null && own.current == null;
  }

  @Override
  public final @Nullable Packet tryReceive() {
    if (own.receiver != null || !waiting.isEmpty()) {
      return null;
    }
    Requester holder = holders.poll();
    if (holder == null) {
      return only == null ? null : takeAwaited(only);
    }
    effects.receiveNext(holder.pipe);
    return own.take(holder, holder.takeHeld());
  }

  private @Nullable Packet takeAwaited(Requester requester) {
    Packet request = effects.takeAwaited(requester.pipe);
    if (request == null) {
      return null;
    }
    Backtrace.Reading reading = Backtrace.read(request, maxHopCount);
    if (reading == Backtrace.Reading.COMPLETE) {
      return own.take(requester, request);
    }
    refuse(requester.pipe, request, reading);
    return null;
  }

  @Override
  public final boolean withdraw(Operation operation) {
    return own.withdraw(operation);
  }

  @Override
  public final void close() {
    List.copyOf(contexts).forEach(Context::close);
    requesters.forEach(Requester::abandon);
    requesters.clear();
    holders.clear();
  }

  /** One request at a time, and the way its answer goes. */
  private final class Context extends ContextNode implements MachineContext {
    private final Backtrace backtrace = new Backtrace();
    private @Nullable Operation receiver;
    private @Nullable Requester current;
    private int queuedCount;

    @Override
    public void receive(Operation operation, long nowNanos) {
      if (receiver != null) {
        effects.fail(operation, Failure.WRONG_STATE);
        return;
      }
      forgetCurrent();
      receiver = operation;
      waiting.add(this);
      match();
    }

    private boolean canSend() {
      return current != null && !current.busy;
    }

    private void forgetCurrent() {
      Requester before = current;
      current = null;
      if (before != null) {
        before.owedCount--;
        before.closeIfNothingOwed();
      }
    }

    private void take(Requester requester) {
      Operation operation = receiver;
      if (operation == null) {
        throw new IllegalStateException("context waits without a receiver");
      }
      receiver = null;
      Packet request = take(requester, requester.takeHeld());
      deliver(operation, request);
      effects.receiveNext(requester.pipe);
    }

    private Packet take(Requester requester, Packet request) {
      forgetCurrent();
      current = requester;
      requester.owedCount++;
      backtrace.takeFrom(request);
      return request;
    }

    /** Answers by a pipe that is free. */
    private boolean trySend(Packet answer) {
      Requester to = current;
      if (to == null || to.busy || to.gone) {
        return false;
      }
      address(answer, to);
      to.transmit(answer);
      return true;
    }

    /** Puts the way back on the one answer that there is to its request. */
    private void address(Packet answer, Requester to) {
      current = null;
      to.owedCount--;
      backtrace.putOn(answer);
    }

    @Override
    public void send(Operation operation, long nowNanos) {
      Requester to = current;
      if (to == null) {
        effects.fail(operation, Failure.WRONG_STATE);
        return;
      }
      address(operation.packet(), to);
      to.answer(this, operation);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an operation is itself
    public boolean withdraw(Operation operation) {
      if (receiver == operation) {
        receiver = null;
        waiting.remove(this);
        return true;
      }
      return queuedCount > 0 && forgetAnswer(operation);
    }

    @Override
    public void close() {
      forgetCurrent();
      waiting.remove(this);
      Operation operation = receiver;
      receiver = null;
      if (operation != null) {
        effects.fail(operation, Failure.CLOSED);
      }
      failQueuedAnswers();
      contexts.remove(this);
    }

    private boolean forgetAnswer(Operation operation) {
      boolean forgotten = false;
      for (int slot = 0; slot < requesters.slotCount() && !forgotten; slot++) {
        Requester each = requesters.valueAt(slot);
        forgotten = each != null && each.forget(operation);
      }
      return forgotten;
    }

    /** Fails answers that wait for busy pipes: there may be one for each request taken. */
    private void failQueuedAnswers() {
      if (queuedCount > 0) {
        requesters.forEach(each -> each.failAnswersOf(this));
      }
    }
  }

  /** An answer that waits for its pipe. */
  private record Answer(Context context, Operation operation) {
    Operation take() {
      context.queuedCount--;
      return operation;
    }
  }

  /** One pipe: at most one request held, answers in the order they were sent. */
  private final class Requester {
    private final PipeHandle pipe;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>(2);
    private @Nullable Packet held;
    private int owedCount;
    private boolean busy;
    private boolean inputEnded;
    private boolean gone;

    Requester(PipeHandle pipe) {
      this.pipe = pipe;
    }

    void hold(Packet request) {
      held = request;
      holders.add(this);
      match();
    }

    Packet takeHeld() {
      Packet taken = held;
      if (taken == null) {
        throw new IllegalStateException("pipe holds no request: pipe=" + pipe.id());
      }
      held = null;
      return taken;
    }

    void answer(Context context, Operation operation) {
      if (gone) {
        discard(operation);
      } else if (busy) {
        context.queuedCount++;
        answers.add(new Answer(context, operation));
      } else {
        transmit(operation);
      }
    }

    private void transmit(Operation operation) {
      transmit(operation.takePacket());
      effects.complete(operation);
    }

    private void transmit(Packet answer) {
      busy = true;
      effects.transmit(pipe, answer);
    }

    private void discard(Operation operation) {
      operation.takePacket().release();
      effects.dropped(pipe);
      effects.complete(operation);
    }

    void advance() {
      busy = false;
      Answer next = answers.poll();
      if (next != null) {
        transmit(next.take());
      }
      closeIfNothingOwed();
    }

    @SuppressWarnings("ReferenceEquality") // an operation is itself
    boolean forget(Operation operation) {
      for (Iterator<Answer> each = answers.iterator(); each.hasNext(); ) {
        Answer answer = each.next();
        if (answer.operation == operation) {
          each.remove();
          var _ = answer.take();
          closeIfNothingOwed();
          return true;
        }
      }
      return false;
    }

    @SuppressWarnings("ReferenceEquality") // a context is itself
    void failAnswersOf(Context context) {
      for (Iterator<Answer> each = answers.iterator(); each.hasNext(); ) {
        Answer answer = each.next();
        if (answer.context == context) {
          each.remove();
          effects.fail(answer.take(), Failure.CLOSED);
        }
      }
      closeIfNothingOwed();
    }

    void closeIfNothingOwed() {
      boolean owed = busy || held != null || owedCount > 0 || !answers.isEmpty();
      if (inputEnded && !owed && !gone) {
        effects.closePipe(pipe, PipeFault.ENDED);
      }
    }

    void leave() {
      gone = true;
      releaseHeld();
      while (!answers.isEmpty()) {
        discard(answers.remove().take());
      }
    }

    void abandon() {
      gone = true;
      releaseHeld();
      while (!answers.isEmpty()) {
        effects.fail(answers.remove().take(), Failure.CLOSED);
      }
    }

    private void releaseHeld() {
      release(held);
      held = null;
    }
  }
}
