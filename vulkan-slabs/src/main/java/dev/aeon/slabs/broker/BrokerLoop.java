package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.ring.RingCorruptedException;
import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.WaitSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a broker's thread does, turn by turn. All but {@link #execute} is for that thread. */
final class BrokerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLoop.class);

  /** Records taken from one ring before the next has its turn. */
  private static final int BATCH_COUNT = 128;

  private static final int TURNS_BETWEEN_LOOKS = 64;

  private final Acceptor clientAcceptor;
  private final Acceptor workerAcceptor;
  private final BrokerOptions options;
  private final WaitSet waits;
  private final LongSupplier nanoClock;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final Clients clients = new Clients();
  private final ShardTable table = new ShardTable();
  private final List<Shard> leaving = new ArrayList<>();
  private final Topics topics = new Topics();
  private final HandOver handOver = new HandOver(table);
  private final Gather gather;
  private final Scatter scatter;
  private final Tuner tuner;
  private int shardCount;
  private int turnCount;
  private int changeCount;

  BrokerLoop(
      Acceptor clientAcceptor,
      Acceptor workerAcceptor,
      BrokerOptions options,
      WaitSet waits,
      LongSupplier nanoClock) {
    this.clientAcceptor = clientAcceptor;
    this.workerAcceptor = workerAcceptor;
    this.options = options;
    this.waits = waits;
    this.nanoClock = nanoClock;
    this.gather = new Gather(clients, nanoClock);
    this.scatter = new Scatter(table, topics, gather, nanoClock);
    this.tuner = new Tuner(options.tuning(), nanoClock.getAsLong());
  }

  /** Has the broker's thread run {@code command} between two turns. From any thread. */
  void execute(Runnable command) {
    commands.add(command);
    waits.signal();
  }

  /** One turn; 0 where it changed nothing, so that another would change nothing either. */
  int turn() {
    changeCount = 0;
    runCommands();
    int movedCount = gatherAll() + handOver.turn() + scatterAll();
    publishAll();
    if (movedCount == 0 || ++turnCount % TURNS_BETWEEN_LOOKS == 0) {
      look();
    }
    return movedCount + changeCount;
  }

  private void runCommands() {
    for (Runnable next = commands.poll(); next != null; next = commands.poll()) {
      next.run();
      changeCount++;
    }
  }

  private int gatherAll() {
    int movedCount = 0;
    for (int i = table.shards().size() - 1; i >= 0; i--) {
      movedCount += gatherFrom(table.shards().get(i));
    }
    for (int i = leaving.size() - 1; i >= 0; i--) {
      movedCount += gatherFrom(leaving.get(i));
    }
    return movedCount + gather.retryComplete();
  }

  private int gatherFrom(Shard shard) {
    try {
      return gather.drain(shard, BATCH_COUNT);
    } catch (FrameException | RingCorruptedException malformed) {
      die(shard, String.valueOf(malformed.getMessage()));
      return 1;
    }
  }

  private int scatterAll() {
    int movedCount = 0;
    for (int i = clients.all().size() - 1; i >= 0; i--) {
      Client client = clients.all().get(i);
      try {
        movedCount += scatter.drain(client, BATCH_COUNT);
      } catch (FrameException | RingCorruptedException malformed) {
        LOG.warn(
            "client breaks the protocol: {} {}",
            client.connection().peer(),
            malformed.getMessage());
        drop(client);
      }
    }
    return movedCount;
  }

  private void publishAll() {
    table.shards().forEach(Shard::publish);
    clients.all().forEach(Client::publish);
  }

  /** What need not be looked at in every turn. */
  private void look() {
    long now = nanoClock.getAsLong();
    for (Connection next = clientAcceptor.poll(); next != null; next = clientAcceptor.poll()) {
      next.wakes(waits);
      accept(clients.add(next));
    }
    for (Connection next = workerAcceptor.poll(); next != null; next = workerAcceptor.poll()) {
      shardCount++;
      next.wakes(waits);
      table.add(new Shard(shardCount, next, options.replicas(), now));
    }
    List.copyOf(table.shards()).forEach(shard -> lookAt(shard, now));
    List.copyOf(leaving).forEach(shard -> lookAt(shard, now));
    clients.all().forEach(Client::measure);
    List.copyOf(clients.all()).stream().filter(Client::isOver).forEach(this::drop);
    tuner.look(now, table, workerAcceptor.address(), this::retire);
  }

  private void accept(Client client) {
    if (!client.takes(Client.MIN_REPLY_BYTES)) {
      LOG.warn("client has no room for any answer: {}", client.connection().peer());
      drop(client);
    }
  }

  private void lookAt(Shard shard, long now) {
    shard.measure();
    if (!shard.connection().isOpen() && gatherFrom(shard) == 0) {
      die(shard, "connection lost");
    } else if (shard.isBroken()) {
      die(shard, "its ring is corrupted");
    } else if (shard.isStuck(now, options.workerTimeout().toNanos())) {
      die(shard, "no answer in time");
    } else if (shard.isLeaving() && !shard.hasUnanswered()) {
      changeCount++;
      leaving.remove(shard);
      shard.close();
    }
  }

  private void die(Shard shard, String why) {
    if (table.shards().contains(shard) || leaving.contains(shard)) {
      LOG.warn("worker is lost: {} {}", shard.connection().peer(), why);
      changeCount++;
      table.remove(shard);
      leaving.remove(shard);
      handOver.add(shard);
    }
  }

  private void drop(Client client) {
    changeCount++;
    topics.forget(client);
    gather.forget(client);
    scatter.forget(client);
    clients.remove(client);
    client.connection().close();
  }

  void retireTo(int count) {
    while (table.shards().size() > Math.max(count, 0)) {
      retire(table.shards().getLast());
    }
  }

  private void retire(Shard shard) {
    changeCount++;
    shard.publish();
    table.remove(shard);
    shard.leave();
    leaving.add(shard);
  }

  BrokerStatistics statistics() {
    return new BrokerStatistics(
        table.shards().stream().map(Shard::statistics).toList(),
        clients.all().stream().map(Client::statistics).toList(),
        topics.subscriptionCount(),
        table.isSettled() && leaving.isEmpty() && handOver.isDone(),
        handOver.deadWorkerCount(),
        handOver.handedOverCount(),
        tuner.actionCount(),
        gather.answerNanos());
  }

  void close() {
    clientAcceptor.close();
    workerAcceptor.close();
    List.copyOf(clients.all()).forEach(this::drop);
    table.shards().forEach(Shard::close);
    leaving.forEach(Shard::close);
    handOver.close();
    runCommands();
  }
}
