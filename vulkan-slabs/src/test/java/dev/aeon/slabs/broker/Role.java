package dev.aeon.slabs.broker;

import dev.aeon.slabs.ChildJvm;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.RpcException;
import dev.aeon.slabs.rpc.ServerSocket;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.transport.Backoff;
import dev.aeon.slabs.transport.TransportException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What a process of these tests does until it is killed: {@code ROLE URL [URL]}. */
final class Role {
  static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
  static final int WORD_COUNT = 8;
  private static final int RING_HEADER_BYTES = 640;

  private Role() {}

  public static void main(String[] arguments) throws InterruptedException {
    switch (arguments[0]) {
      case "broker" -> runBroker(arguments[1], arguments[2]);
      case "worker" -> work(arguments[1]);
      case "vandal" -> spoil(arguments[1], Integer.parseInt(arguments[2]));
      case "producer" -> produce(arguments[1]);
      case "consumer" -> consume(arguments[1]);
      default -> throw new IllegalArgumentException("no such role: role=" + arguments[0]);
    }
  }

  /** Starts a process in a role; whoever starts it kills it. */
  static Process start(String... arguments) throws IOException {
    return ChildJvm.of(Role.class, List.of(), List.of(arguments))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void runBroker(String clientUrl, String workerUrl) throws InterruptedException {
    Broker.bind(clientUrl, workerUrl, BrokerOptions.DEFAULT);
    Thread.currentThread().join();
  }

  /** Echoes, for one broker after the other. */
  private static void work(String workerUrl) throws InterruptedException {
    Backoff backoff = new Backoff();
    while (true) {
      try (Worker worker =
          Worker.connect(
              workerUrl, request -> request.tryReply(request.asSegment()), SocketOptions.DEFAULT)) {
        worker.awaitEnd();
      } catch (TransportException noBroker) {
        backoff.idle();
      }
    }
  }

  /** Echoes {@code count} requests, writes over all that the ring holds, and dies. */
  private static void spoil(String workerUrl, int count) throws InterruptedException {
    AtomicInteger servedCount = new AtomicInteger();
    Worker worker =
        Worker.connect(
            workerUrl,
            request -> {
              if (servedCount.incrementAndGet() > count) {
                request.segment().asSlice(RING_HEADER_BYTES).fill((byte) 0x55);
                Runtime.getRuntime().halt(1);
              }
              return request.tryReply(request.asSegment());
            },
            SocketOptions.DEFAULT);
    worker.awaitEnd();
  }

  /** Sends records of eight equal numbers: 0, 1, 2, … */
  private static void produce(String url) {
    try (ClientSocket socket = Socket.connect(url)) {
      for (long number = 0; ; number++) {
        long sent = number;
        socket.sendBytes(
            WORD_COUNT * Long.BYTES,
            (segment, byteOffset) -> {
              for (int word = 0; word < WORD_COUNT; word++) {
                segment.set(I64, byteOffset + (long) word * Long.BYTES, sent);
              }
            });
      }
    }
  }

  /** Answers each record by its first number. */
  private static void consume(String url) {
    try (ServerSocket socket = Socket.bind(url)) {
      while (true) {
        try {
          byte[] record = socket.receiveBytes();
          socket.sendBytes(Arrays.copyOf(record, Long.BYTES));
        } catch (RpcException clientGone) {
          // Another comes.
        }
      }
    }
  }
}
