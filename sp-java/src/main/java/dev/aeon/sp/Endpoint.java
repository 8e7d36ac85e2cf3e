package dev.aeon.sp;

import dev.aeon.sp.core.CoreEndpoint;
import dev.aeon.sp.core.SocketCore;
import java.util.List;

/** A dialer or a listener: where a socket's connections come from. Thread-safe. */
public abstract sealed class Endpoint implements AutoCloseable permits Dialer, Listener {
  final SocketCore core;
  private final CoreEndpoint endpoint;
  private final OptionTable options = new OptionTable();

  Endpoint(SocketCore core, CoreEndpoint endpoint, OptionTable socketOptions) {
    this.core = core;
    this.endpoint = endpoint;
    EndpointOptions.add(options, endpoint.options(), socketOptions::get);
  }

  /** Unique in the process, from 1. */
  public final int id() {
    return endpoint.id();
  }

  public abstract String url();

  /** Begins to work; once. */
  public abstract void start();

  /**
   * Changes an option for the connections made here from now on.
   *
   * @throws IllegalArgumentException if endpoints do not have it, or the value is out of range
   */
  public final <T> void set(SocketOption<T> option, T value) {
    core.locked(() -> {
      options.set(option, value);
      return option;
    });
  }

  /**
   * An option's value.
   *
   * @throws IllegalArgumentException if endpoints do not have it
   */
  public final <T> T get(SocketOption<T> option) {
    return core.locked(() -> options.get(option));
  }

  /** The connections that were made here and are open. */
  public final List<Pipe> pipes() {
    return core.locked(() -> endpoint.pipes().stream().map(each -> new Pipe(core, each)).toList());
  }

  /** Ends the search for connections and closes those there are. Idempotent. */
  @Override
  public void close() {
    endpoint.close();
  }
}
