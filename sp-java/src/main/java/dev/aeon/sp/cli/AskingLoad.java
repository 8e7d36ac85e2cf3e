package dev.aeon.sp.cli;

import dev.aeon.sp.Message;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.RespondentSocket;
import dev.aeon.sp.Sender;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpContext;
import dev.aeon.sp.SurveyorSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Many contexts ask and wait for their answer, over and over, each in a virtual thread. */
final class AskingLoad {
  private final BenchEnds ends;
  private final BenchOptions options;
  private final int outstanding;

  AskingLoad(BenchEnds ends, BenchOptions options, int outstanding) {
    this.ends = ends;
    this.options = options;
    this.outstanding = outstanding;
  }

  Throughput run() throws InterruptedException {
    List<Thread> servers = options.hasServer() ? startAnswering() : List.of();
    if (!options.hasClient()) {
      join(servers);
      return new Throughput(0, 0, 1);
    }
    ask(options.warmup);
    long start = System.nanoTime();
    ask(options.count);
    return new Throughput(options.count, options.count, System.nanoTime() - start);
  }

  private void ask(int count) throws InterruptedException {
    AtomicLong left = new AtomicLong(count);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < outstanding; i++) {
      SpContext context = openClient();
      clients.add(Thread.ofVirtual().start(() -> askWhile(left, context)));
    }
    join(clients);
  }

  private void askWhile(AtomicLong left, SpContext context) {
    byte[] body = new byte[options.byteSize];
    try (context) {
      while (left.getAndDecrement() > 0) {
        ((Sender) context).send(body);
        ((Receiver) context).receive().close();
      }
    }
  }

  private List<Thread> startAnswering() {
    List<Thread> servers = new ArrayList<>();
    for (int i = 0; i < outstanding; i++) {
      SpContext context = openServer();
      servers.add(Thread.ofVirtual().start(() -> answer(context)));
    }
    return servers;
  }

  private static void answer(SpContext context) {
    try (context) {
      while (true) {
        Message message = ((Receiver) context).receive();
        ((Sender) context).send(message);
      }
    } catch (SpClosedException ended) {
      // The measurement is over.
    }
  }

  private SpContext openClient() {
    return switch (ends.client().socket()) {
      case ReqSocket socket -> socket.openContext();
      case SurveyorSocket socket -> socket.openContext();
      default -> throw new IllegalStateException("client does not ask");
    };
  }

  private SpContext openServer() {
    return switch (ends.server().socket()) {
      case RepSocket socket -> socket.openContext();
      case RespondentSocket socket -> socket.openContext();
      default -> throw new IllegalStateException("server does not answer");
    };
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread each : threads) {
      each.join();
    }
  }
}
