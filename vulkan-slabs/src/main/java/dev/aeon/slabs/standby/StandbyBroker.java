package dev.aeon.slabs.standby;

import dev.aeon.slabs.broker.Broker;
import dev.aeon.slabs.broker.BrokerOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One of several brokers, in processes of one machine, of which one serves and the others wait.
 * When the one in office ends or is killed, the next binds the same addresses. With {@link
 * SteadyClient} and {@link SteadyWorker} nothing is lost then: what was not answered is asked
 * again, in its order, and only after every worker of the last broker has ended the requests that
 * it had taken. So each request is answered once, requests of one key and client take effect in
 * their order, and the last ones before the change may be executed again, from one on in order. A
 * broker that hangs and lives keeps its office.
 */
public final class StandbyBroker implements AutoCloseable {
  private final ProcessLock office;
  private final Broker broker;

  private StandbyBroker(ProcessLock office, Broker broker) {
    this.office = office;
    this.broker = broker;
  }

  /**
   * Waits until no other broker is in office there, then binds.
   *
   * @param office a file that the brokers and workers of these addresses may write; it is made
   *     where there is none, and stays
   * @throws UncheckedIOException where the file cannot be opened
   * @throws dev.aeon.slabs.transport.TransportException where an address cannot be bound
   */
  public static StandbyBroker await(
      Path office, String clientUrl, String workerUrl, BrokerOptions options)
      throws InterruptedException {
    ProcessLock lock = new Office(office).take();
    boolean bound = false;
    try {
      StandbyBroker standby = new StandbyBroker(lock, Broker.bind(clientUrl, workerUrl, options));
      bound = true;
      return standby;
    } finally {
      if (!bound) {
        lock.release();
      }
    }
  }

  /** The broker in office; closed by {@link #close}. */
  public Broker broker() {
    return broker;
  }

  /** Closes the broker and leaves the office to the next. To be called once. */
  @Override
  public void close() {
    try {
      broker.close();
    } finally {
      office.release();
    }
  }
}
