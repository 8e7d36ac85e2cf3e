package dev.aeon.sp.core;

import dev.aeon.sp.protocol.ProtocolMachine;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a socket's own conversation could send or receive at once, and who wants to know when
 * that begins. Costs nothing while nobody does. Confined to the socket's strand.
 */
final class Readiness {
  private static final List<Runnable> NOBODY = List.of();

  private final ProtocolMachine machine;
  private List<Runnable> observers = NOBODY;
  private boolean isObserved;
  private boolean couldSend;
  private boolean couldReceive;

  Readiness(ProtocolMachine machine) {
    this.machine = machine;
  }

  void add(Runnable observer) {
    List<Runnable> longer = new ArrayList<>(observers);
    longer.add(observer);
    observers = List.copyOf(longer);
    isObserved = true;
  }

  /** Whether it was one. */
  boolean remove(Runnable observer) {
    int count = observers.size();
    observers = observers.stream().filter(each -> !each.equals(observer)).toList();
    isObserved = !observers.isEmpty();
    return observers.size() < count;
  }

  boolean isObserved() {
    return isObserved;
  }

  /** Who is to be told that one more thing can be done; mostly nobody. */
  List<Runnable> begun(boolean closed) {
    if (!isObserved) {
      return NOBODY;
    }
    boolean canSend = closed || machine.canSend();
    boolean canReceive = closed || machine.canReceive();
    boolean more = (canSend && !couldSend) || (canReceive && !couldReceive);
    couldSend = canSend;
    couldReceive = canReceive;
    return more ? observers : NOBODY;
  }
}
