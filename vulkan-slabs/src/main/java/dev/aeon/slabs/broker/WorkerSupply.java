package dev.aeon.slabs.broker;

import dev.aeon.slabs.rpc.RequestHandler;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.transport.ConnectionOptions;
import java.util.function.Supplier;

/** Starts workers for a broker. */
@FunctionalInterface
public interface WorkerSupply {
  /**
   * Starts a worker, which connects by itself, soon or later. Called on the broker's thread; must
   * not block.
   *
   * @param workerUrl where workers connect
   * @param ringByteSize of the ring that the worker is to be sent requests by
   */
  void start(String workerUrl, long ringByteSize);

  /** Workers in threads of this process, each with a handler of its own. */
  static WorkerSupply ofThreads(Supplier<RequestHandler> handlers) {
    return (workerUrl, ringByteSize) -> {
      ConnectionOptions rings =
          ConnectionOptions.DEFAULT
              .withResponseByteSize(ringByteSize)
              .withRequestByteSize(ringByteSize);
      Worker.connect(workerUrl, handlers.get(), SocketOptions.DEFAULT.withConnection(rings));
    };
  }
}
