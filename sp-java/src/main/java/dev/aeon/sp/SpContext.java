package dev.aeon.sp;

import dev.aeon.sp.core.CoreContext;
import dev.aeon.sp.core.SocketCore;
import org.jspecify.annotations.Nullable;

/**
 * One of many conversations on a socket, with a state and limits of its own; what it does not have
 * yet it takes from its socket when opened. Closing it wakes who waits in it; closing the socket
 * closes its contexts. Thread-safe.
 */
public abstract sealed class SpContext implements AutoCloseable
    permits RepContext, ReqContext, RespondentContext, SubContext, SurveyorContext {
  final SocketCore core;
  final CoreContext context;
  private final Exchange exchange;
  private @Nullable OptionTable options;

  SpContext(SpSocket socket) {
    this.core = socket.core;
    this.context = socket.core.openContext();
    this.exchange = socket.exchange().in(context);
  }

  final Exchange exchange() {
    return exchange;
  }

  /** Puts in what this kind of context has. */
  abstract void addOptions(OptionTable table);

  final void addSendOptions(OptionTable table) {
    table.add(SpOptions.SEND_TIMEOUT, exchange.sendTimeout(), exchange::setSendTimeout);
  }

  final void addReceiveOptions(OptionTable table) {
    table.add(SpOptions.RECEIVE_TIMEOUT, exchange.receiveTimeout(), exchange::setReceiveTimeout);
  }

  /** Made when first asked for: most of a hundred thousand contexts have no need of it. */
  private OptionTable options() {
    OptionTable table = options;
    if (table == null) {
      table = new OptionTable();
      addOptions(table);
      options = table;
    }
    return table;
  }

  /**
   * Changes an option of this context alone.
   *
   * @throws IllegalArgumentException if this kind of context does not have it, or the value is out
   *     of range
   */
  public <T> void set(SocketOption<T> option, T value) {
    core.locked(() -> {
      options().set(option, value);
      return option;
    });
  }

  /**
   * An option's value.
   *
   * @throws IllegalArgumentException if this kind of context does not have it
   */
  public <T> T get(SocketOption<T> option) {
    return core.locked(() -> options().get(option));
  }

  /** Ends the conversation; who waits in it is told by {@link SpClosedException}. Idempotent. */
  @Override
  public void close() {
    core.closeContext(context);
  }
}
