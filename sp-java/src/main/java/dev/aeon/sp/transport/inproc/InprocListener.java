package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.TransportListener;
import java.util.concurrent.ConcurrentMap;

/** A name taken in the process. */
final class InprocListener implements TransportListener {
  private final String name;
  private final PipeHost host;
  private final ConcurrentMap<String, InprocListener> names;
  private boolean closed;

  InprocListener(String name, PipeHost host, ConcurrentMap<String, InprocListener> names) {
    this.name = name;
    this.host = host;
    this.names = names;
  }

  @Override
  public String address() {
    return name;
  }

  /** Joins a dialer's pipe to a new one of this side. Called with no strand held. */
  void accept(InprocPipe dialing) {
    InprocPipe accepted = new InprocPipe(host, name);
    boolean refused;
    host.strand().lock();
    try {
      refused = closed;
      if (!refused) {
        accepted.begin();
        accepted.join(dialing);
      }
    } finally {
      host.strand().unlock();
    }
    dialing.answer(refused ? null : accepted);
  }

  @Override
  public void close() {
    closed = true;
    names.remove(name, this);
  }
}
